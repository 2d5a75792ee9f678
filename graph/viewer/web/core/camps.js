// Who stands where: camps, as statements say them; who goes between; and who stands outside of all.
import { say } from '../words/index.js';
import { turns } from './agreements.js';
import { nameIn, nodeName, predicate } from './case.js';
import { admitted, filtered } from './filters.js';
import { grouped, once } from './kept.js';
import { toDay, fromDay, moments } from './time.js';
import { order } from './order.js';
import { parseWorld } from './worlds.js';

const PHASES = 6; // At most.
const BODY = 3; // So many that only belong together make a box.

// The camps of a world; they are asked for by several views, and on each day anew.
/** @type {(data: Case, telling: Telling) => Camps} */
export function camps(data, telling) {
  return filtered(data, telling.hidden, `camps of ${telling.world}`, () => reckoned(data, telling));
}

// The camps of a world; without a voice only what is accepted counts.
//   A camp is an actor, on whose side somebody stands, with all that stand on its side or belong to it, step by step. Where they only
//   belong to it, that is a body, and no side is told.
//   Who is in several of them, or goes between, is between; all other actors that have ties are outside.
/** @type {(data: Case, telling: Telling) => Camps} */
function reckoned(data, telling) {
  const all = admitted(data, telling);
  // What one side alone tells counts in its own world.
  const { voice } = parseWorld(telling.world);
  /** @type {(statement: Statement) => boolean} */
  const counts = ({ status }) => Boolean(voice) || status === 'accepted';
  const bearing = all.filter(one => predicate(data, one).camp && one.o);
  const counted = bearing.filter(counts);
  /** @type {(found: Statement[], how: string) => Statement[]} */
  const saying = (found, how) => found.filter(one => predicate(data, one).camp === how);
  const [sided, belonging] = ['takesSide', 'belongs'].map(how => saying(counted, how).filter(one => one.actors));
  const goers = new Set(saying(counted, 'goesBetween').map(({ s, o = '', actors }) => (actors ? s : o)));
  const heads = headsOf([...sided, ...belonging]);
  /** @type {(id: Id) => Id[]} */
  const stands = id => [...(heads.get(id) ?? [id])];
  const sides = new Set(sided.flatMap(({ o = '' }) => stands(o)));
  const roots = new Set([...sides, ...[...heads.values()].flatMap(own => [...own])]);
  const actors = new Set(all.filter(one => one.actors).flatMap(({ s, o = '' }) => [s, o]));
  /** @type {Map<Id, Id[]>} */
  const members = new Map([...roots].map(root => [root, []]));
  /** @type {Camps['between']} */
  const between = [];
  /** @type {Id[]} */
  const outside = [];
  for (const id of [...new Set([...actors, ...goers])].sort()) {
    const every = stands(id).filter(root => roots.has(root)).sort();
    const own = every.some(root => sides.has(root)) ? every.filter(root => sides.has(root)) : every;
    if (goers.has(id) || (own.length > 1 && sides.has(own[0]))) between.push({ id, camps: own });
    else if (own.length === 1) members.get(own[0])?.push(id);
    else outside.push(id);
  }
  const found = [...members].map(([id, own]) => ({ id, sided: sides.has(id), members: own.sort((a, b) => Number(b === id) - Number(a === id) || byName(data, a, b)) }));
  /** @type {(one: Camps['camps'][number]) => boolean} */
  const boxed = ({ sided: side, members: { length } }) => length >= (side ? 2 : BODY);
  return {
    camps: found.filter(boxed).sort((a, b) => Number(b.sided) - Number(a.sided) || b.members.length - a.members.length || order(a.id, b.id)),
    between: between.sort((a, b) => byName(data, a.id, b.id)),
    outside: [...outside, ...found.filter(one => !boxed(one)).flatMap(one => one.members)].sort((a, b) => byName(data, a, b)),
    placing: grouped(counted, one => [one.s]),
    unsure: bearing.filter(one => !counts(one)),
  };
}

// The camp of each actor that is in one where somebody takes a side, the largest camp first.
/** @type {(data: Case, telling: Telling) => Map<Id, Id>} */
export function campOf(data, telling) {
  const found = camps(data, telling).camps.filter(({ sided }) => sided);
  return new Map(found.flatMap(({ id, members }) => members.map(one => [one, id])));
}

/** @type {(data: Case, a: Id, b: Id) => number} */
const byName = (data, a, b) => order(nodeName(data, a), nodeName(data, b)) || order(a, b);

// For each thing, those at the end of all roads from it; of things that lead to each other, the first by its id.
/** @type {(ties: Statement[]) => Map<Id, Set<Id>>} */
function headsOf(ties) {
  /** @type {Map<Id, Id[]>} */
  const next = new Map();
  for (const { s, o = '' } of ties) next.set(s, [...(next.get(s) ?? []), o]);
  /** @type {(id: Id) => Set<Id>} */
  const reached = id => {
    const seen = new Set([id]);
    for (const one of seen) for (const other of next.get(one) ?? []) seen.add(other);
    return seen;
  };
  const all = new Map([...new Set(ties.flatMap(({ s, o = '' }) => [s, o]))].map(id => [id, reached(id)]));
  /** @type {(id: Id) => Set<Id>} */
  const from = id => all.get(id) ?? new Set([id]);
  return new Map([...all].map(([id, seen]) => {
    // An end is where all that can be reached leads back.
    const ends = [...seen].filter(one => [...from(one)].every(other => from(other).has(one)));
    return [id, new Set(ends.map(one => [...from(one)].sort()[0]))];
  }));
}

// What a phase is called, by the agreement with which it begins, or before which it ends.
/** @type {(data: Case, phase: Phase, label?: string) => string} */
export function phaseName(data, { agreement, before }, label) {
  return agreement ? say('phase.from', { name: nameIn(data, agreement, label) }) : say('phase.before', { name: nameIn(data, before, label) });
}

// The phases of a case: the stretches between its dated agreements that are accepted, those of which most is told first, if
// there are too many.
/** @type {(data: Case) => Phase[]} */
export function phases(data) {
  return once(data, 'phases', () => {
    /** @type {(one: Statement) => number} */
    const weight = ({ s }) => data.about.get(s)?.length ?? 0;
    /** @type {Map<Day, Statement>} */
    const days = new Map();
    for (const one of turns(data)) {
      const known = days.get(one.eb ?? '');
      if (!known || weight(one) > weight(known)) days.set(one.eb ?? '', one);
    }
    const cuts = [...days].sort(([, a], [, b]) => weight(b) - weight(a)).slice(0, PHASES - 1).sort(([a], [b]) => order(a, b));
    const all = moments(data);
    if (!cuts.length || !all.length) return [];
    const [first, last] = [all[0], all[all.length - 1]];
    const begun = [first, ...cuts.map(([day]) => day)];
    return begun.map((from, i) => ({
      agreement: i ? cuts[i - 1][1].s : '',
      before: cuts[i]?.[1].s ?? '',
      from,
      to: i < cuts.length ? toDay(fromDay(cuts[i][0]) - 1) : last,
    })).filter(({ from, to }) => from <= to);
  });
}
