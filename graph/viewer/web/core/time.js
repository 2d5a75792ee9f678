// Days, what held on them, and what is dated.
import { say } from '../words/index.js';
import { grouped, once } from './kept.js';
import { order } from './order.js';

const DATED = new Set(['occurred', 'concluded', 'stage']);
const DAY = 86_400_000;
const SPAN = /^([-\d]+)(\??)\/([-\d]+)(\??)(?: attested ([-\d]+))?(?: certain ([-\d]+)\/([-\d]+))?$/;
// From the surest class on a day to the least sure; the same as in graph/model/days.py.
const CLASSES = ['certain', 'attested', 'possible', 'beyond', 'later', 'unplaced', 'out'];
// What is shown on a day, by how far it is asked.
/** @type {Record<string, string[]>} */
export const SHOWN = { certain: CLASSES.slice(0, 1), attested: CLASSES.slice(0, 2), possible: CLASSES.slice(0, 3), all: CLASSES.slice(0, 6) };

// What a class of a day is called; nothing where there is none.
/** @type {(how: string) => string} */
export const saidOfDay = how => (SHOWN.all.includes(how) ? say(`held.${how}`) : '');

/** @typedef {{ from: Day; openBegin: string; until: Day; openEnd: string; attested?: Day; certain?: Day; last: Day }} Span */

/** @type {(span: string) => Span} */
function parsed(span) {
  const [, from, openBegin, until, openEnd, attested, certain, last] = /** @type {string[]} */ (span.match(SPAN));
  return { from, openBegin, until, openEnd, attested, certain, last };
}

/** @type {(span: Span, day: Day) => string} */
function onDay({ from, openBegin, until, openEnd, attested, certain, last }, day) {
  if (day < from) return openBegin ? 'later' : 'out';
  if (day > until) return openEnd ? 'beyond' : 'out';
  if (certain && certain <= day && day <= last) return 'certain';
  return attested && attested <= day ? 'attested' : 'possible';
}

/** @type {(statement: Statement) => Span[]} */
const spansOf = ({ spans = [] }) => once(spans, 'parsed', () => spans.map(parsed));

// The class of a statement on a day; nothing without a day, and for what is rejected.
/** @type {(statement: Statement, day: Day) => string} */
export function held(statement, day) {
  if (!day || statement.status === 'rejected') return '';
  if (statement.always) return 'certain';
  if (!statement.spans?.length) return 'unplaced';
  let surest = CLASSES.length - 1;
  for (const span of spansOf(statement)) {
    surest = Math.min(surest, CLASSES.indexOf(onDay(span, day)));
  }
  return CLASSES[surest];
}

// Whether a statement may have held on some day of a span, or always does; any if there is no span. The same as _in_span of
// graph/network/filters.py.
/** @type {(statement: Statement, days: [Day, Day] | null) => boolean} */
export function within(statement, days) {
  return !days || Boolean(statement.always) || spansOf(statement).some(({ from, until }) => from <= days[1] && until >= days[0]);
}

// The first and the last day of a span as the state has it; null for none.
/** @type {(text?: string) => [Day, Day] | null} */
export function daysOf(text = '') {
  const [first, last] = text.split('/');
  return isDay(first) && isDay(last) && first <= last ? [first, last] : null;
}

// When a statement holds, in words.
/** @type {(data: Case, statement: Statement) => string} */
export function period(data, { t }) {
  return data.times[t ?? -1] ?? '';
}

// The date of a statement in words, shorter than its period.
/** @type {(data: Case, statement?: Statement) => string} */
export function when(data, statement) {
  return data.dates.get(statement?.when ?? '') ?? statement?.when ?? '';
}

// How many are in each class of a day, in words: those that are shown, and the others.
/** @type {(found: Iterable<string>, asked: string) => { shown: string; others: string }} */
export function classesInWords(found, asked) {
  const counts = grouped(found, one => [one]);
  /** @type {(classes: string[]) => string} */
  const words = classes => classes
    .filter(one => counts.has(one))
    .map(one => say('held.count', { n: counts.get(one)?.length ?? 0, how: saidOfDay(one) }))
    .join(say('words.comma'));
  return { shown: words(SHOWN[asked]), others: words(SHOWN.all.slice(SHOWN[asked].length)) };
}

// The same as graph/model/dates.py takes: YEAR-MONTH-DAY, from the year 0001 on.
/** @type {(text?: string) => text is string} */
export function isDay(text) {
  const form = /^(?!0000)\d{4}-\d{2}-\d{2}$/;
  return text !== undefined && form.test(text) && toDay(fromDay(text)) === text;
}

// A day in words: "15 March 2016".
/** @type {(day: Day) => string} */
export function dayInWords(day) {
  const [year, month, ofMonth] = day.split('-').map(Number);
  return say('time.day', { day: ofMonth, month: say('time.months').split('|')[month - 1], year });
}

/** @type {(text: Day) => number} */
export function fromDay(text) {
  return Math.round(Date.parse(`${text}T00:00:00Z`) / DAY);
}

/** @type {(number: number) => Day} */
export function toDay(number) {
  const date = new Date(number * DAY);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
}

// What the build sorts statements by; what is not dated comes last.
/** @type {(statement: Partial<Statement>) => string} */
export function start(statement) {
  return statement.at ?? '9999~';
}

/** @type {(a: Statement, b: Statement) => number} */
export function inTime(a, b) {
  return order(start(a), start(b)) || order(a.id, b.id);
}

/** @type {(statement: Statement) => string} */
export function besides(statement) {
  return statement.free ? say('time.free') : '';
}

// Whether a statement says that something took place or was concluded, and has a place in time.
/** @type {(statement: Statement) => boolean} */
export const takesPlace = ({ p, at }) => Boolean(at) && (p === 'occurred' || p === 'concluded');

// Events and agreements in order of time; one without any bound has no place in it.
/** @type {(data: Case) => Statement[]} */
export function events(data) {
  return once(data, 'events', () => dated(data));
}

/** @type {(data: Case) => Statement[]} */
function dated(data) {
  const found = [];
  for (const statement of data.statements.values()) {
    if (takesPlace(statement) && !data.rules.hidden.has(statement.status)) found.push(statement);
  }
  return found.sort(inTime);
}

// Statements on events and stages by each day that bounds them.
/** @type {(data: Case) => Map<Day, Statement[]>} */
function bounded(data) {
  const told = [...data.statements.values()]
    .filter(({ p, status }) => DATED.has(p) && !data.rules.hidden.has(status));
  return grouped(told, ({ eb, lb, ee, le }) => [eb, lb, ee, le].filter(Boolean));
}

// The days to which the slider snaps: first and last bounds of dated events and stages.
/** @type {(data: Case) => Day[]} */
export function moments(data) {
  return once(data, 'moments', () => [...once(data, 'bounded', () => bounded(data)).keys()].sort());
}

// What is told to begin or to end on a day: statements on events and stages bounded by it.
/** @type {(data: Case, day: Day) => Statement[]} */
export function onMoment(data, day) {
  return once(data, 'bounded', () => bounded(data)).get(day) ?? [];
}
