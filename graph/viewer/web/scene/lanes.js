// A storyline as it is painted: lanes with rows of bars that never overlap, in pixels.
import * as model from '../core/index.js';
import { fitting, shortened } from './fitting.js';
import { bars as shares, marks } from './time-axis.js';

export const SIZE = 11; // Of names, in pixels.
export const HEAD = 20; // Room for the names of months,
const PHASE = 14; // and for those of phases, if there are any.
const GUTTER = 92; // Room for the names of lanes, where there is any.
const ROOMY = 700;
const TITLE = 17; // Height of the name of a lane, where there is none.
const BETWEEN = 5; // Between two lanes.
const ROW = { least: 11.5, most: 21 };
const ROWS = 24; // Of a lane that is not opened,
const FEW = 6; // however little room there is,
const MOST = 60; // and so many are tried.
const GAP = 5; // Between a bar and a name, and between two in one row.
const LETTERS = 44; // Of a name.
const LEAST = 5; // Width of a bar.
export const DIGIT = 8.5; // Size of the number of a kind of stages.
const LEAST_NAME = 6; // Letters of the name of a phase.
const HEADS = 5; // Length of the head of an arrow.

/** @typedef {{ time: Span; width: number; height: number; measure: Measure; label?: string; opened: (lane: string) => boolean }} Frame */

// The items of a storyline in a frame; it is higher than that where its rows need more.
/** @type {(data: Case, story: Story, frame: Frame) => StoryItems} */
export function laid(data, story, { time, width, height, measure, label, opened }) {
  const left = width >= ROOMY ? GUTTER : 0;
  const frame = { left, right: width - 2 * GAP, measure, time, label };
  const above = left ? 0 : TITLE;
  const head = HEAD + (model.phases(data).length ? PHASE : 0);
  const spare = height - head - story.lanes.length * (BETWEEN + above);
  const packed = story.lanes.map((lane, i) => {
    const found = placed(data, lane, i, frame, story.kinds);
    const all = opened(lane.name);
    return { lane, found, all, rows: rows(found, all ? Infinity : MOST) };
  });
  shorten(data, packed, left ? Math.floor(spare / ROW.least) : Infinity);
  const row = Math.min(ROW.most, Math.max(ROW.least, spare / Math.max(1, packed.reduce((sum, one) => sum + one.rows, 0))));
  let y = head;
  /** @type {LaneItem[]} */
  const lanes = [];
  for (const { lane, found, rows: count } of packed) {
    const more = found.filter(one => one.row < 0).length;
    for (const one of found) {
      one.y = y + above + BETWEEN / 2 + one.row * row + 1;
      one.height = row - 2;
    }
    const high = above + BETWEEN + Math.max(count * row, left ? (more ? 3 : 2) * TITLE : 0);
    lanes.push({ name: lane.name, words: model.word(data, lane.name), colour: `group-${lane.group}`, y, height: high, more, count: lane.bars.length });
    y += high;
  }
  const bars = packed.flatMap(({ found }) => found.filter(one => one.row >= 0));
  return {
    width, left, right: frame.right, time, lanes, bars, height: y,
    arrows: arrows(data, story, bars),
    marks: marks(time, width - left).map(({ day, text, year }) => ({ x: across(frame, day), text, year })),
    head,
    bands: bands(data, frame),
  };
}

// Leaves lanes no more rows than there is room for, the last ones first, and each a few; what much is told of
// stays. Those that are opened keep all.
/** @type {(data: Case, packed: { found: Packed[]; all: boolean; rows: number }[], room: number) => void} */
function shorten(data, packed, room) {
  const wanted = packed.map(({ all, rows: count }) => (all ? count : Math.min(count, ROWS)));
  let over = wanted.reduce((sum, count) => sum + count, 0) - room;
  for (let i = packed.length - 1; i >= 0; i--) {
    const { found, all, rows: count } = packed[i];
    if (!all && over > 0) {
      const less = Math.max(0, Math.min(over, wanted[i] - FEW));
      wanted[i] -= less;
      over -= less;
    }
    /** @type {(one: Packed) => number} */
    const told = ({ bar }) => data.about.get(bar.statement.s)?.length ?? 0;
    if (wanted[i] < count) packed[i].rows = rows(found, wanted[i], (a, b) => told(b) - told(a));
  }
}

/** @typedef {Pick<BarItem, 'name' | 'text' | 'taken'>} Site */
/** @typedef {BarItem & { sites: Site[] }} Packed */
/** @typedef {{ left: number; right: number; measure: Measure; time: Span; label?: string }} Room */

