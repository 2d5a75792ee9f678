// Where lines run and how broad they are, in pixels of the screen with y downwards: the same for a
// canvas, for files and for the graphics card, whose program takes its numbers from here.

// Shares of the breadth of lines (`breadth`), of the size of nodes on the screen, or pixels.
export const LINE = {
  least: 0.5, // Pixels.
  band: 4.5, // Half of a band's breadth.
  halo: 3, // Breadth of the halo on each side of a line and its band.
  head: 4, // Length of an arrow: so much, and so much of the breadth of its line …
  headOfLine: 2.2,
  headAtMost: 0.45, // … but no more than this share of the line's length.
  headHalf: 0.45, // Half of its breadth.
  loop: 0.8, // Radius of a loop: so much of its node, and so much for each loop inside of it.
  nextLoop: 5,
  leastUnit: 0.4, // Pixels of a unit, at least, for the latter.
};
export const NODE = {
  least: 2.2, // Pixels: no node is smaller.
  outline: 0.16, // Breadth of the outline as a share of the size, and pixels at most.
  outlineAtMost: 1.2,
  ring: 3, // Pixels at most of the ring around what is chosen or marked; so many, and so much of the size:
  ringLeast: 1,
  ringOfSize: 0.25,
};

// How broad lines are drawn at a scale, in pixels a unit: thinner where many must find room.
/** @type {(scale: number) => number} */
export function breadth(scale) {
  return Math.min(1.6, Math.max(0.45, Math.sqrt(scale)));
}

// The size of a node on the screen.
/** @type {(size: number, scale: number) => number} */
export function radius(size, scale) {
  return Math.max(size * scale, NODE.least);
}

// The breadth of the outline of a node of this size on the screen.
/** @type {(size: number) => number} */
export function outlineOf(size) {
  return Math.min(NODE.outlineAtMost, NODE.outline * size);
}

// The breadth of the ring around a node of this size on the screen.
/** @type {(size: number) => number} */
export function ringOf(size) {
  return Math.min(NODE.ring, NODE.ringLeast + NODE.ringOfSize * size);
}

// The breadth of a line on the screen.
/** @type {(edge: { width: number }, scale: number) => number} */
export function widthOf({ width }, scale) {
  return Math.max(width * breadth(scale), LINE.least);
}

// A circle as large as a unit of the drawing would make it, from the middle of its node and back to there.
/** @type {(node: Round, bend: number, scale: number) => Course} */
function loop(node, bend, scale) {
  const size = LINE.loop * node.size * scale + Math.max(scale, LINE.leastUnit) * LINE.nextLoop * bend;
  const middle = { x: node.x, y: node.y - size };
  const turn = 2 * Math.PI;
  return {
    length: turn * size,
    loop: size,
    control: middle,
    at: t => ({ x: middle.x + size * Math.sin(turn * t), y: middle.y + size * Math.cos(turn * t) }),
    slope: t => ({ x: turn * size * Math.cos(turn * t), y: -turn * size * Math.sin(turn * t) }),
  };
}

// A curve whose middle stands off the straight line by a share of its length, from middle to middle.
/** @type {(from: Point, to: Point, bend: number) => Course} */
function bow(from, to, bend) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const control = { x: (from.x + to.x) / 2 + 2 * bend * dy, y: (from.y + to.y) / 2 - 2 * bend * dx };
  return {
    length: Math.hypot(dx, dy) * (1 + (8 / 3) * bend * bend),
    loop: 0,
    control,
    at: t => between(between(from, control, t), between(control, to, t), t),
    slope: t => {
      const way = between({ x: control.x - from.x, y: control.y - from.y }, { x: to.x - control.x, y: to.y - control.y }, t);
      return { x: 2 * way.x, y: 2 * way.y };
    },
  };
}

/** @type {(a: Point, b: Point, t: number) => Point} */
function between(a, b, t) {
  return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
}

// The way of a line between two nodes, told with their place in pixels and their size in units.
/** @type {(edge: { bend: number }, from: Round, to: Round, scale: number) => Course} */
export function course({ bend }, from, to, scale) {
  return from === to ? loop(from, bend, scale) : bow(from, to, bend);
}

// How a line is drawn: as path up to its arrow, with the arrow as another, and its middle.
/** @type {(edge: EdgeItem, from: Round, to: Round, scale: number) => Stroke} */
export function stroke(edge, from, to, scale) {
  const way = course(edge, from, to, scale);
  const steep = Math.max(length(way.slope(1)), 0.001);
  const node = to.size * scale;
  const head = edge.arrow
    ? Math.min(LINE.head * breadth(scale) + LINE.headOfLine * widthOf(edge, scale), LINE.headAtMost * way.length)
    : 0;
  const tip = within(1 - node / steep, 0.5, 1);
  const base = within(1 - (node + 0.9 * head) / steep, 0.3, 1);
  return {
    line: way.loop ? arc(way, base) : cut(way, from, base),
    arrow: edge.arrow ? arrowhead(way.at(tip), way.slope(tip), head) : '',
    middle: way.at(0.5),
    length: way.length,
  };
}

/** @type {(way: Course, base: number) => string} */
function arc(way, base) {
  const size = way.loop.toFixed(1);
  return `M${text(way.at(0))}A${size} ${size} 0 0 0 ${text(way.at(base / 2))}A${size} ${size} 0 0 0 ${text(way.at(base))}`;
}

// The part of a curve up to a share of it is a curve, too.
/** @type {(way: Course, from: Point, base: number) => string} */
function cut(way, from, base) {
  return `M${text(from)}Q${text(between(from, way.control, base))} ${text(way.at(base))}`;
}

/** @type {(tip: Point, slope: Point, head: number) => string} */
function arrowhead(tip, slope, head) {
  const steep = length(slope) || 1;
  const [x, y] = [(slope.x / steep) * head, (slope.y / steep) * head];
  const [left, right] = [1, -1].map(side => ({
    x: tip.x - x - side * LINE.headHalf * y,
    y: tip.y - y + side * LINE.headHalf * x,
  }));
  return `M${text(tip)}L${text(left)}L${text(right)}z`;
}

/** @type {(point: Point) => string} */
function text({ x, y }) {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

/** @type {(point: Point) => number} */
function length({ x, y }) {
  return Math.hypot(x, y);
}

/** @type {(value: number, least: number, most: number) => number} */
function within(value, least, most) {
  return Math.min(most, Math.max(least, value));
}

// Strokes and gaps of a line, in pixels: shorter where it is too short to show two of them, lest it look solid.
/** @type {(dashes: number[], length: number) => number[]} */
export function dashesOf(dashes, long) {
  const period = dashes.reduce((sum, one) => sum + one, 0);
  if (!period) return [];
  const shrunk = Math.min(1, long / (2.5 * period));
  return dashes.map(one => one * shrunk);
}
