// How two things are tied.
import { predicate } from './case.js';
import { heap } from './heap.js';
import { grouped, once } from './kept.js';
import { order } from './order.js';

// What a step costs.
/** @type {(data: Case, statement: Statement) => number} */
function cost(data, statement) {
  const { status, family, draw } = data.rules.costs;
  const more = family.get(predicate(data, statement).family) ?? 0;
  return status.get(statement.status) + more + (draw.get(statement.draw ?? '') ?? 0);
}

// The best ways between two nodes, those without hostility first; sign leaves out those over
// hostility (not-negative) or all others (negative). Each has its nodes, the statements that join
// each two neighbours on it, the surest first, and the words of those that are hostile. It is done
// as in graph/network/ways.py.
/** @type {(data: Case, lines: Found, from: Id, to: Id, sign?: string, most?: number) => Way[]} */
export function ways(data, lines, from, to, sign = 'any', most = data.rules.chains) {
  /** @type {Way[]} */
  const found = [];
  for (const [over, without] of /** @type {[boolean, string][]} */ ([[false, 'negative'], [true, 'not-negative']])) {
    if (sign === without) continue;
    const { all, near } = once(lines, `roads ${over}`, () => roads(data, lines, over));
    const chains = ranked(near, between(near, from, to), from, to, over, most - found.length);
    found.push(...chains.map(nodes => way(data, all, nodes)));
  }
  return found;
}

// What joins each two things, those that only hostility joins too if so wished.
/** @type {(data: Case, lines: Found, over: boolean) => Roads} */
function roads(data, lines, over) {
  const told = [...lines.keys()].map(id => data.statements.get(id));
  const peaceful = joined(told.filter(one => !hostile(data, one)));
  const rough = () => joined(told.filter(one => hostile(data, one)));
  const all = /** @type {Joined} */ (over ? new Map([...peaceful, ...rough()]) : peaceful);
  return { all, near: hops(data, all) };
}

/** @type {(data: Case, statement: Statement) => boolean} */
function hostile(data, statement) {
  return predicate(data, statement).sign < 0;
}

/** @type {(one: Id, other: Id) => string} */
const pair = (one, other) => [one, other].sort(order).join(' ');

// The statements between each two things.
/** @type {(statements: Statement[]) => Joined} */
function joined(statements) {
  const apart = statements.filter(one => one.s !== one.o);
  return /** @type {Joined} */ (grouped(apart, ({ s, o = '' }) => [pair(s, o)]));
}

// What it costs to go from each node to its neighbours, and whether only hostility joins them.
/** @type {(data: Case, all: Joined) => Hops} */
function hops(data, all) {
  const found = /** @type {Hops} */ (new Map());
  for (const [key, told] of all) {
    const hop = {
      cost: Math.min(...told.map(one => cost(data, one))),
      hostile: told.every(one => hostile(data, one)),
    };
    const [one, other] = key.split(' ');
    for (const [start, end] of [[one, other], [other, one]]) {
      if (!found.has(start)) found.set(start, new Map());
      found.get(start).set(end, hop);
    }
  }
  return found;
}

// The nodes that are on a way between two: those that share a block with them, if they touch
// (Hopcroft and Tarjan 1973, doi:10.1145/362248.362272).
/** @type {(near: Hops, from: Id, to: Id) => Set<Id>} */
function between(near, from, to) {
  if (!near.has(from) || !near.has(to)) return new Set();
  /** @type {Table<number>} */
  const number = /** @type {any} */ (new Map([[from, 0], [to, 1]]));
  /** @type {Table<number>} */
  const low = /** @type {any} */ (new Map(number));
  /** @type {Table<Id>} */
  const above = /** @type {any} */ (new Map([[to, from]]));
  /** @type {(node: Id, value: number) => void} */
  const lower = (node, value) => low.set(node, Math.min(low.get(node), value));
  /** @type {[Id, MapIterator<Id>][]} */
  const trail = [[to, near.get(to).keys()]];
  while (trail.length) {
    const [node, others] = trail[trail.length - 1];
    const { value: next, done } = others.next();
    if (done) {
      trail.pop();
      lower(above.get(node), low.get(node));
    } else if (!number.has(next)) {
      low.set(next, number.size);
      number.set(next, number.size);
      above.set(next, node);
      trail.push([next, near.get(next).keys()]);
    } else if (next !== above.get(node)) lower(node, number.get(next));
  }
  const found = new Set([from, to]);
  for (const [node, up] of above) {
    if (up !== from && found.has(up) && low.get(node) < number.get(up)) found.add(node);
  }
  return found;
}

