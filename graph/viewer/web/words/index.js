// The words of the page, from one table for each language: graph/viewer/words/. Whatever people read that is not of a
// case comes from here.

/** @typedef {string | Record<string, string>} Entry a text, or one for each plural of Intl.PluralRules, by `n` */
/** @typedef {Record<string, Entry>} Words */

const USUAL = 'en';
const RTL = ['ar', 'fa', 'he', 'ur'];
const LATIN = /\p{Script=Latin}/u;
export const ISOLATE = '\u2068';
const END = '\u2069'; // Around what is written in the other direction.

/** @type {Words} */
let table = {};
let tag = USUAL;
let plurals = new Intl.PluralRules(USUAL);

// Chooses a language, of those that there are tables for.
/** @type {(tables: Record<string, Words>, wanted?: string) => void} */
export function speak(tables, wanted = USUAL) {
  tag = Object.hasOwn(tables, wanted) ? wanted : USUAL;
  table = tables[tag];
  plurals = new Intl.PluralRules(tag);
}

/** @type {() => string} */
export const language = () => tag;

/** @type {(of?: string) => 'ltr' | 'rtl'} */
export const direction = (of = tag) => (RTL.includes(of) ? 'rtl' : 'ltr');

// A text of the table, with values in its {places}. A text that has plurals is chosen by the value `n`.
/** @type {(key: string, values?: Record<string, string | number>) => string} */
export function say(key, values = {}) {
  const entry = table[key];
  if (entry === undefined) throw new Error(`There are no words for “${key}” in “${tag}”.`);
  const text = typeof entry === 'string' ? entry : entry[plurals.select(Number(values.n))] ?? entry.other;
  return text.replace(/\{(\w+)\}/g, (_, name) => apart(String(values[name] ?? '')));
}

// Whether there are words for it, where a key is made of a name that the case may have of its own.
/** @type {(key: string) => boolean} */
export const has = key => Object.hasOwn(table, key);

// What is written from left to right keeps its order within words from right to left.
/** @type {(text: string) => string} */
export const apart = text => (direction() === 'rtl' && LATIN.test(text) ? `${ISOLATE}${text}${END}` : text);

// Several in a row: "one, two and three".
/** @type {(several: string[]) => string} */
export function row(several) {
  if (several.length < 2) return several.map(apart).join('');
  return say('words.and', { some: several.slice(0, -1).map(apart).join(say('words.comma')), last: several[several.length - 1] });
}

// Puts the words into what has keys of them: `data-say` for its text, `data-say-title` for an attribute.
const ATTRIBUTES = { label: 'aria-label', title: 'title', hint: 'placeholder' };
/** @type {(root: any) => void} */
export function spoken(root) {
  for (const one of root.querySelectorAll('[data-say]')) {
    one.textContent = say(one.dataset.say, JSON.parse(one.dataset.values ?? '{}'));
  }
  for (const [name, attribute] of Object.entries(ATTRIBUTES)) {
    for (const one of root.querySelectorAll(`[data-say-${name}]`)) {
      one.setAttribute(attribute, say(one.getAttribute(`data-say-${name}`), JSON.parse(one.dataset.values ?? '{}')));
    }
  }
}
