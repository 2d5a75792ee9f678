// The shapes of nodes: one table from which the screen, the graphics card, files and the legend draw.

/** @typedef {{ sides: number; turn: number; reach: number; inner: number }} Outline sides (0 for a
 * circle), by how much of a full turn the first corner is off the top, how far corners are from the middle as
 * a share of the size of the node, and how far those between the points of a star are */

/** @type {(sides: number, reach: number, turn?: number, inner?: number) => Outline} */
const outlined = (sides, reach, turn = 0, inner = 0) => ({ sides, turn, reach, inner });

// All cover about as much as the circle does. The graphics card knows them by their order here.
/** @type {Record<Shape, Outline>} */
export const SHAPES = {
  dot: outlined(0, 1),
  square: outlined(4, 1.25, 1 / 8),
  triangle: outlined(3, 1.42),
  triangleDown: outlined(3, 1.42, 1 / 2),
  diamond: outlined(4, 1.3),
  hexagon: outlined(6, 1.1, 1 / 12),
  star: outlined(5, 1.5, 0, 0.46),
};

export const NAMES = /** @type {Shape[]} */ (Object.keys(SHAPES));

// The corners of a shape of size 1 around 0, with y downwards, clockwise; none for a circle.
/** @type {(shape: Shape) => Point[]} */
export function corners(shape) {
  const { sides, turn, reach, inner } = SHAPES[shape] ?? SHAPES.dot;
  const count = inner ? 2 * sides : sides;
  return Array.from({ length: count }, (_, i) => {
    const angle = 2 * Math.PI * (turn + i / count);
    const far = inner && i % 2 ? reach * inner : reach;
    return { x: far * Math.sin(angle), y: -far * Math.cos(angle) };
  });
}

const CORNERS = new Map(NAMES.map(shape => [shape, corners(shape)]));

// A shape as the path of an SVG, which a canvas takes, too.
/** @type {(shape: Shape, size: number, at?: Point) => string} */
export function outline(shape, size, { x, y } = { x: 0, y: 0 }) {
  const found = CORNERS.get(shape) ?? [];
  if (!found.length) {
    const half = `a${fixed(size)} ${fixed(size)} 0 1 1`;
    return `M${fixed(x - size)} ${fixed(y)}${half} ${fixed(2 * size)} 0${half} ${fixed(-2 * size)} 0z`;
  }
  return `M${found.map(one => `${fixed(x + size * one.x)} ${fixed(y + size * one.y)}`).join('L')}z`;
}

/** @type {(value: number) => string} */
function fixed(value) {
  return String(Number(value.toFixed(2)));
}
