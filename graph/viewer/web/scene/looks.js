// From statements to what a renderer draws: colours, lines, names. The table of looks comes from
// graph/network/palette.py, as does the legend of the page.
import * as model from '../core/index.js';
import { say } from '../words/index.js';
import { DIMMED } from './nearby.js';

const LIGHT = 0.85; // Of events, clauses and places against actors with as many lines.
const SHARED = 0.32;
const UNSURE = 0.5;
const LINE = 22;

/** @type {Map<string, string>} */
let colours = new Map();

// Forgets the colours; called when the page turns dark or light.
export function forget() {
  colours = new Map();
}

// The value of a colour variable of the page.
/** @type {(name: string) => string} */
export function colour(name) {
  if (!colours.has(name)) {
    const style = getComputedStyle(document.documentElement);
    colours.set(name, style.getPropertyValue(`--${name}`).trim());
  }
  return colours.get(name) ?? '';
}

/** @type {() => Colours} */
export function theme() {
  const names = ['page', 'ink', 'muted', 'band', 'focus'];
  return /** @type {any} */ (Object.fromEntries(names.map(name => [name, colour(name)])));
}

/** @typedef {{ strong: Set<Id> | null; only: Set<Id> | null; own?: Set<Id> | null; turns?: Map<Id, string> }} Marked
 * ids of statements that are stressed while all others are dimmed, or null; of those that stand in this of
 * two worlds only, or null; of those that the voice of this world asserts, or null; and marks of those that
 * come or go */

// The nodes of a view, in the order in which they are drawn.
//   found: ids of statements with how surely they held ("", "certain", "attested", "possible")
/** @type {(data: Case, found: Found, label: string, marked: Marked) => NodeItem[]} */
export function nodes(data, found, label, { strong, only, own: told }) {
  const shown = model.ends(data, found.keys());
  const clear = strong ?? only ?? told;
  const bold = clear && model.ends(data, [...clear].filter(id => found.has(id)));
  const own = only && ownNodes(data, found, only);
  const wanted = model.ends(data, [...(strong ?? []), ...(only ?? [])].filter(id => found.has(id)));
  const weights = model.degrees(data, found.keys());
  /** @type {(id: Id) => Place} */
  const place = id => data.drawn.places.get(id);
  return [...shown]
    .filter(id => data.drawn.places.has(id))
    .sort((a, b) => place(a).size - place(b).size)
    .map(id => node(data, id, { label, bold, own, wanted, dimmed: strong ? DIMMED : SHARED, weight: weights.get(id) ?? 0 }));
}

/** @type {(data: Case, found: Found, colour: string, marked: Marked) => EdgeItem[]} */
export function edges(data, found, by, marked) {
  return [...found].map(([id, sure]) => edge(data, id, sure, by, marked));
}

// Nodes that are drawn for statements of this world only.
/** @type {(data: Case, found: Found, only: Set<Id>) => Set<Id>} */
function ownNodes(data, found, only) {
  const shared = model.ends(data, [...found.keys()].filter(id => !only.has(id)));
  return new Set([...model.ends(data, only)].filter(id => !shared.has(id)));
}

/** @type {(data: Case, id: Id, looks: { label: string; bold?: Set<Id> | null; own: Set<Id> | null; wanted: Set<Id>; dimmed: number; weight: number }) => NodeItem} */
function node(data, id, { label, bold, own, wanted, dimmed, weight }) {
  const record = data.nodes.get(id);
  const { id: drawn, x, y, size } = data.drawn.places.get(id);
  const light = data.styles.light.includes(record.group);
  return {
    id: drawn,
    x,
    y,
    size: light ? LIGHT * size : size,
    shape: data.styles.shapes[record.group],
    fill: colour(`node-${record.group}`),
    stroke: colour(light ? 'muted' : 'ink'),
    label: lines(data, record, label),
    weight,
    opacity: bold && !bold.has(id) ? dimmed : 1,
    halo: own?.has(id) ? colour('focus') : '',
    stressed: wanted.has(id),
    title: `${record.name} (${model.word(data, record.class)})`,
  };
}

/** @type {(data: Case, id: Id, sure: Sure, by: string, marked: Marked) => EdgeItem} */
function edge(data, id, sure, by, marked) {
  const statement = data.statements.get(id);
  const { id: drawn, from, to, bend } = data.drawn.lines.get(id);
  const style = data.styles.statuses[statement.status];
  const only = marked.only?.has(id) ?? false;
  return {
    id: drawn,
    from,
    to,
    bend,
    colour: colour(colourOf(data, statement, by)),
    width: style.width,
    dashes: [...style.dashes],
    band: style.band ? colour('band') : '',
    opacity: style.opacity * faded(id, sure, only, marked),
    halo: only || marked.strong?.has(id) ? colour('focus') : '',
    arrow: true,
    label: isUnsure(sure) ? '?' : marked.turns?.get(id) ?? '',
    title: title(data, statement, sure),
  };
}

/** @type {(id: Id, sure: Sure, only: boolean, marked: Marked) => number} */
function faded(id, sure, only, { strong, only: set, own }) {
  if (strong) return strong.has(id) ? 1 : DIMMED;
  const unsure = isUnsure(sure) ? UNSURE : 1;
  return (set ? !only : own && !own.has(id)) ? SHARED * unsure : unsure;
}

// Whether it is not known that something held on a day.
/** @type {(sure: Sure) => boolean} */
const isUnsure = sure => sure !== '' && !model.SHOWN.attested.includes(sure);

// The variable of CSS that holds the colour of a line.
/** @type {(data: Case, statement: Statement, by: string) => string} */
export function colourOf(data, statement, by) {
  const { sign, family, group } = model.predicate(data, statement);
  if (by === 'group') return `group-${group ?? data.styles.groups.at(-1)}`;
  return by === 'family' ? `family-${family}` : `sign-${data.styles.signs[Math.sign(sign)]}`;
}

/** @type {(data: Case, statement: Statement, sure: Sure) => string} */
function title(data, statement, sure) {
  const unsure = isUnsure(sure) ? say('words.comma') + model.saidOfDay(sure) : '';
  return `${model.sentence(data, statement)} (${model.word(data, statement.status)}${unsure})`;
}

// A name for the drawing: at most two short lines, and one for each other language; the panel has
// it in full.
/** @type {(data: Case, record: Thing, language: string) => string} */
function lines(data, record, language) {
  /** @type {[string, string][]} */
  const others = model.names(data, record).map(({ tag, direction, text }) => {
    const isolate = direction === 'rtl' ? '\u2067' : '\u2066';
    return [tag, `${isolate}${wrapped(text, 1)}\u2069`];
  });
  const own = wrapped(record.name, 2);
  if (language === 'all') return [own, ...others.map(([, text]) => text)].join('\n');
  return new Map(others).get(language) ?? own;
}

/** @type {(text: string, most: number) => string} */
function wrapped(text, most) {
  const found = [''];
  for (const part of text.split(/\s+/)) {
    const longer = `${found[found.length - 1]} ${part}`.trim();
    if (longer.length <= LINE || !found.at(-1)) found[found.length - 1] = longer;
    else found.push(part);
  }
  const kept = found.slice(0, most).map(line => (line.length > 30 ? `${line.slice(0, 29)}…` : line));
  return kept.join('\n') + (found.length > most ? '…' : '');
}

export { colour as colourNamed, lines as nameLines };
