// Which statements a view holds, and which of them are drawn.
import { predicate } from './case.js';
import { once } from './kept.js';
import { SHOWN, daysOf, held, within } from './time.js';
import { inWorld, parseWorld } from './worlds.js';

const KEPT = 16; // Worlds, and lines of worlds, that are remembered.
const DAYS = 4; // Of which is remembered how surely each statement held.

/** @type {(data: Case, statement: Statement, hidden: Hidden) => boolean} */
function passes(data, statement, hidden) {
  return !(
    hidden.status.has(statement.status) ||
    hidden.family.has(predicate(data, statement).family) ||
    hidden.certainty.has(statement.c) ||
    (statement.claims.length > 0 && statement.claims.every(claim => hidden.source.has(claim.src))) ||
    hidden.predicate?.has(statement.p)
  );
}

// Whether both ends may be drawn.
/** @type {(data: Case, statement: Statement, hidden: Hidden) => boolean} */
function endsPass(data, statement, hidden) {
  return [statement.s, statement.o ?? ''].every(
    end => data.drawn.places.has(end) && !hidden.kind.has(data.nodes.get(end).group),
  );
}

// What is asked for under a name, made once for the same filters; only a few of each are kept.
/** @type {<T>(data: Case, hidden: Hidden, name: string, make: () => T) => T} */
export function filtered(data, hidden, name, make) {
  /** @type {WeakMap<Hidden, Map<string, any>>} */
  const all = once(data, 'filtered', () => new WeakMap());
  const known = all.get(hidden) ?? new Map();
  all.set(hidden, known);
  if (!known.has(name)) {
    if (known.size >= KEPT) known.clear();
    known.set(name, make());
  }
  return known.get(name);
}

// The statements of a world that pass the filters, whenever they held; kept, for days change most.
/** @type {(data: Case, telling: Telling) => Statement[]} */
export function admitted(data, { world, hidden }) {
  return filtered(data, hidden, world, () => {
    const told = parseWorld(world);
    return [...data.statements.values()].filter(one => inWorld(data, one, told) && passes(data, one, hidden));
  });
}

// Those of them that are drawn as lines.
/** @type {(data: Case, seen: Seen) => Statement[]} */
function drawable(data, seen) {
  const { world, projection, hidden } = seen;
  return filtered(data, hidden, `${projection} ${world}`, () => admitted(data, seen).filter(one => (
    data.drawn.lines.has(one.id) && isAmong(data, one, projection) && endsPass(data, one, hidden)
  )));
}

// How surely each statement held on a day; kept, for it is asked for with the days before and after.
/** @type {(data: Case, day: Day) => Map<Statement, string>} */
function sureOn(data, day) {
  /** @type {Map<Day, Map<Statement, string>>} */
  const known = once(data, 'sure on', () => new Map());
  const found = known.get(day) ?? new Map([...data.statements.values()].map(one => [one, held(one, day)]));
  known.delete(day);
  known.set(day, found);
  if (known.size > DAYS) known.delete([...known.keys()][0]);
  return found;
}

// What is shown of a span and on a day, with how surely it held.
/** @type {(data: Case, all: Statement[], seen: Seen) => Found} */
function onDay(data, all, { on, during, held: asked }) {
  const span = daysOf(during);
  const among = span ? all.filter(one => within(one, span)) : all;
  if (!on) return new Map(among.map(({ id }) => [id, '']));
  const sure = sureOn(data, on);
  const found = new Map();
  for (const statement of among) {
    const how = sure.get(statement) ?? '';
    if (SHOWN[asked].includes(how)) found.set(statement.id, how);
  }
  return found;
}

// All statements that a view holds, drawn or not, with how surely they held on its day.
/** @type {(data: Case, seen: Seen) => Found} */
export function statements(data, seen) {
  return onDay(data, admitted(data, seen), seen);
}

// Whether a statement is of the lines that are asked for.
/** @type {(data: Case, statement: Statement, projection: string) => boolean} */
function isAmong({ rules }, statement, projection) {
  if (projection === 'actors') return Boolean(statement.actors);
  return projection === 'both' || statement.draw === rules.lines[projection];
}

// Whether there are ties between actors.
/** @type {(data: Case) => boolean} */
export function hasActors(data) {
  return once(data, 'has actors', () => [...data.statements.values()].some(({ actors }) => actors));
}

// Those that are drawn as lines, after the filter by kind and the neighbourhood.
/** @type {(data: Case, view: Seen) => Found} */
export function lines(data, view) {
  const found = onDay(data, drawable(data, view), view);
  return view.near ? around(data, found, view.near, view.depth) : found;
}

/** @type {(data: Case, ids: Iterable<Id>) => Set<Id>} */
export function ends(data, ids) {
  const found = new Set();
  for (const id of ids) {
    const { s, o = '' } = data.statements.get(id);
    found.add(s).add(o);
  }
  return found;
}

/** @type {(data: Case, ids: Iterable<Id>) => Map<Id, { to: Id; id: Id }[]>} */
function adjacency(data, ids) {
  /** @type {Map<Id, { to: Id; id: Id }[]>} */
  const found = new Map();
  /** @type {(from: Id, to: Id, id: Id) => void} */
  const add = (from, to, id) => {
    const there = found.get(from);
    if (there) there.push({ to, id });
    else found.set(from, [{ to, id }]);
  };
  for (const id of ids) {
    const { s, o = '' } = data.statements.get(id);
    add(s, o, id);
    if (s !== o) add(o, s, id);
  }
  return found;
}

// The lines between nodes that are at most so many steps from a node.
/** @type {(data: Case, found: Found, start: Id, depth: number) => Found} */
function around(data, found, start, depth) {
  const near = adjacency(data, found.keys());
  const seen = new Map([[start, 0]]);
  /** @type {(node: Id) => number} */
  const far = node => seen.get(node) ?? Infinity;
  const queue = [start];
  for (const node of queue) {
    if (far(node) >= depth) continue;
    for (const { to } of near.get(node) ?? []) {
      if (!seen.has(to)) queue.push(to) && seen.set(to, far(node) + 1);
    }
  }
  /** @type {(entry: [Id, Sure]) => boolean} */
  const inside = ([id]) => {
    const { s, o = '' } = data.statements.get(id);
    return seen.has(s) && seen.has(o) && Math.min(far(s), far(o)) < depth;
  };
  return new Map([...found].filter(inside));
}

// What stands in one of two sets of statements only, and what changes from sure to unsure.
/** @type {(left: Found, right: Found) => Difference} */
export function differences(left, right) {
  const onlyLeft = [...left.keys()].filter(id => !right.has(id));
  const onlyRight = [...right.keys()].filter(id => !left.has(id));
  const both = [...left.keys()].filter(id => right.has(id));
  const changed = both.filter(id => left.get(id) && right.get(id) && left.get(id) !== right.get(id));
  return { onlyLeft, onlyRight, both, changed };
}
