// Writes ../yasgui.bundle.min.js, ../yasgui.min.css and the licences of all that is in them. Run by
// `npm run build`.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';

const SCRIPT = '../yasgui.bundle.min.js';
const STYLE = '../yasgui.min.css';
const BUILT = 'node_modules/@zazuko/yasgui/build/yasgui';

// Packages of the editor, the results and the tabs that publish no licence file of their own; theirs
// is the one of the project that they are a fork of, see LICENSE-yasgui.
const OWN = /^@(zazuko|triply)\//;

// What the published script would ask other servers for, or would evaluate, goes out. Each of these
// must match once.
const CHANGES = [
  // 800 prefixes that anybody may have registered, advertising among them
  [/prefixes_default = \{[^}]*\}/, 'prefixes_default = {}'],
  [/e\.config\.prefixCcApi \? fetch\(e\.config\.prefixCcApi\)[\s\S]*?: Promise\.resolve\(prefixes_default\)/, 'Promise.resolve(prefixes_default)'],
  // suggestions by a public service
  [/var fetchFromLov = \(e, t, n\) => \{[\s\S]*?\n\}, completers = /, 'var fetchFromLov = () => Promise.resolve([]), completers = '],
  // a reader of JSON for browsers that have none
  [/return j = eval\("\(" \+ text \+ "\)"\), typeof reviver == "function" \? walk\(\{ "": j \}, ""\) : j;/, 'throw SyntaxError("JSON.parse");'],
  // a request to find out whether another server may be asked
  [/checkEndpointForCors\(e\) \{[\s\S]*?\n\t\}\n\tsetEndpoint/, 'checkEndpointForCors() {}\n\tsetEndpoint'],
  // endpoints of others
  [/getData: \(\) => \[\{ endpoint: "[^"]*" \}, \{ endpoint: "[^"]*" \}\]/, 'getData: () => []'],
  [/endpoint: "https:\/\/dbpedia\.org\/sparql",/, 'endpoint: "",'],
];

const change = {
  name: 'change',
  setup(builder) {
    builder.onLoad({ filter: /yasgui\.esm\.js$/ }, args => {
      let contents = readFileSync(args.path, 'utf8');
      for (const [pattern, text] of CHANGES) {
        const found = contents.match(new RegExp(pattern, 'g')) ?? [];
        if (found.length !== 1) throw new Error(`${pattern} matches ${found.length} times`);
        contents = contents.replace(pattern, () => text);
      }
      return { contents, loader: 'js' };
    });
  },
};

const result = await build({
  entryPoints: ['index.js'],
  outfile: SCRIPT,
  bundle: true,
  minify: true,
  format: 'iife',
  globalName: 'hudnaYasgui',
  target: 'es2022',
  charset: 'ascii',
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' },
  banner: { js: '/*! YASGUI and what it is built from: see LICENSE-* beside this */' },
  plugins: [change],
  metafile: true,
});

const map = JSON.parse(readFileSync(`${BUILT}.esm.js.map`));
const inputs = [...map.sources, ...Object.keys(result.metafile.inputs)];
const packages = new Set(
  inputs.map(path => path.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]).filter(Boolean),
);
for (const name of [...packages].sort()) {
  if (OWN.test(name)) continue;
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`));
  const file = readdirSync(folder).find(each => /^licen[cs]e/i.test(each));
  const short = name.replace('@', '').replace('/', '-');
  if (file) copyFileSync(`${folder}/${file}`, `../LICENSE-${short}`);
  console.log(name, version, license, file ? `LICENSE-${short}` : 'NO FILE');
}
const css = readFileSync(`${BUILT}.min.css`, 'utf8');
writeFileSync(STYLE, css);
for (const path of [SCRIPT, STYLE]) {
  const made = readFileSync(path);
  console.log(path, made.length, 'bytes, SHA-256', createHash('sha256').update(made).digest('hex'));
}