/** @type {(shown: Pick<Room, 'left' | 'right' | 'time'>, day: number) => number} */
function across({ left, right, time: { from, to } }, day) {
  return left + ((day - from) / (to - from)) * (right - left);
}

// How far to the right a day of a storyline is, and which day is somewhere; never beyond what is shown.
/** @type {(shown: Pick<Room, 'left' | 'right' | 'time'>, day: Day) => number} */
export function acrossTo(shown, day) {
  return Math.min(shown.right, Math.max(shown.left, across(shown, model.fromDay(day))));
}
/** @type {(items: StoryItems, x: number) => Day} */
export function dayAt({ left, right, time }, x) {
  const share = Math.min(1, Math.max(0, (x - left) / (right - left)));
  return model.toDay(Math.round(time.from + share * (time.to - time.from)));
}

/** @type {(data: Case, lane: Story['lanes'][number], number: number, room: Room, kinds: StoryKind[]) => Packed[]} */
function placed(data, { bars, group }, number, room, kinds) {
  const of = new Map(bars.map(one => [one.statement.id, one]));
  const { left, right } = room;
  return shares(data, room.time, bars.map(one => one.statement)).map(share => {
    const bar = /** @type {StoryBar} */ (of.get(share.statement.id));
    const [begin, end] = [share.begin, share.end].map(one => left + one * (right - left));
    /** @type {(turn: Turn) => number} */
    const at = turn => Math.min(right, Math.max(begin, across(room, model.fromDay(turn.day))));
    const last = Math.max(end, ...[...bar.stages, ...bar.ticks].map(at));
    const x = Math.min(begin, right - LEAST);
    const wide = Math.max(LEAST, last - x);
    const numbers = numbered(bar, kinds, at, room);
    const where = sites(model.nameIn(data, bar.statement.s, room.label), x, wide, room, numbers);
    return {
      id: bar.statement.id, bar, lane: number, row: -1, x, y: 0, width: wide, height: 0,
      core: share.core ? /** @type {[number, number]} */ (share.core.map(one => Math.min(x + wide, Math.max(x, left + one * (right - left))))) : null,
      open: [share.openBegin, share.openEnd && last === end],
      cuts: cuts(bar.stages, at, x + wide),
      ticks: bar.ticks.map(turn => ({ x: at(turn), turn })),
      numbers,
      ...where[0],
      sites: where,
      colour: `group-${group}`,
      style: data.styles.statuses[bar.statement.status],
    };
  });
}

// The stages of an agreement as parts of its bar; those of one day are one part.
/** @type {(stages: Turn[], at: (turn: Turn) => number, end: number) => BarItem['cuts']} */
function cuts(stages, at, end) {
  return stages.map((turn, i) => {
    const next = stages.slice(i + 1).find(one => one.day > turn.day);
    return { x: at(turn), width: (next ? at(next) : end) - at(turn), turn };
  });
}

// The numbers of the kinds of stages and ticks, beside one another from their days on; one that has no room is left out.
/** @type {(bar: StoryBar, kinds: StoryKind[], at: (turn: Turn) => number, room: Room) => BarItem['numbers']} */
function numbered({ stages, ticks }, kinds, at, { right, measure }) {
  const turns = [...stages.map(turn => /** @type {const} */ ({ turn, of: 'stages' })), ...ticks.map(turn => /** @type {const} */ ({ turn, of: 'ticks' }))];
  /** @type {BarItem['numbers']} */
  const found = [];
  let taken = 0;
  for (const { turn, of } of turns.sort((a, b) => at(a.turn) - at(b.turn))) {
    const number = kinds.findIndex(kind => kind.of === of && kind.words === model.kindOf(turn)) + 1;
    const width = measure(String(number), DIGIT) + 4;
    const x = Math.max(taken, Math.min(at(turn) + 1, right + GAP - width));
    if (x + width > right + 2 * GAP) continue;
    found.push({ x, width, number, turn });
    taken = x + width + 1;
  }
  return found;
}

// The widest part of a bar in which no number stands.
/** @type {(x: number, end: number, numbers: BarItem['numbers']) => [number, number]} */
function free(x, end, numbers) {
  const starts = [x, ...numbers.map(one => one.x + one.width)];
  const ends = [...numbers.map(one => one.x), end];
  const parts = starts.map((from, i) => /** @type {[number, number]} */ ([from, Math.min(end, ends[i])]));
  return parts.reduce((best, one) => (one[1] - one[0] > best[1] - best[0] ? one : best));
}

