// Finding things by any of their names.
import { somebody } from './case.js';
import { once } from './kept.js';

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

// Nodes by name, the best match first: id, label, name in another language or any further name.
/** @type {(data: Case, text: string) => { node: Thing; rank: number; name: string }[]} */
export function search(data, text) {
  const wanted = plain(data, text);
  if (!wanted) return [];
  return once(data, 'keys', () => keys(data))
    .map(({ node, id, named }) => ({ node, ...best(node, id, named, wanted) }))
    .filter(({ rank }) => rank < Infinity)
    .sort((a, b) => a.rank - b.rank || a.node.name.localeCompare(b.node.name, 'en'));
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

// 0 for the whole text, 1 for its beginning, 2 for that of a word, 3 for any other place.
/** @type {(text: string, wanted: string) => number} */
function place(text, wanted) {
  if (text === wanted) return 0;
  if (text.startsWith(wanted)) return 1;
  if (text.includes(` ${wanted}`)) return 2;
  return text.includes(wanted) ? 3 : Infinity;
}
