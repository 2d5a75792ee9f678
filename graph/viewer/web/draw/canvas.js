// Paints what is drawn on a canvas: all of it, or what is lit over a picture that the graphics card made.
import { onScreen } from '../scene/camera.js';
import { LINE, breadth, dashesOf, outlineOf, radius, ringOf, stroke, widthOf } from '../scene/geometry.js';
import { anchorOf } from '../scene/names.js';
import { DIMMED } from '../scene/nearby.js';
import { corners } from '../scene/shapes.js';

// The fonts of the page, as its style tells them.
export const pageFonts = () => getComputedStyle(document.body).fontFamily;
const SIGN = { size: 12, most: 400 }; // Pixels of a sign on a line, and so many at most.
const RING = 0.35; // Opacity of the halo of a line.

/** @type {WeakMap<EdgeItem, any>} */
const strokes = new WeakMap();

// A line as it is drawn at a scale, kept until its ends move or the scale is another.
/** @type {(edge: EdgeItem, from: Round, to: Round, scale: number) => any} */
function strokeOf(edge, from, to, scale) {
  const kept = strokes.get(edge);
  const key = [scale, from.x, from.y, to.x, to.y, from.size, to.size];
  if (kept && key.every((one, i) => one === kept.key[i])) return kept;
  /** @type {(node: Round) => Round} */
  const place = ({ x, y, size }) => ({ x: x * scale, y: y * scale, size });
  const start = place(from);
  const made = stroke(edge, start, from === to ? start : place(to), scale);
  const paths = { ...made, key, line: new Path2D(made.line), arrow: made.arrow && new Path2D(made.arrow) };
  strokes.set(edge, paths);
  return paths;
}

/** @typedef {{ view: Camera; colours: Colours; lit: Lit | null; chosen: string | null }} How */

// Lines between nodes that are given by id, wherever they are now; the context has pixels as its unit.
/** @type {(context: CanvasRenderingContext2D, edges: EdgeItem[], nodes: Map<string, NodeItem>, how: How) => void} */
export function paintLines(context, edges, nodes, { view, colours, lit, chosen }) {
  const { scale } = view;
  const broad = breadth(scale);
  context.save();
  const { x, y } = onScreen({ x: 0, y: 0 }, view);
  context.translate(x, y);
  for (const edge of edges) {
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
    if (!from || !to) continue;
    const made = strokeOf(edge, from, to, scale);
    const width = widthOf(edge, scale);
    const opacity = lit && !lit.edges.has(edge.id) ? edge.opacity * DIMMED : edge.opacity;
    const halo = edge.id === chosen ? colours.focus : edge.halo;
    const band = Math.max(2 * LINE.band * broad, width + 2);
    if (halo) line(context, made.line, halo, (edge.band ? band : width) + 2 * LINE.halo * broad, RING * opacity, []);
    if (edge.band) line(context, made.line, edge.band, band, opacity, []);
    line(context, made.line, edge.colour, width, opacity, dashesOf(edge.dashes, made.length));
    if (!made.arrow) continue;
    context.fillStyle = edge.colour;
    context.fill(made.arrow);
  }
  context.restore();
}

/** @type {(context: CanvasRenderingContext2D, path: Path2D, colour: string, width: number, opacity: number, dashes: number[]) => void} */
function line(context, path, colour, width, opacity, dashes) {
  context.globalAlpha = opacity;
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash(dashes);
  context.stroke(path);
}

/** @type {(context: CanvasRenderingContext2D, nodes: Iterable<NodeItem>, how: How) => void} */
export function paintNodes(context, nodes, { view, colours, lit, chosen }) {
  context.save();
  context.lineJoin = 'round';
  for (const node of nodes) {
    const at = onScreen(node, view);
    const size = radius(node.size, view.scale);
    context.globalAlpha = lit && !lit.nodes.has(node.id) ? node.opacity * DIMMED : node.opacity;
    outlined(context, node.shape, at, size);
    const ring = node.id === chosen ? colours.focus : node.halo;
    if (ring) {
      context.strokeStyle = ring;
      context.lineWidth = 2 * ringOf(size) + outlineOf(size);
      context.stroke();
    }
    context.fillStyle = node.fill;
    context.fill();
    context.strokeStyle = node.stroke;
    context.lineWidth = outlineOf(size);
    context.stroke();
  }
  context.restore();
}

