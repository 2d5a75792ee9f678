// Which statements a view holds, and which of them are drawn.
import { predicate } from './case.js';
import { once } from './kept.js';
import { SHOWN, held } from './time.js';
import { inWorld, parseWorld } from './worlds.js';

const KEPT = 8; // Worlds whose statements are remembered.

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

// The statements of a world that pass the filters, whenever they held; kept, for days change most.
/** @type {(data: Case, world: string, hidden: Hidden) => Statement[]} */
function admitted(data, world, hidden) {
  /** @type {WeakMap<Hidden, Map<string, Statement[]>>} */
  const all = once(data, 'admitted', () => new WeakMap());
  const known = all.get(hidden) ?? new Map();
  all.set(hidden, known);
  if (!known.has(world)) {
    if (known.size >= KEPT) known.clear();
    const told = parseWorld(world);
    known.set(world, [...data.statements.values()].filter(one => inWorld(data, one, told) && passes(data, one, hidden)));
  }
  return known.get(world);
}

// All statements that a view holds, drawn or not, with how surely they held on its day.
/** @type {(data: Case, seen: Seen) => Found} */
export function statements(data, { world, on, held: asked, hidden }) {
  const found = new Map();
  for (const statement of admitted(data, world, hidden)) {
    const sure = held(statement, on);
    if (on && !SHOWN[asked].includes(sure)) continue;
    found.set(statement.id, sure);
  }
  return found;
}

// Whether a statement is of the lines that are asked for.
/** @type {(data: Case, statement: Statement, projection: string) => boolean} */
export function isAmong({ rules }, statement, projection) {
  if (projection === 'actors') return Boolean(statement.actors);
  return projection === 'both' || statement.draw === rules.lines[projection];
}

// Those that are drawn as lines, after the filter by kind and the neighbourhood.
/** @type {(data: Case, view: Seen) => Found} */
export function lines(data, view) {
  const found = new Map();
  for (const [id, sure] of statements(data, view)) {
    const statement = data.statements.get(id);
    if (!isAmong(data, statement, view.projection)) continue;
    if (data.drawn.lines.has(id) && endsPass(data, statement, view.hidden)) found.set(id, sure);
  }
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
