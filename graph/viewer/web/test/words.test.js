// The words of the page: how they are chosen and filled, and that each stands in the table and nowhere else.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { apart, direction, language, row, say, speak } from '../words/index.js';
import { table } from './speaking.js';

const WEB = fileURLToPath(new URL('..', import.meta.url));
const HTML = ['../page.html', '../../server/workbench/workbench.html'].map(path => readFileSync(join(WEB, path), 'utf8'));
const [en, ar] = ['en', 'ar'].map(table);

after(() => speak({ en }));

test('a language is one that there is a table for, else English', () => {
  speak({ en, ar }, 'ar');
  assert.deepEqual([language(), direction()], ['ar', 'rtl']);
  for (const wanted of ['fr', 'constructor', '__proto__', '', undefined]) {
    speak({ en, ar }, wanted);
    assert.deepEqual([language(), direction()], ['en', 'ltr']);
  }
});

test('the number chooses the plural, in each language by its own rules', () => {
  speak({ en, ar });
  assert.deepEqual([1, 2, 0].map(n => say('n.line', { n })), ['1 line', '2 lines', '0 lines']);
  speak({ en, ar }, 'ar');
  const forms = [0, 1, 2, 3, 11, 100].map(n => say('n.line', { n }));
  assert.equal(new Set(forms).size, 6);
});

test('what is put in is text: it has no places of its own, and keeps its order', () => {
  speak({ en, fr: { a: '{name} و{n}' } }, 'fr');
  assert.equal(say('a', { name: '{n}', n: 1 }), '{n} و1');
  speak({ en, ar: { a: '{name} و{n}' } }, 'ar');
  assert.equal(say('a', { name: 'Town Council (B)', n: 1 }), '\u2068Town Council (B)\u2069 و1');
  assert.equal(apart('المجلس'), 'المجلس');
  assert.throws(() => say('no.such'), /no\.such/);
});

test('several in a row', () => {
  speak({ en, ar });
  assert.deepEqual([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(row), ['', 'a', 'a and b', 'a, b and c']);
});

const scripts = readdirSync(WEB, { recursive: true })
  .map(path => path.replaceAll('\\', '/'))
  .filter(path => path.endsWith('.js') && !/^(node_modules|dist|test)\//.test(path));
const texts = [...scripts.map(path => readFileSync(join(WEB, path), 'utf8')), ...HTML];

// Keys are literals, or begin with one: `caption.held.${…}`, "term.status.{{ … }}".
const named = new Set(texts.flatMap(text => [...text.matchAll(/['"]([a-z][\w-]*(?:\.[\w-]+)+)['"]/g)].map(([, key]) => key)));
const begun = texts.flatMap(text => [...text.matchAll(/[`"]([a-z][\w-]*\.(?:[\w-]+\.)*)(?:\$\{|\{\{)/g)].map(([, key]) => key));

test('each key that is said is in the table', () => {
  const said = texts.flatMap(text => [...text.matchAll(/(?:\bsay\(|data-say(?:-\w+)?=)['"]([\w.-]+)['"]/g)].map(([, key]) => key));
  assert.ok(said.length > 300);
  assert.deepEqual(said.filter(key => !Object.hasOwn(en, key)), []);
});

test('each text of the table is said somewhere', () => {
  const idle = Object.keys(en).filter(key => !named.has(key) && !begun.some(begin => key.startsWith(begin)));
  // Keys that looks and facts make of names of their own, and those that the server says.
  assert.deepEqual(idle.filter(key => !/^(term|fact|roads|workbench\.(example|group))\./.test(key)), []);
});

test('no words of its own stand in a page', () => {
  const found = HTML.flatMap(html => html
    .replace(/<(script|style|kbd)\b.*?<\/\1>/gs, '')
    .replace(/\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}/gs, '')
    .replace(/\s(?:title|placeholder|aria-label)="([^"]*)"/g, '>$1<')
    .replace(/<[^>]*>/g, '\n')
    .split('\n')
    .filter(text => /[A-Za-z]{2}/.test(text)));
  assert.deepEqual(found, []);
});
