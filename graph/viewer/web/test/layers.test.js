// Who may import whom: see ../../README.md.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const WEB = fileURLToPath(new URL('..', import.meta.url));
const MAY = {
  words: [],
  core: ['words'],
  ui: ['words'],
  state: ['words', 'core'],
  scene: ['words', 'core'],
  draw: ['words', 'scene'],
  'views/parts': ['words', 'core', 'state', 'scene', 'ui'],
  views: ['words', 'core', 'state', 'scene', 'draw', 'ui', 'views/parts'],
  apps: ['words', 'core', 'state', 'scene', 'draw', 'ui', 'views/parts', 'views'],
};

const FOLDERS = Object.keys(MAY);

// The layer of a file: the longest folder of those above that holds it.
function layerOf(path) {
  return FOLDERS.filter(folder => path.startsWith(`${folder}/`)).sort((a, b) => b.length - a.length)[0];
}

function scripts() {
  const listed = readdirSync(WEB, { recursive: true }).map(path => path.replaceAll('\\', '/'));
  return listed.filter(path => path.endsWith('.js') && layerOf(path));
}

function imports(path) {
  const text = readFileSync(join(WEB, path), 'utf8');
  const named = [...text.matchAll(/^(?:import|export)\b[^;]*?from '([^']+)';/gm)].map(([, from]) => from);
  return named.map(from => {
    assert.ok(from.startsWith('.'), `${path} imports ${from}: the page holds no packages`);
    return relative(WEB, join(WEB, dirname(path), from)).replaceAll('\\', '/');
  });
}

test('each layer imports those below it only', () => {
  const wrong = [];
  for (const path of scripts()) {
    const layer = layerOf(path);
    // A view stands alone: what several need is a part. All other layers are one.
    const own = layer === 'views' ? [] : [layer];
    for (const other of imports(path)) {
      if (![...MAY[layer], ...own].includes(layerOf(other))) wrong.push(`${path} imports ${other}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('no document is touched below what is drawn', () => {
  const touched = /\b(?:document|window|location|history|navigator)\s*[.[]/;
  const found = scripts()
    .filter(path => ['core', 'state'].includes(layerOf(path)))
    .filter(path => touched.test(readFileSync(join(WEB, path), 'utf8').replaceAll(/\/\/.*$/gm, '')));
  assert.deepEqual(found, []);
});

test('there is something in each layer', () => {
  assert.deepEqual(new Set(scripts().map(layerOf)), new Set(FOLDERS));
  assert.ok(imports('apps/page.js').includes('core/index.js'));
});
