// Groups of things that are tied among themselves: closed, a group is one node, and all its lines to
// another thing or group are one bundle. What is closed hangs on what is looked at; no statement does.
import { apart, say } from '../words/index.js';
import { nodeName } from './case.js';
import { ends } from './filters.js';
import { once } from './kept.js';

export const ALL = 'all';
const GROUP = 'group:';
const BETWEEN = 'between:';
const FIRM = ['', 'certain', 'attested'];

// The groups of the drawing by their ids, the largest first.
/** @type {(data: Case) => Map<Id, Group>} */
export function groups({ drawn }) {
  return once(drawn, 'groups', () => {
    /** @type {Group[]} */
    const found = (drawn.groups?.list ?? []).map((group, i) => (
      { ...group, id: `${GROUP}${group.of[0]}`, drawn: `g${i}`, members: [] }
    ));
    for (const { of, in: number } of drawn.places.values()) {
      if (number !== undefined) found[number].members.push(of);
    }
    return new Map(found.map(group => [group.id, group]));
  });
}

// The group that has a thing, by the thing.
/** @type {(data: Case) => Map<Id, Group>} */
function byMember(data) {
  return once(data.drawn, 'by member', () => new Map(
    [...groups(data).values()].flatMap(group => group.members.map(id => [id, group])),
  ));
}

/** @type {(data: Case, id: Id) => Group | undefined} */
export const groupOf = (data, id) => groups(data).get(id) ?? byMember(data).get(id);

// "Council, Guard and others"
/** @type {(data: Case, group: Group) => string} */
export function groupName(data, { of, members }) {
  const named = of.slice(0, 2).map(id => apart(nodeName(data, id))).join(say('words.comma'));
  return members.length > 2 ? say('group.others', { named }) : named;
}

// --- Which are open: all, or their ids, as an address has them -----------------------------------

/** @type {(data: Case) => string} */
export const usuallyOpen = ({ drawn }) => (drawn.groups?.closed ? '' : ALL);

/** @type {(opened: string) => string[]} */
const listed = opened => opened.split(',').filter(Boolean);

/** @type {(opened: string, group: Group) => boolean} */
export const isOpen = (opened, group) => opened === ALL || listed(opened).includes(group.of[0]);

// As text, in one order: whatever is a member of a group means the group.
/** @type {(data: Case, ids: Iterable<Id>) => string} */
export function openOnly(data, ids) {
  const wanted = new Set([...ids].map(id => groupOf(data, id)));
  const all = [...groups(data).values()];
  const found = all.filter(group => wanted.has(group));
  return found.length && found.length === all.length ? ALL : found.map(({ of }) => of[0]).join(',');
}

// With the groups open that hold some things or the ends of some statements.
/** @type {(data: Case, opened: string, ids: Id[]) => string} */
export function opening(data, opened, ids) {
  if (opened === ALL) return opened;
  const things = ids.flatMap(id => [...(data.statements.has(id) ? ends(data, [id]) : [id])]).filter(id => data.nodes.has(id));
  const closed = things.map(id => groupOf(data, id)).filter(group => group && !isOpen(opened, group));
  return closed.length ? openOnly(data, [...listed(opened), ...things]) : opened;
}

/** @type {(data: Case, opened: string, group: Group, open: boolean) => string} */
export function turned(data, opened, group, open) {
  const before = opened === ALL ? [...groups(data).values()].map(({ of }) => of[0]) : listed(opened);
  return openOnly(data, open ? [...before, group.of[0]] : before.filter(id => id !== group.of[0]));
}

// --- What stands for what --------------------------------------------------------------------------

// What is drawn of some lines while groups are closed: lines by themselves, bundles, and closed groups
// with the lines within. Each line is in one of them.
//   alone: things whose groups are open whatever is told
/** @type {(data: Case, found: Found, opened: string, apart?: Set<Id>) => Outline} */
export function outline(data, found, opened, alone = new Set()) {
  const all = [...groups(data).values()];
  const closed = opened === ALL ? [] : all.filter(group => !isOpen(opened, group) && !group.members.some(id => alone.has(id)));
  if (!closed.length) return { stands: new Map(), lines: found, bundles: new Map(), closed: new Map() };
  const stands = new Map(closed.flatMap(({ id, members }) => members.map(member => [member, id])));
  /** @type {Outline} */
  const made = { stands, lines: new Map(), bundles: new Map(), closed: new Map() };
  for (const [id, sure] of found) sort(data, made, id, sure);
  return made;
}

/** @type {(data: Case, made: Outline, id: Id, sure: Sure) => void} */
function sort(data, { stands, lines, bundles, closed }, id, sure) {
  const { s, o = s } = data.statements.get(id);
  const [from, to] = [s, o].map(end => stands.get(end) ?? end);
  for (const [end, group] of [[s, from], [o, to]]) {
    if (end === group) continue;
    const there = closed.get(group) ?? { members: new Set(), lines: [] };
    closed.set(group, there);
    there.members.add(end);
  }
  if (from === s && to === o) lines.set(id, sure);
  else if (from === to) closed.get(from)?.lines.push(id);
  else {
    const [one, other] = from < to ? [from, to] : [to, from];
    const key = `${BETWEEN}${one}~${other}`;
    const bundle = bundles.get(key) ?? { id: key, from: one, to: other, firm: [], others: [] };
    bundles.set(key, bundle);
    bundle[isFirm(data, id, sure) ? 'firm' : 'others'].push(id);
  }
}

// Whether a line is accepted, and not only such as may have held.
/** @type {(data: Case, id: Id, sure: Sure) => boolean} */
const isFirm = (data, id, sure) => data.statements.get(id).status === 'accepted' && FIRM.includes(sure);

// The two ends of a bundle by its id, if there can be such a bundle; else nothing.
/** @type {(data: Case, id: Id) => Id[]} */
export function endsOfBundle(data, id) {
  if (!id.startsWith(BETWEEN)) return [];
  const found = id.slice(BETWEEN.length).split('~');
  return found.length === 2 && found.every(end => data.drawn.places.has(end) || groups(data).has(end)) ? found : [];
}

// What a thing, a group or the end of a bundle is called.
/** @type {(data: Case, id: Id) => string} */
export function endName(data, id) {
  const group = groups(data).get(id);
  return group ? groupName(data, group) : nodeName(data, id);
}

// "34 lines: 30 accepted, 4 not"
/** @type {(data: Case, ids: Id[], found: Found) => string} */
export function amount(data, ids, found) {
  const firm = ids.filter(id => isFirm(data, id, found.get(id) ?? '')).length;
  const rest = ids.length - firm;
  return say(rest ? 'group.amount-both' : 'group.amount', { lines: say('n.line', { n: ids.length }), firm, rest });
}

// The lines between two things or groups.
/** @type {(data: Case, found: Found, from: Id, to: Id) => Id[]} */
export function between(data, found, from, to) {
  const [one, other] = [from, to].map(id => new Set(groups(data).get(id)?.members ?? [id]));
  return [...found.keys()].filter(id => {
    const { s, o = s } = data.statements.get(id);
    return (one.has(s) && other.has(o)) || (one.has(o) && other.has(s));
  });
}
