// Writes ../sigma.bundle.min.js and the licences of all that is in it. Run by `npm run build`.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';

const TARGET = '../sigma.bundle.min.js';
const LICENCES = {
  events: 'LICENSE',
  graphology: 'LICENSE.txt',
  'graphology-utils': 'LICENSE.txt',
  sigma: 'LICENSE.txt',
};

const result = await build({
  entryPoints: ['index.js'],
  outfile: TARGET,
  bundle: true,
  minify: true,
  format: 'iife',
  globalName: 'hudnaSigma',
  target: 'es2020',
  charset: 'ascii',
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' },
  conditions: ['production'],
  banner: { js: '/*! sigma, graphology, graphology-utils, events: MIT, see LICENSE-* beside this */' },
  metafile: true,
});

const packages = new Set(
  Object.keys(result.metafile.inputs)
    .map(path => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1])
    .filter(Boolean),
);
for (const name of [...packages].sort()) {
  if (!LICENCES[name]) throw new Error(`${name} came into the bundle; add its licence`);
  copyFileSync(`node_modules/${name}/${LICENCES[name]}`, `../LICENSE-${name}`);
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`));
  console.log(name, version);
}
const made = readFileSync(TARGET);
console.log(made.length, 'bytes, SHA-256', createHash('sha256').update(made).digest('hex'));
