// Writes ../vis-network.bundle.min.js and the licences of all that is in it. Run by `npm run build`.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';

const TARGET = '../vis-network.bundle.min.js';
const LICENCES = {
  '@egjs/hammerjs': 'LICENSE.md',
  'component-emitter': 'LICENSE',
  keycharm: 'LICENSE-MIT',
  uuid: 'LICENSE.md',
  'vis-data': 'LICENSE-MIT',
  'vis-network': 'LICENSE-MIT',
  'vis-util': 'LICENSE-MIT',
};

const version = name => JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version;

const result = await build({
  entryPoints: ['index.js'],
  outfile: TARGET,
  bundle: true,
  minify: true,
  format: 'iife',
  globalName: 'vis',
  target: 'es2022',
  charset: 'ascii',
  legalComments: 'none',
  banner: { js: `/*! @version ${version('vis-network')} of vis-network, with what it needs: MIT, see LICENSE-* beside this */` },
  metafile: true,
});

const packages = new Set(
  Object.keys(result.metafile.inputs)
    .map(path => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1])
    .filter(Boolean),
);
for (const name of [...packages].sort()) {
  if (!LICENCES[name]) throw new Error(`${name} came into the bundle; add its licence`);
  copyFileSync(`node_modules/${name}/${LICENCES[name]}`, `../LICENSE-${name.replace('@', '').replace('/', '-')}`);
  console.log(name, version(name));
}
const made = readFileSync(TARGET);
console.log(made.length, 'bytes, SHA-256', createHash('sha256').update(made).digest('hex'));
