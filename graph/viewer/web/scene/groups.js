// Closed groups as nodes, and bundles of their lines: a bundle never looks surer than what is in it. What is
// accepted is one line, the broader the more there is; all else is another one, as the least sure of it is drawn.
import * as model from '../core/index.js';
import { direction, say } from '../words/index.js';
import { DIMMED } from './nearby.js';
import { colourNamed, nameLines } from './looks.js';

const ISOLATE = { ltr: '\u2066', rtl: '\u2067' };
const BROADER = 1.6; // Of a line by each doubling of what is in it.
const BROADEST = 9;
const APART = 0.1; // How far the two lines of a bundle bend.
const OPEN = 0.28; // Radius of an open group among closed ones, by the breadth of the whole drawing.
const WEIGHT = 16; // Its name is as large as that of a thing with so many lines.
const MOST = 0.9; // So many members of an open group are within that.

// The items of a picture with what is closed gathered.
/** @type {(data: Case, outline: Outline, items: Items, label: string) => Items} */
export function gathered(data, outline, { nodes, edges }, label) {
  if (!outline.closed.size) return { nodes, edges };
  const hidden = new Set([...outline.stands.keys()].map(id => data.drawn.places.get(id).id));
  const drawn = new Map(edges.map(edge => [edge.id, edge]));
  /** @type {(ids: Iterable<Id>) => EdgeItem[]} */
  const itemsOf = ids => [...ids].flatMap(id => drawn.get(data.drawn.lines.get(id).id) ?? []);
  const bundles = [...outline.bundles.values()].flatMap(bundle => lines(data, bundle, itemsOf));
  const bold = edges.some(({ opacity }) => opacity === DIMMED);
  const shown = [...groupItems(data, outline, { label, bold }), ...nodes.filter(({ id }) => !hidden.has(id))];
  return {
    nodes: unfolded(data, outline, shown),
    edges: [...bundles, ...itemsOf(outline.lines.keys())],
  };
}

// The nodes with room for open groups among closed ones: a group grows around its middle, and all else
// gives way straight outwards.
/** @type {(data: Case, outline: Outline, nodes: NodeItem[]) => NodeItem[]} */
function unfolded(data, { closed }, nodes) {
  const open = [...model.groups(data).values()].filter(({ id }) => !closed.has(id));
  const at = new Map(nodes.map(({ id, x, y }) => [id, { x, y }]));
  const xs = [...data.drawn.places.values()].map(({ x }) => x);
  const wanted = (OPEN * (xs.reduce((a, b) => Math.max(a, b)) - xs.reduce((a, b) => Math.min(a, b)))) / Math.sqrt(open.length);
  for (const { members } of open) {
    const own = members.flatMap(id => at.get(data.drawn.places.get(id).id) ?? []);
    if (!own.length) continue;
    const middle = { x: mean(own.map(({ x }) => x)), y: mean(own.map(({ y }) => y)) };
    const far = own.map(({ x, y }) => Math.hypot(x - middle.x, y - middle.y)).sort((a, b) => a - b);
    const radius = far[Math.floor(MOST * (far.length - 1))];
    const more = Math.max(0, wanted - radius);
    for (const [id, point] of at) at.set(id, pushed(point, middle, radius, more));
  }
  return nodes.map(node => ({ ...node, ...at.get(node.id) }));
}

/** @type {(values: number[]) => number} */
const mean = values => values.reduce((a, b) => a + b, 0) / values.length;

/** @type {(point: Point, middle: Point, radius: number, more: number) => Point} */
function pushed({ x, y }, middle, radius, more) {
  const far = Math.hypot(x - middle.x, y - middle.y);
  const by = 1 + (more * Math.min(far, radius)) / (radius * far || 1);
  return { x: middle.x + (x - middle.x) * by, y: middle.y + (y - middle.y) * by };
}

/** @type {(data: Case, outline: Outline, looks: { label: string; bold: boolean }) => NodeItem[]} */
function groupItems(data, { closed }, { label, bold }) {
  return [...closed].map(([id, { members, lines: within }]) => {
    const group = /** @type {Group} */ (model.groups(data).get(id));
    const { drawn, x, y, size, of } = group;
    const [name] = nameLines(data, data.nodes.get(of[0]), label).split('\n');
    return {
      id: drawn,
      x,
      y,
      size,
      shape: 'dot',
      fill: colourNamed('line'),
      stroke: colourNamed('muted'),
      label: `${name}\n${ISOLATE[direction()]}${say('group.more', { n: members.size - 1 })}\u2069`,
      weight: WEIGHT + members.size / data.nodes.size,
      opacity: bold ? DIMMED : 1,
      halo: '',
      stressed: false,
      title: say('group.title', { name: model.groupName(data, group), members: say('n.member', { n: members.size }), lines: say('n.line', { n: within.length }) }),
    };
  });
}

/** @type {(data: Case, bundle: Bundle, itemsOf: (ids: Id[]) => EdgeItem[]) => EdgeItem[]} */
function lines(data, { id, from, to, firm, others }, itemsOf) {
  const [sure, unsure] = [itemsOf(firm), itemsOf(others)];
  const [one, other] = [from, to].map(end => model.groups(data).get(end)?.drawn ?? data.drawn.places.get(end).id);
  const bend = sure.length && unsure.length ? APART : 0;
  const names = { from: model.endName(data, from), to: model.endName(data, to) };
  /** @type {(items: EdgeItem[], style: EdgeItem, more: Partial<EdgeItem>) => EdgeItem} */
  const line = (items, style, more) => ({
    ...style,
    from: one,
    to: other,
    colour: shared(items),
    halo: items.find(({ halo }) => halo)?.halo ?? '',
    arrow: false,
    label: items.every(({ label }) => label === items[0].label) ? items[0].label : '',
    ...more,
  });
  /** @type {EdgeItem[]} */
  const found = [];
  if (sure.length) {
    const clearest = sure.reduce((a, b) => (b.opacity > a.opacity ? b : a));
    const width = Math.min(BROADEST, clearest.width + BROADER * Math.log2(sure.length));
    found.push(line(sure, clearest, { id: `${id}+`, bend, width, title: say('bundle.sure', { n: sure.length, ...names }) }));
  }
  if (unsure.length) {
    const title = say('bundle.unsure', { n: unsure.length, ...names });
    found.push(line(unsure, palest(unsure), { id: `${id}-`, bend: -bend, band: unsure.find(({ band }) => band)?.band ?? '', title }));
  }
  return found;
}

// The colour that all have, or that of lines of which nothing is said.
/** @type {(items: EdgeItem[]) => string} */
function shared(items) {
  return items.every(({ colour }) => colour === items[0].colour) ? items[0].colour : colourNamed('muted');
}

// The line that looks least sure: of which least is drawn.
/** @type {(items: EdgeItem[]) => EdgeItem} */
function palest(items) {
  /** @type {(item: EdgeItem) => number} */
  const ink = ({ dashes: [stroke = 1, gap = 0], width, opacity }) => (width * opacity * stroke) / (stroke + gap);
  return items.reduce((one, other) => (ink(other) < ink(one) ? other : one));
}
