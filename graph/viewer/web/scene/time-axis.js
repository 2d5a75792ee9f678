// The axis of time: which span is shown, what falls into it, in which rows, and where names of months stand.
import * as model from '../core/index.js';
import { say } from '../words/index.js';

const OPEN_SHARE = 0.03; // Width of a bar whose beginning or end is not told.
export const LABEL_SHARE = 0.19; // Room for a name beside a bar.
/** @type {() => string[]} */
const months = () => say('time.months-short').split('|');
const STEPS = [1, 3, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000]; // Months between two names.
const DAYS = [1, 2, 5, 10]; // Days between two names, where a month would be too long.
const MARGIN = 0.04; // Of the span that is shown, on each side of what happened in it.
const DAYS_OF_A_MONTH = 365.2425 / 12;
const TICK_ROOM = 48; // Pixels that the name of a year takes, with a gap.

// The span that is shown: what the state says, or the usual one.
/** @type {(data: Case, state: State) => Span} */
export function span(data, state) {
  const usual = closest(data);
  const from = state.spanFrom ? model.fromDay(state.spanFrom) : usual.from;
  const to = state.spanTo ? model.fromDay(state.spanTo) : usual.to;
  return from < to ? { from, to } : { from: to, to: from + 1 };
}

// The shortest span that nothing dated can have missed: what is dated vaguely, as "by December",
// does not set the scale for days that are known.
/** @type {(data: Case) => Span} */
function closest(data) {
  const events = model.events(data);
  return spread(events.map(s => s.lb ?? s.le ?? s.ee), events.map(s => s.ee ?? s.eb ?? s.lb));
}

// From the first day on which something may have begun to the last on which something may have ended.
/** @type {(data: Case) => Span} */
export function whole(data) {
  const days = model.moments(data);
  return spread(days, days);
}

// The span between the first of some days and the last of others, with a margin.
/** @type {(begun: (Day | undefined)[], ended: (Day | undefined)[]) => Span} */
function spread(begun, ended) {
  /** @type {(days: (Day | undefined)[]) => Day[]} */
  const told = days => days.filter(day => day !== undefined && day !== '').map(String).sort();
  const [from, to] = told([told(begun)[0], told(ended).at(-1)]).map(model.fromDay);
  const margin = Math.max(1, Math.round(MARGIN * ((to ?? from) - from)));
  return from === undefined ? { from: 0, to: 1 } : { from: from - margin, to: (to ?? from) + margin };
}

// What of some dated statements falls into the span, with shares of its width.
/** @type {(data: Case, span: Span, statements?: Statement[]) => Share[]} */
export function bars(data, { from, to }, statements = model.events(data)) {
  /** @type {(day: number) => number} */
  const share = day => (day - from) / (to - from);
  return statements.flatMap(statement => {
    const days = [statement.eb ?? null, statement.le ?? null];
    const [first, last] = days.map(day => (day === null ? null : share(model.fromDay(day))));
    const { lb, ee } = statement;
    const told = [statement.eb, lb, ee, statement.le].flatMap(day => (day ? [share(model.fromDay(day))] : []));
    const begin = first ?? Math.min(...told) - OPEN_SHARE;
    const end = last ?? Math.max(...told) + OPEN_SHARE;
    if (end < 0 || begin > 1) return [];
    const unbroken = !statement.when?.startsWith('{'); // A set may leave days out.
    const core = unbroken && lb && ee && lb <= ee ? [lb, ee].map(day => share(model.fromDay(day))) : null;
    return [{
      statement,
      begin: Math.max(0, begin),
      end: Math.min(1, Math.max(end, begin)),
      openBegin: first === null,
      openEnd: last === null,
      earlier: first !== null && begin < 0,
      later: last !== null && end > 1,
      core: /** @type {[number, number] | null} */ (core),
    }];
  });
}

// How much of the width of a bar is only dated vaguely.
/** @type {(bar: Share) => number} */
function vague({ begin, end, core }) {
  return end - begin - (core ? Math.min(end, core[1]) - Math.max(begin, core[0]) : 0);
}

// Puts bars into as few rows as they need with their names, those on top that are dated well.
/** @type {(found: Share[]) => number} */
export function rows(found) {
  /** @type {number[]} */
  const ends = [];
  const well = found.filter(bar => vague(bar) <= LABEL_SHARE);
  for (const bar of [...well, ...found.filter(one => !well.includes(one))]) {
    const leftward = bar.end > 1 - LABEL_SHARE && bar.begin > LABEL_SHARE;
    bar.inward = bar.end > 1 - LABEL_SHARE && !leftward;
    const begin = leftward ? bar.begin - LABEL_SHARE : bar.begin;
    const end = Math.max(bar.end, bar.begin) + (leftward || bar.inward ? 0 : LABEL_SHARE);
    let row = ends.findIndex(taken => taken <= begin);
    if (row < 0) row = ends.push(0) - 1;
    ends[row] = end;
    Object.assign(bar, { row, leftward });
  }
  return ends.length;
}

// Days, or the first days of months and years, so many apart that no name of one runs into the next.
/** @type {(span: Span, width: number) => Tick[]} */
export function marks({ from, to }, width) {
  const room = (TICK_ROOM / width) * (to - from);
  const least = room / DAYS_OF_A_MONTH;
  const few = to - from < 2 * DAYS_OF_A_MONTH && DAYS.find(days => days >= room);
  if (few) return days({ from, to }, few);
  const step = STEPS.find(long => long >= least) ?? STEPS[STEPS.length - 1];
  const begun = new Date(from * 86_400_000);
  let month = (Math.floor((begun.getUTCFullYear() * 12 + begun.getUTCMonth()) / step) + 1) * step;
  const found = /** @type {Tick[]} */ ([]);
  for (let day = firstDay(month); day <= to; month += step, day = firstDay(month)) {
    const [year, ofYear] = [Math.floor(month / 12), month % 12];
    found.push({ day, text: ofYear ? months()[ofYear] : String(year), year: !ofYear });
  }
  return found;
}

/** @type {(span: Span, step: number) => Tick[]} */
function days({ from, to }, step) {
  const found = /** @type {Tick[]} */ ([]);
  for (let day = Math.floor(from / step + 1) * step; day <= to; day += step) {
    const date = new Date(day * 86_400_000);
    found.push({ day, text: `${date.getUTCDate()} ${months()[date.getUTCMonth()]}`, year: false });
  }
  return found;
}

// The first day of a month that is counted from the year 0 on.
/** @type {(month: number) => number} */
function firstDay(month) {
  return Math.round(new Date(0).setUTCFullYear(Math.floor(month / 12), month % 12, 1) / 86_400_000);
}