/** @typedef {{ least: number; spent: number; nodes: Id[]; done: boolean }} Begun a way that may go on */

/** @type {(near: Hops, inside: Set<Id>, from: Id, to: Id, over: boolean, most: number) => Id[][]} */
function ranked(near, inside, from, to, over, most) {
  /** @type {Id[][]} */
  const found = [];
  /** @type {(a: Begun, b: Begun) => number} */
  const first = (a, b) => a.least - b.least || inOrder(a.nodes, b.nodes);
  const begun = heap(first);
  if (inside.has(from)) begun.put({ least: 0, spent: 0, nodes: [from], done: !over });
  while (found.length < most) {
    const best = begun.take();
    if (!best) break;
    const last = best.nodes[best.nodes.length - 1];
    if (last === to) {
      found.push(best.nodes);
      continue;
    }
    const open = new Set(inside);
    for (const node of best.nodes) open.delete(node);
    const rest = least(near, open, to);
    for (const [node, hop] of near.get(last)) {
      const done = best.done || hop.hostile;
      const more = rest[Number(done)].get(node);
      if (!open.has(node) || more === undefined) continue;
      const spent = best.spent + hop.cost;
      begun.put({ least: spent + more, spent, nodes: [...best.nodes, node], done });
    }
  }
  return found;
}

/** @type {(0 | 1)[]} */
const BOTH = [0, 1];

// What it costs at the least to come from open nodes to one, with a hostile hop and with any.
/** @type {(near: Hops, open: Set<Id>, to: Id) => Map<Id, number>[]} */
function least(near, open, to) {
  const rest = [new Map(), new Map([[to, 0]])];
  /** @type {[Id, 0 | 1][][]} */
  const todo = [[[to, 1]]];
  for (let spent = 0; spent < todo.length; spent += 1) {
    for (const [node, done] of todo[spent] ?? []) {
      if (spent > (rest[done].get(node) ?? Infinity)) continue;
      for (const [before, hop] of near.get(node)) {
        const sum = spent + hop.cost;
        if (before === to || !open.has(before)) continue;
        for (const had of hop.hostile && done ? BOTH : [done]) {
          if (sum >= (rest[had].get(before) ?? Infinity)) continue;
          rest[had].set(before, sum);
          (todo[sum] ??= []).push([before, had]);
        }
      }
    }
  }
  return rest;
}

// Two lists of ids in the order of their first difference.
/** @type {(one: Id[], other: Id[]) => number} */
function inOrder(one, other) {
  const at = one.findIndex((node, i) => node !== other[i]);
  return at < 0 ? one.length - other.length : order(one[at], other[at] ?? '');
}

/** @type {(data: Case, all: Joined, nodes: Id[]) => Way} */
function way(data, all, nodes) {
  /** @type {(one: Statement) => number} */
  const price = one => data.rules.costs.status.get(one.status);
  const steps = nodes.slice(1).map((to, i) => all.get(pair(nodes[i], to))
    .sort((a, b) => price(a) - price(b) || order(a.at ?? '', b.at ?? '') || order(a.id, b.id)));
  const words = steps.flat().filter(one => hostile(data, one)).map(one => predicate(data, one).label);
  return { nodes, steps: steps.map(step => step.map(one => one.id)), over: [...new Set(words)] };
}
