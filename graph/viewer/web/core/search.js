// Finding things by any of their names.
import { somebody } from './case.js';

// The normal form of a name, as name_key of graph/model/names.py gives it, with the tables of it.
/** @type {(data: Case, text: string) => string} */
export function plain(data, text) {
  const { letters, signs, passed, blanks } = data.rules.names;
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
  return [...data.nodes.values()]
    .filter(node => somebody(data, node.id))
    .map(node => ({ node, ...best(data, node, wanted) }))
    .filter(({ rank }) => rank < Infinity)
    .sort((a, b) => a.rank - b.rank || a.node.name.localeCompare(b.node.name, 'en'));
}

/** @type {(data: Case, node: Thing, wanted: string) => { rank: number; name: string }} */
export function best(data, node, wanted) {
  let found = { rank: plain(data, node.id) === wanted ? 0 : Infinity, name: node.name };
  for (const name of [node.name, ...Object.values(node.in ?? {}), ...(node.also ?? [])]) {
    const rank = place(plain(data, name), wanted);
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
