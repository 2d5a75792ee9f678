// The course of a case: what is dated, in lanes; what became of agreements; and what leads to what.
import { apart, say } from '../words/index.js';
import { clauses, statedOf } from './agreements.js';
import { nodeName, predicate, word } from './case.js';
import { once } from './kept.js';
import { order } from './order.js';
import { events, inTime, takesPlace } from './time.js';

const FEW = 6; // So many bars make a course.

// What of some statements a storyline shows: a bar for each that says that something took place or was
// concluded, if it has a place in time.
/** @type {(data: Case, found: Found) => Story} */
export function story(data, found) {
  const dated = [...found.keys()].map(id => data.statements.get(id)).filter(takesPlace);
  const bars = dated.sort(inTime).map(statement => bar(data, found, statement));
  const lanes = data.styles.lanes.map(([name, group]) => ({ name, group, bars: bars.filter(one => one.lane === name) }));
  return { lanes: lanes.filter(lane => lane.bars.length), arrows: arrows(data, found, bars), kinds: kinds(bars) };
}

// The kinds of stages, and of what became of clauses, in the order in which they first come about.
/** @type {(bars: StoryBar[]) => StoryKind[]} */
function kinds(bars) {
  return /** @type {const} */ (['stages', 'ticks']).flatMap(of => {
    const turns = bars.flatMap(one => one[of]).sort((a, b) => order(a.day, b.day));
    return [...new Set(turns.map(kindOf))].map(words => ({ of, words }));
  });
}

// What a turn is called: a kind, in words.
/** @type {(turn: Turn) => string} */
export const kindOf = ({ statement }) => String(statement.v ?? '');

// Whether there is a course to tell: some events or agreements, in two lanes at least.
/** @type {(data: Case) => boolean} */
export function hasCourse(data) {
  return once(data, 'has a course', () => {
    const lanes = events(data).map(({ s }) => data.nodes.get(s)?.lane ?? '');
    return lanes.length >= FEW && new Set(lanes).size > 1;
  });
}

/** @type {(data: Case, found: Found, statement: Statement) => StoryBar} */
function bar(data, found, statement) {
  const names = data.styles.lanes.map(([name]) => name);
  const lane = data.nodes.get(statement.s)?.lane ?? '';
  const concluded = statement.p === 'concluded';
  /** @type {(thing: Id, name: string) => Turn[]} */
  const turns = (thing, name) => turnsOf(data, found, thing, name);
  return {
    statement,
    lane: names.includes(lane) ? lane : names[names.length - 1],
    stages: concluded ? turns(statement.s, 'stage') : [],
    ticks: concluded ? clauses(data, statement.s).flatMap(({ id }) => turns(id, 'fulfilment')) : [],
  };
}

// What is told of a thing by a predicate, in the order of the days by which it had come about.
/** @type {(data: Case, found: Found, thing: Id, name: string) => Turn[]} */
function turnsOf(data, found, thing, name) {
  const told = statedOf(data, thing, name).filter(one => found.has(one.id));
  const turns = told.map(statement => ({ statement, day: statement.lb ?? statement.le ?? statement.ee ?? statement.eb ?? '' }));
  return turns.filter(({ day }) => day).sort((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day)));
}

// Arrows between bars: statements, and which agreement replaces which. Neither looks surer than its ends.
/** @type {(data: Case, found: Found, bars: StoryBar[]) => StoryArrow[]} */
function arrows(data, found, bars) {
  /** @type {Map<Id, StoryBar>} */
  const of = new Map();
  for (const one of bars) if (!of.has(one.statement.s)) of.set(one.statement.s, one);
  // What is told of a clause is told of its agreement.
  /** @type {(id?: Id) => StoryBar | undefined} */
  const barOf = (id = '') => of.get(id) ?? of.get(data.nodes.get(id)?.part ?? '');
  /** @type {(id: Id, ends: (Id | undefined)[], words: string, status?: string) => StoryArrow[]} */
  const arrow = (id, ends, words, status = 'accepted') => {
    const [from, to] = ends.map(barOf);
    if (!from || !to || from === to) return [];
    return [{ id, from, to, words, status: unsurest(data, [status, from.statement.status, to.statement.status]) }];
  };
  const stated = [...found.keys()].map(id => data.statements.get(id)).filter(({ p }) => data.rules.arrows.includes(p));
  return [
    ...stated.flatMap(one => arrow(one.id, [one.s, one.o], predicate(data, one).label, one.status)),
    ...bars.flatMap(({ statement: { s } }) => arrow(s, [s, data.nodes.get(s)?.replaces], say('story.replaces'))),
  ];
}

// The least settled of some statuses.
/** @type {(data: Case, statuses: string[]) => string} */
function unsurest({ rules }, statuses) {
  return [...statuses].sort((a, b) => rules.unsettled.indexOf(a) - rules.unsettled.indexOf(b))[0];
}

// The bars to which a thing belongs, as their statements: its own, those of which something is told of both, and what it
// replaces or stands in the same talks with. What is told of a clause is told of its agreement.
/** @type {(data: Case, found: Found, story: Story, thing: Id) => Set<Id>} */
export function belonging(data, found, { lanes }, thing) {
  /** @type {(id?: Id) => Id} */
  const whole = (id = '') => data.nodes.get(id)?.part ?? id;
  const near = new Set([thing, whole(thing)]);
  for (const one of [...near, ...clauses(data, thing).map(({ id }) => id)].flatMap(id => data.about.get(id) ?? [])) {
    if (found.has(one.id)) for (const end of [one.s, one.o]) near.add(whole(end));
  }
  const { replaces, process } = data.nodes.get(thing) ?? {};
  for (const id of [replaces, process]) if (id) near.add(id);
  /** @type {(id: Id) => boolean} */
  const belongs = id => near.has(id) || [data.nodes.get(id)?.replaces, data.nodes.get(id)?.process].includes(thing);
  return new Set(lanes.flatMap(({ bars }) => bars).filter(({ statement: { s } }) => belongs(s)).map(({ statement }) => statement.id));
}

// Who took part in what a bar shows and in what way, as far as some statements tell; what is not accepted says so.
/** @type {(data: Case, found: Found, bar: StoryBar) => string[]} */
export function takingPart(data, found, { statement: { s } }) {
  const roles = (data.about.get(s) ?? []).filter(one => one.s === s && one.o && found.has(one.id) && predicate(data, one).role);
  return [...new Set(roles.map(one => apart(nodeName(data, one.o ?? '')) + (one.status === 'accepted' ? '' : ` (${word(data, one.status)})`)))];
}
