// Agreements, their clauses, and which follow each other.
import { grouped, once } from './kept.js';
import { order } from './order.js';
import { fromDay, inTime, start } from './time.js';

const SHORT = 100; // Days.

/** @type {(data: Case) => Thing[]} */
export function agreements(data) {
  const found = [...data.nodes.values()].filter(node => node.class === 'Agreement');
  /** @type {(node: Thing) => Partial<Statement>} */
  const begun = node => concluded(data, node.id) ?? {};
  return found.sort((a, b) => order(start(begun(a)), start(begun(b))) || order(a.id, b.id));
}

/** @type {(data: Case, agreement: Id) => Statement | undefined} */
export function concluded(data, agreement) {
  return (data.about.get(agreement) ?? []).find(s => s.p === 'concluded' && s.s === agreement);
}

/** @type {(data: Case, agreement: Id) => Thing[]} */
export function clauses(data, agreement) {
  return once(data, 'parts', () => grouped(data.nodes.values(), ({ part }) => [part])).get(agreement) ?? [];
}

// Statements on a thing with a predicate, in order of time.
/** @type {(data: Case, thing: Id, name: string) => Statement[]} */
export function statedOf(data, thing, name) {
  return (data.about.get(thing) ?? [])
    .filter(statement => statement.s === thing && statement.p === name)
    .sort(inTime);
}

// Accepted agreements that are dated to a few months, in order of time: the statement that each
// was concluded.
/** @type {(data: Case) => Statement[]} */
export function turns(data) {
  return agreements(data)
    .map(node => concluded(data, node.id))
    .filter(fact => fact !== undefined)
    .filter(({ status, eb, le }) => status === 'accepted' && eb && le && fromDay(le) - fromDay(eb) <= SHORT);
}

// Pairs of such agreements of the same talks, or of which one replaces the other.
/** @type {(data: Case) => [Statement, Statement][]} */
export function successions(data) {
  const found = turns(data);
  /** @type {(one: Statement) => Thing} */
  const of = one => data.nodes.get(one.s);
  return found.flatMap((later, i) => {
    const earlier = found.slice(0, i).filter(one => follows(of(later), of(one)));
    return earlier.map(one => /** @type {[Statement, Statement]} */ ([one, later]));
  });
}

/** @type {(later: Thing, earlier: Thing) => boolean} */
function follows(later, earlier) {
  return later.replaces === earlier.id || (later.process !== undefined && later.process === earlier.process);
}

// --- Clause by clause ----------------------------------------------------------------------------

/** @typedef {{ change: string; before?: Thing; after?: Thing }} Change */

// What agreements that came before one became in it, as the question `clause-changes` tells it.
/** @type {(data: Case, agreement: Id) => { earlier: Id; changes: Change[] }[]} */
export function changesSince(data, agreement) {
  return successions(data)
    .filter(([, later]) => later.s === agreement)
    .map(([earlier]) => ({ earlier: earlier.s, changes: changes(data, earlier.s, agreement) }))
    .filter(({ changes: found }) => found.length);
}

// The clauses of two agreements side by side: those that the later replaces by name, those on the same
// topic, and those without a counterpart.
/** @type {(data: Case, earlier: Id, later: Id) => Change[]} */
export function changes(data, earlier, later) {
  const [old, recent] = [clauses(data, earlier), clauses(data, later)];
  /** @type {(before: Thing, after: Thing) => string} */
  const change = (before, after) => {
    if (after.replaces === before.id) return 'Replaced';
    return (before.topic ?? []).some(topic => after.topic?.includes(topic)) ? 'On the same topic' : '';
  };
  /** @type {Change[]} */
  const pairs = old.flatMap(before => recent.map(after => ({ change: change(before, after), before, after })))
    .filter(pair => pair.change)
    .sort((a, b) => order(b.change, a.change));
  return [
    ...pairs,
    ...old.filter(one => !pairs.some(({ before }) => before === one)).map(before => ({ change: 'Only in the earlier', before })),
    ...recent.filter(one => !pairs.some(({ after }) => after === one)).map(after => ({ change: 'Only in the later', after })),
  ];
}
