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

// Agreements that have clauses, in order of time.
/** @type {(data: Case) => Thing[]} */
export function comparable(data) {
  return once(data, 'comparable', () => agreements(data).filter(({ id }) => clauses(data, id).length));
}

// The two agreements that are compared unless others are chosen: the last that follows one of the same talks with
// it, or the last two; nothing if there are no two.
/** @type {(data: Case) => [Id, Id] | null} */
export function usualPair(data) {
  return once(data, 'usual pair', () => {
    const found = comparable(data).map(({ id }) => id);
    const following = successions(data).findLast(pair => pair.every(({ s }) => found.includes(s)));
    if (following) return [following[0].s, following[1].s];
    return found.length > 1 ? /** @type {[Id, Id]} */ (found.slice(-2)) : null;
  });
}

// The agreements that it follows and that have clauses as it has.
/** @type {(data: Case, agreement: Id) => Id[]} */
export function precursors(data, agreement) {
  const found = comparable(data).map(({ id }) => id);
  const pairs = successions(data).filter(([, later]) => later.s === agreement && found.includes(agreement));
  return pairs.map(([earlier]) => earlier.s).filter(id => found.includes(id));
}

const NO_TOPIC = 'other'; // What is on no topic that has a name is not on the same as another.

/** @type {(one: Thing, other: Thing) => boolean} */
function onSameTopic(one, other) {
  return (one.topic ?? []).some(topic => topic !== NO_TOPIC && other.topic?.includes(topic));
}

// The clauses of two agreements side by side, as the question `clause-changes` tells it: those that the later
// replaces by name, those on the same topic, and those without a counterpart.
/** @type {(data: Case, earlier: Id, later: Id) => Change[]} */
export function changes(data, earlier, later) {
  const [old, recent] = [clauses(data, earlier), clauses(data, later)];
  /** @type {(before: Thing, after: Thing) => string} */
  const change = (before, after) => {
    if (after.replaces === before.id) return 'replaced';
    return onSameTopic(before, after) ? 'same topic' : '';
  };
  /** @type {Change[]} */
  const pairs = old.flatMap(before => recent.map(after => ({ change: change(before, after), before, after })))
    .filter(pair => pair.change)
    .sort((a, b) => order(a.change, b.change));
  return [
    ...pairs,
    ...old.filter(one => !pairs.some(({ before }) => before === one)).map(before => ({ change: 'only in the earlier', before })),
    ...recent.filter(one => !pairs.some(({ after }) => after === one)).map(after => ({ change: 'only in the later', after })),
  ];
}

// Statements that leave the choice among several, each with these; what stands under a clause or is told of it.
/** @type {(data: Case, clause: Id) => { statement: Statement; options: Statement[] }[]} */
export function choices(data, clause) {
  return (data.about.get(clause) ?? []).filter(({ or }) => or).map(statement => ({
    statement,
    options: (statement.or ?? []).map(id => data.statements.get(id)),
  }));
}

// --- What is said on a clause --------------------------------------------------------------------

const ON = 'on:';

/** @type {(clause: Id) => string} */
export const spoken = clause => `${ON}${clause}`;

// The clause whose matter a choice is of: `on:CLAUSE`.
/** @type {(data: Case, id: string) => Thing | undefined} */
export function clauseOf(data, id) {
  const node = id.startsWith(ON) ? data.nodes.get(id.slice(ON.length)) : undefined;
  return node?.class === 'Clause' ? node : undefined;
}

// The clauses of all agreements.
/** @type {(data: Case) => Thing[]} */
export function everyClause(data) {
  return once(data, 'clauses', () => [...data.nodes.values()].filter(node => node.class === 'Clause'));
}

// A clause, and those on a topic of it, that it replaces or that replace it.
/** @type {(data: Case, clause: Thing) => Thing[]} */
export function kindred(data, clause) {
  return everyClause(data).filter(one => one === clause || onSameTopic(one, clause) || one.replaces === clause.id || clause.replaces === one.id);
}

// What is stated of these clauses or under them, as the question `said-on` tells it: in order of time, with the
// agreement in whose time it counts where it has none of its own.
/** @type {(data: Case, clause: Thing) => { statement: Statement; agreement: Id }[]} */
export function saidOn(data, clause) {
  /** @type {Map<Statement, Id>} */
  const found = new Map();
  for (const { id, part } of kindred(data, clause)) {
    for (const one of data.about.get(id) ?? []) {
      const known = found.get(one);
      const deal = part ?? '';
      if ([one.s, one.o, one.under].includes(id)) found.set(one, known !== undefined && known < deal ? known : deal);
    }
  }
  /** @type {(one: [Statement, Id]) => string} */
  const key = ([statement, deal]) => statement.at ?? start(concluded(data, deal) ?? {});
  return [...found]
    .sort((a, b) => order(key(a), key(b)) || order(a[0].id, b[0].id))
    .map(([statement, agreement]) => ({ statement, agreement }));
}