// Where the name of a bar may stand: within it, or else after or before it; cut where there is no room for it.
/** @type {(name: string, x: number, wide: number, room: Room, numbers: BarItem['numbers']) => Site[]} */
function sites(name, x, wide, { left, right, measure }, numbers) {
  /** @type {(text: string) => number} */
  const length = text => measure(text, SIZE) + 2 * GAP;
  const end = Math.max(x + wide, ...numbers.map(one => one.x + one.width));
  const [begin, stop] = free(x, x + wide, numbers);
  const inside = stop - begin;
  /** @type {(said: string) => Site} */
  const within = said => ({ name: said, text: { x: begin + GAP, anchor: 'start' }, taken: [x, end] });
  /** @type {(said: string) => Site} */
  const after = said => ({ name: said, text: { x: end + GAP, anchor: 'start' }, taken: [x, Math.min(right, end + length(said))] });
  /** @type {(said: string) => Site} */
  const before = said => ({ name: said, text: { x: x - GAP, anchor: 'end' }, taken: [Math.max(left, x - length(said)), end] });
  const short = shortened(name, LETTERS);
  if (length(short) <= inside) return [within(short)];
  const found = [];
  if (end + length(short) <= right) found.push(after(short));
  if (x - length(short) >= left) found.push(before(short));
  if (found.length) return found;
  const room = Math.max(inside, right - end, x - left);
  const cut = fitting(short, room, length);
  return [room === inside ? within(cut) : room === right - end ? after(cut) : before(cut)];
}

/** @type {(a: Packed, b: Packed) => number} */
const byPlace = (a, b) => a.x - b.x;

// Gives each bar, from left to right unless told otherwise, the first row in which it has room with its name on either side; beyond the
// last row it has none. Returns the number of rows.
/** @type {(bars: Packed[], most: number, order?: (a: Packed, b: Packed) => number) => number} */
function rows(bars, most, order = byPlace) {
  /** @type {[number, number][][]} */
  const taken = [];
  for (const bar of [...bars].sort(order)) {
    /** @type {(row: [number, number][]) => Site | undefined} */
    const fits = row => bar.sites.find(site => row.every(([from, to]) => to + GAP <= site.taken[0] || site.taken[1] + GAP <= from));
    let row = taken.findIndex(fits);
    if (row < 0 && taken.length < most) row = taken.push([]) - 1;
    if (row >= 0) {
      Object.assign(bar, fits(taken[row]));
      taken[row].push(bar.taken);
    }
    bar.row = row;
  }
  return taken.length;
}

/** @type {(data: Case, story: Story, bars: BarItem[]) => StoryItems['arrows']} */
function arrows(data, { arrows: all }, bars) {
  const of = new Map(bars.map(item => [item.bar, item]));
  return all.flatMap(arrow => {
    const [from, to] = [of.get(arrow.from), of.get(arrow.to)];
    return from && to ? [{ arrow, ...course(from, to), style: data.styles.statuses[arrow.status] }] : [];
  });
}

// From the lower or upper edge of a bar to that of another, where both are nearest in time.
/** @type {(from: BarItem, to: BarItem) => { line: string; head: string; at: Point }} */
function course(from, to) {
  const down = to.y >= from.y ? 1 : -1;
  /** @type {(one: BarItem, other: BarItem) => number} */
  const near = (one, other) => Math.min(one.x + one.width - LEAST / 2, Math.max(one.x + LEAST / 2, other.x));
  const [a, b] = [near(from, to), near(to, from)];
  const start = from.y + (down > 0 ? from.height : 0);
  const end = to.y + (down > 0 ? 0 : to.height);
  const [tip, pull] = [end - down * HEADS, Math.max(8, Math.abs(end - start) / 2)];
  const bow = Math.abs(a - b) < 2 * LEAST ? 3 * LEAST : 0;
  return {
    at: { x: (a + b) / 2 + 0.75 * bow, y: (start + tip) / 2 },
    line: `M${a} ${start}C${a + bow} ${start + down * pull} ${b + bow} ${tip - down * pull} ${b} ${tip}`,
    head: `M${b} ${end}L${b - 3.5} ${tip - down}L${b + 3.5} ${tip - down}Z`,
  };
}

// The phases of the case, as far as they are shown; a name that has no room is cut or left out.
/** @type {(data: Case, room: Room) => StoryItems['bands']} */
function bands(data, room) {
  return model.phases(data).flatMap((phase, i) => {
    const [from, to] = [phase.from, phase.to].map(day => acrossTo(room, day));
    const full = model.phaseName(data, phase, room.label);
    const name = fitting(full, to - from - GAP, text => room.measure(text, SIZE));
    return to <= from ? [] : [{ x: from, width: to - from, even: i % 2 === 0, full, name: [...name].length > LEAST_NAME ? name : '' }];
  });
}