/** @type {(context: CanvasRenderingContext2D, shape: Shape, at: Point, size: number) => void} */
function outlined(context, shape, { x, y }, size) {
  context.beginPath();
  const points = corners(shape);
  for (const point of points) context.lineTo(x + size * point.x, y + size * point.y);
  if (points.length) context.closePath();
  else context.arc(x, y, size, 0, 2 * Math.PI);
}

// Signs in the middle of lines, such as a question mark.
/** @type {(context: CanvasRenderingContext2D, edges: EdgeItem[], nodes: Map<string, NodeItem>, how: How & { fonts: string }) => void} */
export function paintSigns(context, edges, nodes, { view, colours, lit, fonts }) {
  const origin = onScreen({ x: 0, y: 0 }, view);
  let left = SIGN.most;
  context.save();
  dress(context, { size: SIGN.size, fonts, colours });
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const edge of edges) {
    if (!edge.label || edge.opacity < 0.2 || (lit && !lit.edges.has(edge.id))) continue;
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
    if (!from || !to) continue;
    const { middle } = strokeOf(edge, from, to, view.scale);
    const [x, y] = [origin.x + middle.x, origin.y + middle.y];
    if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
    context.strokeText(edge.label, x, y);
    context.fillText(edge.label, x, y);
    if ((left -= 1) === 0) break;
  }
  context.restore();
}

/** @type {(context: CanvasRenderingContext2D, look: { size: number; fonts: string; colours: Colours; faint?: boolean; bold?: boolean }) => void} */
function dress(context, { size, fonts, colours, faint = false, bold = false }) {
  context.font = `${bold ? '600 ' : ''}${size}px ${fonts}`;
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.strokeStyle = colours.page;
  context.fillStyle = faint ? colours.muted : colours.ink;
}

// Names beside their nodes, wherever these are now, and the lines that lead to them.
/** @type {(context: CanvasRenderingContext2D, names: Name[], nodes: Map<string, NodeItem>, how: How & { fonts: string }) => void} */
export function paintNames(context, names, nodes, how) {
  context.save();
  context.textBaseline = 'middle';
  for (const name of names) {
    const node = nodes.get(name.id);
    if (node && name.leader) led(context, name.leader, onScreen(node, how.view), how.colours);
  }
  for (const name of names) {
    const node = nodes.get(name.id);
    if (node) written(context, name, node, how);
  }
  context.restore();
}

/** @type {(context: CanvasRenderingContext2D, name: Name, node: NodeItem, how: How & { fonts: string }) => void} */
function written(context, name, node, { view, colours, lit, fonts }) {
  const at = onScreen(node, view);
  const faint = node.opacity < 1 || Boolean(lit && !lit.nodes.has(name.id));
  dress(context, { size: name.size, fonts, colours, faint, bold: name.bold });
  context.globalAlpha = lit && faint ? 0.5 : 1;
  context.textAlign = name.align;
  const x = at.x + anchorOf(name);
  name.lines.forEach((text, i) => {
    const y = at.y + name.top + name.leading * (i + 0.5);
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  });
}

/** @type {(context: CanvasRenderingContext2D, leader: [Point, Point], at: Point, colours: Colours) => void} */
function led(context, [start, end], { x, y }, colours) {
  context.beginPath();
  context.moveTo(x + start.x, y + start.y);
  context.lineTo(x + end.x, y + end.y);
  context.strokeStyle = colours.page;
  context.lineWidth = 3;
  context.stroke();
  context.strokeStyle = colours.ink;
  context.lineWidth = 0.8;
  context.stroke();
}

// Measures texts as a canvas writes them.
/** @type {(fonts: string) => Measure} */
export function ruler(fonts) {
  const context = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
  /** @type {Map<string, number>} */
  const widths = new Map();
  context.font = `100px ${fonts}`;
  return (text, size) => {
    let width = widths.get(text);
    if (width === undefined) {
      width = context.measureText(text).width / 100;
      widths.set(text, width);
    }
    return width * size;
  };
}
