// What is drawn as SVG and as PNG, whichever library draws it on the screen: at the same places, with the same
// names, and with a foot that explains it.
import { onScreen } from '../scene/camera.js';
import { LINE, breadth, dashesOf, outlineOf, radius, ringOf, stroke, widthOf } from '../scene/geometry.js';
import { anchorOf } from '../scene/names.js';
import { DIMMED } from '../scene/nearby.js';
import { outline } from '../scene/shapes.js';
import { say } from '../words/index.js';

const SPACE = 'http://www.w3.org/2000/svg';
const RIGHT_TO_LEFT = /[\u2067\u0590-\u08ff]/;

/** @type {(name: string, attributes?: Record<string, any>, ...children: (Node | string)[]) => SVGElement} */
export function make(name, attributes = {}, ...children) {
  const element = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== '') element.setAttribute(key, typeof value === 'number' ? String(Number(value.toFixed(2))) : value);
  }
  element.append(...children);
  return element;
}

/** @typedef {{ view: Camera; theme: Colours; title: string; fonts: string; names: Name[]; lit?: Lit | null; chosen?: string | null }} Picture */

// Draws nodes and edges, as a renderer gets them, into one svg element as large as the frame of `view`.
//   foot: what stands below it, and how high that is; see foot.js
/** @type {(items: Items, picture: Picture, foot?: { element: SVGElement; height: number }) => SVGElement} */
export function draw({ nodes, edges }, picture, foot) {
  const { view, theme, title, fonts, names } = picture;
  const { width, height } = view;
  const whole = height + (foot?.height ?? 0);
  const root = make('svg', { xmlns: SPACE, viewBox: `0 0 ${width} ${whole}`, width, height: whole, role: 'img', 'font-family': fonts });
  root.append(make('title', {}, title), make('rect', { width, height: whole, fill: theme.page }));
  const places = new Map(nodes.map(node => [node.id, node]));
  const { x, y } = onScreen({ x: 0, y: 0 }, view);
  const moved = make('g', { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` });
  for (const edge of edges) moved.append(...line(edge, places, picture));
  for (const node of nodes) moved.append(mark(node, picture));
  root.append(moved);
  const written = names.map(name => named(name, places, picture));
  root.append(...written.flatMap(({ leader }) => leader), ...written.flatMap(({ texts }) => texts));
  if (foot) {
    foot.element.setAttribute('transform', `translate(0 ${height})`);
    root.append(foot.element);
  }
  return root;
}

/** @type {(edge: EdgeItem, places: Map<string, NodeItem>, picture: Picture) => SVGElement[]} */
function line(edge, places, { view: { scale }, theme, lit, chosen }) {
  const [from, to] = [places.get(edge.from), places.get(edge.to)];
  if (!from || !to) return [];
  /** @type {(node: Round) => Round} */
  const scaled = ({ x, y, size }) => ({ x: x * scale, y: y * scale, size });
  const start = scaled(from);
  const made = stroke(edge, start, from === to ? start : scaled(to), scale);
  const width = widthOf(edge, scale);
  const band = Math.max(2 * LINE.band * breadth(scale), width + 2);
  const opacity = lit && !lit.edges.has(edge.id) ? edge.opacity * DIMMED : edge.opacity;
  const halo = edge.id === chosen ? theme.focus : edge.halo;
  const path = { d: made.line, fill: 'none', 'stroke-opacity': opacity };
  const found = [];
  if (halo) found.push(make('path', { ...path, stroke: halo, 'stroke-width': (edge.band ? band : width) + 2 * LINE.halo * breadth(scale), 'stroke-opacity': 0.35 * opacity }));
  if (edge.band) found.push(make('path', { ...path, stroke: edge.band, 'stroke-width': band }));
  const dashes = dashesOf(edge.dashes, made.length).map(one => Number(one.toFixed(1))).join(' ');
  found.push(make('path', { ...path, stroke: edge.colour, 'stroke-width': width, 'stroke-dasharray': dashes }, make('title', {}, edge.title)));
  if (made.arrow) found.push(make('path', { d: made.arrow, fill: edge.colour, 'fill-opacity': opacity }));
  if (edge.label && opacity > 0.2) found.push(words(edge.label, { ...made.middle, size: 12, fill: theme.ink, behind: theme.page }));
  return found;
}

/** @type {(node: NodeItem, picture: Picture) => SVGElement} */
function mark(node, { view: { scale }, theme, lit, chosen }) {
  const size = radius(node.size, scale);
  const d = outline(node.shape, size, { x: node.x * scale, y: node.y * scale });
  const group = make('g', { opacity: lit && !lit.nodes.has(node.id) ? node.opacity * DIMMED : node.opacity });
  const ring = node.id === chosen ? theme.focus : node.halo;
  if (ring) group.append(make('path', { d, fill: 'none', stroke: ring, 'stroke-width': 2 * ringOf(size) + outlineOf(size), 'stroke-linejoin': 'round' }));
  group.append(make('path', { d, fill: node.fill, stroke: node.stroke, 'stroke-width': outlineOf(size) }));
  group.append(make('title', {}, node.title));
  return group;
}

/** @type {(name: Name, places: Map<string, NodeItem>, picture: Picture) => { leader: SVGElement[]; texts: SVGElement[] }} */
function named(name, places, { view, theme, lit }) {
  const node = places.get(name.id);
  if (!node) return { leader: [], texts: [] };
  const at = onScreen(node, view);
  const faint = node.opacity < 1 || (lit && !lit.nodes.has(name.id));
  const texts = name.lines.map((text, i) => words(text, {
    x: at.x + anchorOf(name),
    y: at.y + name.top + name.leading * (i + 0.5),
    size: name.size,
    align: name.align,
    fill: faint ? theme.muted : theme.ink,
    behind: theme.page,
    weight: name.bold ? 600 : undefined,
    opacity: lit && faint ? 0.5 : undefined,
  }));
  if (!name.leader) return { leader: [], texts };
  const [start, end] = name.leader.map(({ x, y }) => `${(at.x + x).toFixed(1)} ${(at.y + y).toFixed(1)}`);
  const path = { d: `M${start}L${end}`, fill: 'none' };
  const leader = [make('path', { ...path, stroke: theme.page, 'stroke-width': 3 }), make('path', { ...path, stroke: theme.ink, 'stroke-width': 0.8 })];
  return { leader, texts };
}

/** @typedef {{ x: number; y: number; size: number; fill: string; behind?: string; align?: 'left' | 'center' | 'right'; weight?: number; opacity?: number }} Lettering */

// A text whose line has its middle at a height; text from right to left begins at its right.
/** @type {(text: string, how: Lettering) => SVGElement} */
export function words(text, { x, y, size, fill, behind = '', align = 'center', weight, opacity }) {
  const rightward = RIGHT_TO_LEFT.test(text);
  const begins = rightward ? { left: 'end', center: 'middle', right: 'start' } : { left: 'start', center: 'middle', right: 'end' };
  return make('text', {
    x,
    y: y + 0.35 * size,
    'font-size': size,
    'font-weight': weight,
    'text-anchor': begins[align],
    fill,
    opacity,
    stroke: behind,
    'stroke-width': behind && 3,
    'stroke-linejoin': behind && 'round',
    'paint-order': behind && 'stroke',
    direction: rightward ? 'rtl' : undefined,
  }, text.replace(/[\u2066-\u2069]/g, ''));
}

// --- Files ---------------------------------------------------------------------------------

// Several svg elements side by side in one.
/** @type {(elements: SVGElement[]) => SVGElement} */
export function beside(elements) {
  if (elements.length === 1) return elements[0];
  /** @type {(name: string) => number[]} */
  const size = name => elements.map(element => Number(element.getAttribute(name)));
  const [widths, height] = [size('width'), Math.max(...size('height'))];
  const width = widths.reduce((sum, one) => sum + one, 0);
  elements.forEach((element, i) => {
    element.setAttribute('x', String(widths.slice(0, i).reduce((sum, one) => sum + one, 0)));
  });
  return make('svg', { xmlns: SPACE, viewBox: `0 0 ${width} ${height}`, width, height }, ...elements);
}

/** @type {(element: SVGElement) => string} */
export function text(element) {
  return new XMLSerializer().serializeToString(element);
}

// The svg element as PNG, so many pixels for each of its own.
/** @type {(element: SVGElement, scale?: number) => Promise<Blob>} */
export async function png(element, scale = 2) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text(element))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Number(element.getAttribute('width')) * scale;
  canvas.height = Number(element.getAttribute('height')) * scale;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error(say('draw.large')))), 'image/png');
  });
}
