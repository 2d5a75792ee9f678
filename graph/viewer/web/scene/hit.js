// Which node or line is meant by a point of the drawing, in pixels from its corner.
import { onScreen } from './camera.js';
import { course, radius } from './geometry.js';

const NEAR = 7; // So close to a line, in pixels, a click means it.
const TOUCH = 4; // Pixels around a node that belong to it.
const PARTS = 16; // Of a curve, each taken as straight.

// The id of the line that is nearest to a point; null if none is near.
//   nodes: by id, wherever they are now
/** @type {(point: Point, edges: Iterable<EdgeItem>, nodes: Map<string, Round>, view: Camera) => string | null} */
export function edgeAt(point, edges, nodes, view) {
  const { scale } = view;
  /** @type {(node: Round) => Round} */
  const placed = node => ({ ...onScreen(node, view), size: node.size });
  let best = { id: /** @type {string | null} */ (null), far: NEAR };
  for (const edge of edges) {
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
    if (!from || !to) continue;
    const start = placed(from);
    const end = from === to ? start : placed(to);
    if (!mayTouch(edge, start, end, point, scale)) continue;
    const way = course(edge, start, end, scale);
    for (let part = 0; part < PARTS; part += 1) {
      const far = distance(point, way.at(part / PARTS), way.at((part + 1) / PARTS));
      if (far <= best.far) best = { id: edge.id, far };
    }
  }
  return best.id;
}

/** @type {(point: Point, a: Point, b: Point) => number} */
function distance({ x, y }, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
}

// Whether a line can come near a point at all; a curve stays near its ends' box.
/** @type {(edge: EdgeItem, from: Round, to: Round, point: Point, scale: number) => boolean} */
function mayTouch({ bend }, from, to, { x, y }, scale) {
  const off = from === to
    ? 1.6 * from.size * scale + 10 * bend * Math.max(1, scale)
    : Math.abs(bend) * (Math.abs(to.x - from.x) + Math.abs(to.y - from.y));
  const room = NEAR + off;
  return (
    x >= Math.min(from.x, to.x) - room &&
    x <= Math.max(from.x, to.x) + room &&
    y >= Math.min(from.y, to.y) - room &&
    y <= Math.max(from.y, to.y) + room
  );
}

// The id of the node at a point, the nearest of several; null if none is there.
/** @type {(point: Point, nodes: Iterable<NodeItem>, view: Camera) => string | null} */
export function nodeAt(point, nodes, view) {
  let best = { id: /** @type {string | null} */ (null), far: TOUCH };
  for (const node of nodes) {
    const { x, y } = onScreen(node, view);
    const far = Math.hypot(point.x - x, point.y - y) - radius(node.size, view.scale);
    if (far <= best.far) best = { id: node.id, far };
  }
  return best.id;
}
