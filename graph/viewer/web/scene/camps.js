// Camps as they are painted: a box for each, with those who stand in it and nobody else, and boxes for who stands elsewhere.
import * as model from '../core/index.js';
import { grouped } from '../core/kept.js';
import { fitting } from './fitting.js';

export const SIZE = 11; // Of names, in pixels.
const ROW = 17;
const TITLE = 22;
const PAD = 9;
const GAP = 14; // Between two boxes.
const COLUMN = 158; // Least width of a column of names.
const MARK = 14; // Room for the shape before a name.
const ROOMY = 700;
const SIDE = 0.37; // Of the width, for the largest camp, and for all others.
const MANY = 400; // Above so many actors in all a box is closed until it is opened,
const FEW = 12; // unless it has so few.
export const CLOSED = 'closed:'; // Before the id of a box that stands for all in it.
const LIKE = 5; // Times as broad as one line a bundle gets at most.

/** @typedef {{ id: Id; kind: CampRegion['kind']; title: string; ids: Id[] }} Group */
/** @typedef {{ width: number; measure: Measure; label: string; opened?: (id: string) => boolean; words: { between: string; outside: string } }} Frame */

// The boxes and names of camps within a width; they are as high as they need.
/** @type {(data: Case, found: Camps, frame: Frame) => CampItems} */
export function arranged(data, found, { width, measure, label, words, opened = () => false }) {
  const all = found.camps.reduce((sum, one) => sum + one.members.length, found.between.length + found.outside.length);
  /** @type {Group[]} */
  const camps = found.camps.map(({ id, sided, members }) => ({ id, kind: sided ? 'camp' : 'body', title: model.nameIn(data, id, label), ids: members }));
  /** @type {Group} */
  const between = { id: 'between', kind: 'between', title: words.between, ids: found.between.map(one => one.id) };
  /** @type {Group} */
  const outside = { id: 'outside', kind: 'outside', title: words.outside, ids: found.outside };
  /** @type {CampItems} */
  const items = { width, height: 0, regions: [], chips: [] };
  /** @type {(group: Group) => 'closed' | 'opened' | ''} */
  const how = ({ id, ids }) => (all <= MANY || ids.length <= FEW ? '' : opened(id) ? 'opened' : 'closed');
  /** @type {(group: Group, x: number, y: number, wide: number) => number} */
  const put = (group, x, y, wide) => y + box(data, items, group, { x, y, wide, how: how(group), label, measure });
  if (width < ROOMY || camps.length < 2) {
    let y = 0;
    for (const group of [...camps, between, outside]) if (group.ids.length) y = put(group, 0, y, width) + GAP;
    items.height = y - GAP;
    return items;
  }
  const side = Math.round(SIDE * width);
  const middle = width - 2 * side - 2 * GAP;
  // The largest stands on the left, the other camps over against it, bodies where there is room.
  const ends = [put(camps[0], 0, 0, side) + GAP, 0];
  for (const group of camps.slice(1)) {
    const at = group.kind === 'body' && ends[0] < ends[1] ? 0 : 1;
    ends[at] = put(group, at ? width - side : 0, ends[at], side) + GAP;
  }
  let low = Math.max(...ends) - GAP;
  if (between.ids.length) {
    const high = heightOf(between.ids.length, middle, how(between));
    low = Math.max(low, put(between, side + GAP, Math.max(0, (low - high) / 2), middle));
  }
  items.height = outside.ids.length ? put(outside, 0, low + GAP, width) : low;
  return items;
}

/** @type {(wide: number) => number} */
const columnsOf = wide => Math.max(1, Math.floor((wide - 2 * PAD) / COLUMN));

/** @type {(count: number, wide: number, how: string) => number} */
function heightOf(count, wide, how) {
  const rows = how === 'closed' ? 0 : Math.ceil(count / columnsOf(wide));
  return TITLE + (rows + (how ? 1 : 0)) * ROW + PAD;
}

// Puts one box with its names; returns its height.
/** @type {(data: Case, items: CampItems, group: Group, room: { x: number; y: number; wide: number; how: string; label: string; measure: Measure }) => number} */
function box(data, items, { id, kind, title, ids }, { x, y, wide, how, label, measure }) {
  /** @type {(text: string) => number} */
  const length = text => measure(text, SIZE);
  const height = heightOf(ids.length, wide, how);
  const shown = how === 'closed' ? [] : ids;
  const columns = columnsOf(wide);
  const rows = Math.ceil(shown.length / columns);
  const column = (wide - 2 * PAD) / columns;
  items.regions.push({ id, kind, title: `${fitting(title, wide - 60, length)} (${ids.length})`, x, y, width: wide, height, closed: how === 'closed' ? ids : [], opened: how === 'opened' });
  shown.forEach((one, i) => {
    const full = model.nameIn(data, one, label);
    const name = fitting(full, column - MARK - 6, length);
    items.chips.push({
      id: one, name, full, camp: kind === 'camp' || kind === 'body' ? id : '',
      x: x + PAD + Math.floor(i / rows) * column + MARK / 2,
      y: y + TITLE + (i % rows) * ROW + ROW / 2,
      width: MARK + length(name),
      shape: data.styles.shapes[data.nodes.get(one).group] ?? 'dot',
    });
  });
  return height;
}

// What stands for each who has a tie: its name, or the box that is closed over it.
/** @type {(items: CampItems) => Map<Id, CampChip>} */
export function standing({ regions, chips }) {
  const found = new Map(chips.map(chip => [chip.id, chip]));
  for (const { id, kind, title, closed, x, y, height } of regions) {
    const camp = kind === 'camp' || kind === 'body' ? id : '';
    const chip = { id: CLOSED + id, name: title, full: title, camp, x: x + PAD + MARK / 2, y: y + height - PAD - ROW / 2, width: 0, shape: 'dot' };
    for (const one of closed) found.set(one, chip);
  }
  return found;
}

/** @type {(chip: CampChip) => boolean} */
const isClosed = ({ id }) => id.startsWith(CLOSED);

// Lines with a closed box at an end, put together where they join the same and look alike; so none looks surer than it is.
//   told: a bundle of so many in words
/** @type {<L extends { id: Id; from: CampChip; to: CampChip; colour: string; dashes: number[]; opacity: number; width: number; title: string }>(lines: L[], told: (some: L[]) => string) => L[]} */
export function bundled(lines, told) {
  const apart = lines.filter(({ from, to }) => !isClosed(from) && !isClosed(to));
  const joined = grouped(lines.filter(line => !apart.includes(line)), ({ from, to, colour, dashes, opacity, width }) => [[from.id, to.id, colour, dashes, opacity, width].join(' ')]);
  const bundles = [...joined.values()].map(some => ({ ...some[0], id: some.length > 1 ? '' : some[0].id, width: some[0].width * Math.min(LIKE, 1 + Math.log2(some.length)), title: told(some) }));
  return [...apart, ...bundles];
}

// The course of a line between two names.
/** @type {(from: CampChip, to: CampChip) => string} */
export function course(from, to) {
  const pull = Math.max(24, Math.abs(to.x - from.x) / 2);
  const way = to.x >= from.x ? 1 : -1;
  return `M${from.x} ${from.y}C${from.x + way * pull} ${from.y} ${to.x - way * pull} ${to.y} ${to.x} ${to.y}`;
}
