// From statements to what a renderer draws: colours, lines, names. The table of looks comes from
// graph/network/palette.py, as does the legend of the page.
import * as model from '../core/index.js';

const DIMMED = 0.16;
const SHARED = 0.32;
const UNSURE = 0.5;
const LINE = 22;

let colours = new Map();

// Forgets the colours; called when the page turns dark or light.
export function forget() {
  colours = new Map();
}

// The value of a colour variable of the page.
function colour(name) {
  if (!colours.has(name)) {
    const style = getComputedStyle(document.documentElement);
    colours.set(name, style.getPropertyValue(`--${name}`).trim());
  }
  return colours.get(name);
}

export function theme() {
  const names = ['page', 'ink', 'muted', 'band', 'focus'];
  return Object.fromEntries(names.map(name => [name, colour(name)]));
}

// What is to be drawn of a view.
//   found: ids of statements with how surely they held ("", "certain", "attested", "possible")
//   options: { label, colour, strong, only, chosen }
//     strong: ids of statements to be stressed while all others are dimmed, or null
//     only: ids of statements that stand in this of two worlds only, or null
//     chosen: id of the statement or thing that is chosen, or an empty text
export function items(data, found, options) {
  const shown = model.ends(data, found.keys());
  const bold = options.strong && model.ends(data, [...options.strong].filter(id => found.has(id)));
  const stressed = stressedNodes(data, found, options);
  const own = options.only && ownNodes(data, found, options.only);
  const nodes = [...shown]
    .filter(id => data.drawn.places.has(id))
    .sort((a, b) => data.drawn.places.get(a).size - data.drawn.places.get(b).size)
    .map(id => node(data, id, { ...options, bold, own, stressed }));
  const edges = [...found].map(([id, sure]) => edge(data, id, sure, options));
  return { nodes, edges };
}

// Nodes whose names are wanted before those of others.
function stressedNodes(data, found, { strong, only, chosen }) {
  const lines = [...(strong ?? []), ...(only ?? []), chosen].filter(id => found.has(id));
  return model.ends(data, lines).add(chosen);
}

// Nodes that are drawn for statements of this world only.
function ownNodes(data, found, only) {
  const shared = model.ends(data, [...found.keys()].filter(id => !only.has(id)));
  return new Set([...model.ends(data, only)].filter(id => !shared.has(id)));
}

function node(data, id, { label, bold, own, stressed }) {
  const record = data.nodes.get(id);
  const { id: drawn, x, y, size, font } = data.drawn.places.get(id);
  const dimmed = bold && !bold.has(id);
  return {
    id: drawn,
    x,
    y,
    size,
    shape: data.styles.shapes[record.group],
    fill: colour(`node-${record.group}`),
    stroke: colour('ink'),
    label: lines(data, record, label),
    font,
    opacity: dimmed ? DIMMED : 1,
    halo: own?.has(id) ? colour('focus') : '',
    stressed: stressed.has(id),
    title: `${record.name} (${model.word(data, record.class)})`,
  };
}

function edge(data, id, sure, options) {
  const statement = data.statements.get(id);
  const { id: drawn, from, to, bend } = data.drawn.lines.get(id);
  const style = data.styles.statuses[statement.status];
  const only = options.only?.has(id);
  return {
    id: drawn,
    from,
    to,
    bend,
    colour: lineColour(data, statement, options.colour),
    width: style.width,
    dashes: [...style.dashes],
    band: style.band ? colour('band') : '',
    opacity: style.opacity * faded(id, sure, only, options),
    halo: only || options.strong?.has(id) ? colour('focus') : '',
    arrow: true,
    label: sure === 'possible' ? '?' : '',
    title: title(data, statement, sure),
  };
}

function faded(id, sure, only, { strong, only: set }) {
  if (strong) return strong.has(id) ? 1 : DIMMED;
  const unsure = sure === 'possible' ? UNSURE : 1;
  return set && !only ? SHARED * unsure : unsure;
}

function lineColour(data, statement, by) {
  const { sign, family } = model.predicate(data, statement);
  return colour(by === 'family' ? `family-${family}` : `sign-${data.styles.signs[Math.sign(sign)]}`);
}

function title(data, statement, sure) {
  const unsure = sure === 'possible' ? ', may have held on this day' : '';
  return `${model.sentence(data, statement)} (${statement.status}${unsure})`;
}

// A name for the drawing: at most two short lines, and one for each other language; the panel has
// it in full.
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

function wrapped(text, most) {
  const found = [''];
  for (const part of text.split(/\s+/)) {
    const longer = `${found.at(-1)} ${part}`.trim();
    if (longer.length <= LINE || !found.at(-1)) found[found.length - 1] = longer;
    else found.push(part);
  }
  const kept = found.slice(0, most).map(line => (line.length > 30 ? `${line.slice(0, 29)}…` : line));
  return kept.join('\n') + (found.length > most ? '…' : '');
}
