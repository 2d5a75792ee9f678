// Writes dist/page.js: all scripts of the page as one. Run by `npm run build`; with --check, says
// whether what is written is what would be.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const TARGET = 'dist/page.js';
const check = process.argv.includes('--check');

const { outputFiles: [made] } = await build({
  absWorkingDir: fileURLToPath(new URL('.', import.meta.url)),
  entryPoints: ['apps/page.js'],
  outfile: TARGET,
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2023',
  charset: 'utf8',
  legalComments: 'none',
  banner: { js: "'use strict';" },
  write: false,
});
const { contents } = made;

if (check) {
  const there = readFileSync(new URL(TARGET, import.meta.url));
  if (there.equals(contents)) process.exit(0);
  console.error(`${TARGET} is not what its modules make: run "npm run build" in graph/viewer/web`);
  process.exit(1);
}
mkdirSync(new URL('dist/', import.meta.url), { recursive: true });
writeFileSync(new URL(TARGET, import.meta.url), contents);
console.log(TARGET, contents.length, 'bytes, SHA-256', createHash('sha256').update(contents).digest('hex'));
