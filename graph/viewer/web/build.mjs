// Writes what dist/ holds: the scripts of the page as one, and those of the workbench of the server. Run
// by `npm run build`; with --check, says whether what is written is what would be. What a view may say is written
// for the reader of cases, who checks tours.
import { build } from 'esbuild';
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { forms } from './state/forms.js';

const APPS = ['page', 'workbench'];
const check = process.argv.includes('--check');

const KEYS = '../../model/view_keys.json';
const listed = Object.entries(forms()).map(entry => entry.map(one => JSON.stringify(one)).join(': '));
const made = Buffer.from(`{\n ${listed.join(',\n ')}\n}\n`);
if (check) compare(KEYS, made);
else put(KEYS, made);

for (const app of APPS) {
  const target = `dist/${app}.js`;
  const { outputFiles: [{ contents }] } = await build({
    absWorkingDir: fileURLToPath(new URL('.', import.meta.url)),
    entryPoints: [`apps/${app}.js`],
    outfile: target,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2023',
    charset: 'utf8',
    legalComments: 'none',
    banner: { js: "'use strict';" },
    write: false,
  });
  if (check) compare(target, contents);
  else put(target, contents);
}

function compare(target, contents) {
  if (readFileSync(new URL(target, import.meta.url)).equals(contents)) return;
  console.error(`${target} is not what its modules make: run "npm run build" in graph/viewer/web`);
  process.exitCode = 1;
}

function put(target, contents) {
  mkdirSync(new URL('dist/', import.meta.url), { recursive: true });
  writeFileSync(new URL(target, import.meta.url), contents);
  console.log(target, contents.length, 'bytes, SHA-256', createHash('sha256').update(contents).digest('hex'));
}
