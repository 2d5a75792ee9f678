// Finding things by any of their names.
import { somebody, word } from './case.js';
import { degrees } from './importance.js';
import { grouped, once } from './kept.js';
import { order } from './order.js';

const LEAST = 4; // Letters of a text that may have a slip of the pen.

// The normal form of a name, as name_key of graph/model/names.py gives it, with the tables of it.
/** @type {(data: Case, text: string) => string} */
export function plain(data, text) {
  const { letters, signs, passed, blanks } = data.rules.names;
  /** @type {(names: string[], more: string) => RegExp} */
  const within = (names, more) => new RegExp(`[${names.map(name => `\\p{${name}}`).join('')}${more}]+`, 'gu');
  return text.normalize('NFKD').toLowerCase().normalize('NFKD')
    .replace(within(passed, signs), '')
    .replace(/./gsu, letter => letters[letter] ?? letter)
    .replace(within(blanks, '\t\n\v\f\r'), ' ')
    .replace(/^ | $/g, '');
}

// Nodes by name, the best match first and of equal ones what has most lines: id, label, name in another language or any further name.
/** @type {(data: Case, text: string) => { node: Thing; rank: number; name: string }[]} */
export function search(data, text) {
  const wanted = plain(data, text);
  if (!wanted) return [];
  return once(data, 'keys', () => keys(data))
    .map(({ node, id, named }) => ({ node, ...best(node, id, named, wanted) }))
    .filter(({ rank }) => rank < Infinity)
    .sort((a, b) => a.rank - b.rank || degree(data, b.node.id) - degree(data, a.node.id) || a.node.name.localeCompare(b.node.name, 'en'));
}

const WORDS = 6; // After all ranks of `place`.

// Choices by any of their names, the best match first, and last those that have all words of the text somewhere, such as
// sentences; all of them for no text.
//   choices: each an id, a label and its names in normal form
/** @type {(names: Case['rules']['names'], choices: string[][], text: string) => string[][]} */
export function choicesFor(names, choices, text) {
  const data = /** @type {Case} */ ({ rules: { names } });
  const wanted = plain(data, text);
  if (!wanted) return choices;
  const words = wanted.split(' ');
  const ranked = choices.map((choice, i) => {
    const [id = '', label = '', ...keys] = choice;
    const own = [plain(data, label), plain(data, id), ...keys];
    const rank = Math.min(...own.map(key => place(key, wanted)));
    return { choice, i, rank: rank === Infinity && words.every(one => own.some(key => key.includes(one))) ? WORDS : rank };
  });
  return ranked.filter(({ rank }) => rank < Infinity).sort((a, b) => a.rank - b.rank || a.i - b.i).map(({ choice }) => choice);
}

// The normal forms of the id and of all names of each node.
/** @type {(data: Case) => { node: Thing; id: string; named: [string, string][] }[]} */
function keys(data) {
  const found = [...data.nodes.values()].filter(node => somebody(data, node.id));
  return found.map(node => {
    const all = [node.name, ...Object.values(node.in ?? {}), ...(node.also ?? [])];
    return { node, id: plain(data, node.id), named: all.map(name => [name, plain(data, name)]) };
  });
}

/** @type {(node: Thing, id: string, named: [string, string][], wanted: string) => { rank: number; name: string }} */
function best(node, id, named, wanted) {
  let found = { rank: id === wanted ? 0 : Infinity, name: node.name };
  for (const [name, key] of named) {
    const rank = place(key, wanted);
    if (rank < found.rank) found = { rank, name };
  }
  return found;
}

// 0 for the whole text, 1 for its beginning, 2 for that of a word, 3 for any other place, 4 for the
// whole and 5 for the beginning of a word with one slip.
/** @type {(text: string, wanted: string) => number} */
function place(text, wanted) {
  if (text === wanted) return 0;
  if (text.startsWith(wanted)) return 1;
  if (text.includes(` ${wanted}`)) return 2;
  if (text.includes(wanted)) return 3;
  if (wanted.length < LEAST) return Infinity;
  if (oneSlip(text, wanted)) return 4;
  return begins(text, wanted) ? 5 : Infinity;
}

// Whether a word of a text, or some words from there on, begin with what is wanted but for one slip.
/** @type {(text: string, wanted: string) => boolean} */
function begins(text, wanted) {
  for (let from = 0; from >= 0; from = text.indexOf(' ', from) + 1 || -1) {
    for (const more of [-1, 0, 1]) {
      if (oneSlip(text.slice(from, from + wanted.length + more), wanted)) return true;
    }
  }
  return false;
}

// Whether one letter of two texts is another one, or is missing in one, or two neighbours are swapped.
/** @type {(one: string, other: string) => boolean} */
export function oneSlip(one, other) {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  /** @type {(a: number, b: number) => boolean} */
  const rest = (a, b) => one.slice(same + a) === other.slice(same + b);
  const swapped = one[same] === other[same + 1] && one[same + 1] === other[same];
  return one !== other && (rest(1, 1) || rest(1, 0) || rest(0, 1) || (swapped && rest(2, 2)));
}

// What a thing is: its kind, or else its class.
/** @type {(data: Case, node: Thing) => string} */
export function sort(data, node) {
  return word(data, node.kind && node.kind !== 'other' ? node.kind : node.class).toLowerCase();
}

// How many lines a thing has.
/** @type {(data: Case, id: Id) => number} */
export function degree(data, id) {
  return once(data, 'degrees', () => degrees(data, data.drawn.lines.keys())).get(id) ?? 0;
}

export const SAYS = 'says:'; // Begins what stands for all statements with a predicate, where something is chosen.

// The statements with a predicate, by what stands for them.
/** @type {(data: Case, chosen: string) => Statement[]} */
export function saying(data, chosen) {
  const name = chosen.startsWith(SAYS) && chosen.slice(SAYS.length);
  return name ? [...data.statements.values()].filter(({ p }) => p === name) : [];
}

// Predicates by their words from either end, those in most statements first.
/** @type {(data: Case, text: string) => Use[]} */
export function searchWords(data, text) {
  const wanted = plain(data, text);
  if (wanted.length < LEAST) return [];
  const known = once(data, 'uses', () => uses(data));
  /** @type {(most: number) => Use[]} */
  const found = most => known.filter(({ keys: all }) => all.some(key => place(key, wanted) <= most));
  const exact = found(3);
  return exact.length ? exact : found(4);
}

/** @typedef {{ id: string; label: string; count: number; keys: string[] }} Use a predicate with its words */

/** @type {(data: Case) => Use[]} */
function uses(data) {
  const found = grouped(data.statements.values(), ({ p }) => [p]);
  return [...data.predicates]
    .map(([id, { label, inverse = '', pattern = '', back = '' }]) => ({
      id,
      label,
      count: found.get(id)?.length ?? 0,
      keys: [label, inverse, pattern, back].map(words => plain(data, words)),
    }))
    .sort((a, b) => b.count - a.count || order(a.label, b.label));
}
