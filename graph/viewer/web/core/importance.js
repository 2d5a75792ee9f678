// What one goes to next: things by how many lines end at them, and along the lines at one of them.
import { order } from './order.js';

// How many lines each thing has.
/** @type {(data: Case, lines: Iterable<Id>) => Map<Id, number>} */
export function degrees(data, lines) {
  /** @type {Map<Id, number>} */
  const found = new Map();
  for (const id of lines) {
    const { s, o } = data.statements.get(id);
    for (const end of new Set([s, o])) if (end) found.set(end, (found.get(end) ?? 0) + 1);
  }
  return found;
}

// The ends of lines, those with most lines first.
/** @type {(data: Case, lines: Iterable<Id>) => Id[]} */
export function byImportance(data, lines) {
  const found = degrees(data, lines);
  return [...found.keys()].sort((a, b) => ahead(found, a, b));
}

/** @type {(found: Map<Id, number>, a: Id, b: Id) => number} */
const ahead = (found, a, b) => (found.get(b) ?? 0) - (found.get(a) ?? 0) || order(a, b);

// The lines at a thing, each with its other end, the best-connected of these first; or the two ways
// along a line.
/** @type {(data: Case, lines: Iterable<Id>, chosen: Id) => { line: Id; end: Id }[]} */
export function along(data, lines, chosen) {
  const all = [...lines];
  const found = degrees(data, all);
  /** @type {{ line: Id; end: Id }[]} */
  const ways = [];
  for (const line of all) {
    const { s, o = s } = data.statements.get(line);
    if (line === chosen) ways.push({ line, end: s }, { line, end: o });
    else if (s === chosen || o === chosen) ways.push({ line, end: s === chosen ? o : s });
  }
  return ways.sort((a, b) => ahead(found, a.end, b.end) || order(a.line, b.line));
}
