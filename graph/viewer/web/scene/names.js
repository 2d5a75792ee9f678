// Where names stand: one placement for every renderer, for files and for paper. Whatever is given in the
// same order stands at the same places; nothing here asks a document.
import { Boxes, overlap } from './boxes.js';
import { onScreen } from './camera.js';
import { radius } from './geometry.js';

const SIZE = { least: 11, most: 21, growth: 0.9, frame: 650, closer: 1.35 }; // Of type in pixels; it grows with the root of the lines of a node.
const LEADING = 1.18; // From line to line, as a share of the size of type.
const BOLDER = 1.08; // Names of hubs are bold, and so wider.
const GAP = 2; // Pixels between a node and its name, and around a name.
const HUB = { room: 38_000, least: 3, most: 14 }; // One for so many square pixels is named whatever it covers.
const LED = 3; // So many times as many may be led to by a line.
const FEW = 30; // Up to so many nodes any may.
const RINGS = [12, 26, 42, 60, 80]; // Pixels from a node to a name that a line leads to.
const NEARER = 3; // So many of these for those that are no hubs.
const SPOKES = 12;
const ASIDE = 0.3; // A name further than this share to a side begins there, others have their middle there.
const LOUD = 7; // Pixels: a node this large is not covered by the name of another.
const COVERED = 1; // So many smaller ones may be.
const CROWD = 8; // To cover more than this is no worse.
const MOST = 400; // Names, and no more than one for so many square pixels of what is seen.
const ROOM = 5000;
const TRIED = 1500; // Nodes, those that come first.
const BEYOND = 0.35; // Of the frame on each side, in which names are there before one comes to it.

// The places beside a node, the best first: to which side the name stands, -1 to 1 across and down.
const SIDES = [[0, 1], [1, 0], [-1, 0], [0, -1], [1, 1], [-1, 1], [1, -1], [-1, -1]];
const COST = { later: 0.4, moved: 3, covers: 1.2, loud: 8, led: 5, far: 0.12, cut: 40, under: 40, name: 200 };

// The width of a text in pixels as a rule of thumb, where nothing can measure it.
/** @type {Measure} */
function roughly(text, size) {
  const wide = text.match(/[\u1100-\uffdc]/g)?.length ?? 0;
  return size * (0.54 * text.replace(/[\u2066-\u2069]/g, '').length + 0.46 * wide);
}

// Size of type for a node with so many lines; it grows less where there is less room.
/** @type {(weight: number, view: Camera) => number} */
function typeOf(weight, { scale, width, height }) {
  const growth = SIZE.growth * Math.min(1, Math.max(0.6, Math.sqrt(width * height) / SIZE.frame));
  const size = Math.min(SIZE.most, SIZE.least + growth * (Math.sqrt(Math.max(weight, 1)) - 1));
  return Math.round(10 * size * Math.min(SIZE.closer, Math.max(1, Math.sqrt(scale)))) / 10;
}

// Chooses which nodes are named, and where. Nodes that are lit come first, then stressed ones, then those with more
// lines; the first few are named whatever they cover, and others give way to them.
//   nodes: in any order
//   view: what is seen; names of nodes outside stand ready there
//   taken: boxes on the screen that something else covers
//   lit: what is lit while all else is dimmed, or null
//   before: where names stood, which they leave only for reasons
/** @type {(nodes: NodeItem[], view: Camera, options?: Partial<NamingOptions>) => Name[]} */
export function placed(nodes, view, { measure = roughly, taken = [], lit = null, before = new Map() } = {}) {
  const near = within(nodes, view);
  /** @type {Boxes<Obstacle>} */
  const boxes = new Boxes();
  for (const { node, at, size } of near) boxes.add(around(at, size), { node: node.id, size, kind: 'mark' });
  for (const box of taken) boxes.add(box, { node: '', size: 0, kind: 'taken' });
  const order = near.filter(({ node }) => node.label).sort((a, b) => compared(a.node, b.node, lit));
  const hubs = hubsOf(order, view);
  const led = near.length <= FEW ? near.length : LED * hubs.size;
  let left = Math.max(FEW, (view.width * view.height) / ROOM);
  const found = [];
  for (const [rank, mark] of order.entries()) {
    if (mark.seen && left < 1 && !lit?.nodes.has(mark.node.id)) continue;
    if (found.length >= MOST || rank >= TRIED) break;
    const options = { view, hub: hubs.has(mark.node.id), before: before.get(mark.node.id) };
    const name = written(mark, options, measure);
    const place = best(mark, name, sites(mark, name, ringsOf(options.hub, rank < led)), boxes, options);
    if (!place) continue;
    boxes.add(place.box, { node: mark.node.id, size: 0, kind: options.hub ? 'hub' : 'name' });
    found.push(named(mark, name, place, options.hub));
    if (mark.seen) left -= 1;
  }
  return found;
}

/** @type {(nodes: NodeItem[], view: Camera) => Mark[]} */
function within(nodes, view) {
  const [across, down] = [view.width * BEYOND, view.height * BEYOND];
  const found = [];
  for (const node of nodes) {
    const at = onScreen(node, view);
    if (at.x < -across || at.y < -down || at.x > view.width + across || at.y > view.height + down) continue;
    const seen = at.x >= 0 && at.y >= 0 && at.x <= view.width && at.y <= view.height;
    found.push({ node, at, size: radius(node.size, view.scale), seen });
  }
  return found;
}

/** @type {(a: NodeItem, b: NodeItem, lit: Lit | null) => number} */
function compared(a, b, lit) {
  return rankOf(b, lit) - rankOf(a, lit) || b.weight - a.weight || b.size - a.size || (a.id < b.id ? -1 : 1);
}

/** @type {(node: NodeItem, lit: Lit | null) => number} */
function rankOf(node, lit) {
  return (lit?.nodes.has(node.id) ? 4 : 0) + (node.stressed ? 2 : 0) + (node.opacity === 1 ? 1 : 0);
}

// The first few that are seen, of those that come first.
/** @type {(order: Mark[], view: Camera) => Set<string>} */
function hubsOf(order, { width, height }) {
  const count = Math.min(HUB.most, Math.max(HUB.least, Math.round((width * height) / HUB.room)));
  return new Set(order.filter(({ seen }) => seen).slice(0, count).map(({ node }) => node.id));
}

// How far off a name may stand: one that matters less only near its node, and most must stand beside it.
/** @type {(hub: boolean, led: boolean) => number[]} */
function ringsOf(hub, led) {
  if (hub) return RINGS;
  return led ? RINGS.slice(0, NEARER) : [];
}

// Lines, size and breadth of a name.
/** @type {(mark: Mark, options: Options, measure: Measure) => Written} */
function written({ node }, { view, hub }, measure) {
  const lines = node.label.split('\n');
  const size = typeOf(node.weight, view);
  return {
    lines,
    size,
    width: Math.max(...lines.map(line => measure(line, size))) * (hub ? BOLDER : 1) + 2 * GAP,
    height: lines.length * LEADING * size,
  };
}

// Where a name might stand, the best first.
/** @type {(mark: Mark, name: Written, rings: number[]) => Site[]} */
function sites({ at, size }, name, rings) {
  /** @type {Site[]} */
  const found = SIDES.map(([across, down], place) => ({
    place,
    across,
    cost: COST.later * place,
    led: false,
    box: beside(at, across && down ? size * 0.75 : size, name, across, down),
  }));
  for (const far of rings) {
    for (let spoke = 0; spoke < SPOKES; spoke += 1) {
      const angle = (2 * Math.PI * (spoke + 0.5)) / SPOKES;
      const [across, down] = [Math.cos(angle), Math.sin(angle)];
      found.push({
        place: found.length,
        across: sideOf(across),
        cost: COST.led + COST.far * far,
        led: true,
        box: beside(at, size + far, name, across, down),
      });
    }
  }
  return found;
}

// The box of a name that stands so far from the middle of its node, to a side.
/** @type {(at: Point, far: number, name: Written, across: number, down: number) => Box} */
function beside({ x, y }, far, { width, height }, across, down) {
  const left = x + across * (far + GAP) + ((sideOf(across) - 1) * width) / 2;
  const top = y + down * (far + GAP) + ((sideOf(down) - 1) * height) / 2;
  return { left, right: left + width, top, bottom: top + height };
}

/** @type {(share: number) => number} */
function sideOf(share) {
  return Math.abs(share) > ASIDE ? Math.sign(share) : 0;
}

// The cheapest place that may be taken; a hub takes any.
/** @type {(mark: Mark, name: Written, found: Site[], boxes: Boxes<Obstacle>, options: Options) => Site | null} */
function best(mark, name, found, boxes, options) {
  let cheapest = { site: /** @type {Site | null} */ (null), cost: Infinity };
  for (const site of found) {
    let { cost } = site;
    if (cost >= cheapest.cost) continue;
    if (options.before !== undefined && options.before !== site.place) cost += COST.moved;
    cost += hindrance(mark, site, boxes, options);
    if (cost < cheapest.cost) cheapest = { site, cost };
  }
  return cheapest.site;
}

// What it costs that others are there, or the edge of the picture; Infinity where the name may not stand.
/** @type {(mark: Mark, site: Site, boxes: Boxes<Obstacle>, options: Options) => number} */
function hindrance({ node, seen }, { box }, boxes, { view, hub }) {
  let cost = 0;
  let covered = 0;
  if (seen ? !inside(box, view) : overlap(box, { left: 0, top: 0, right: view.width, bottom: view.height })) {
    if (!hub) return Infinity;
    cost += COST.cut;
  }
  const free = boxes.every(box, ({ node: other, size, kind }) => {
    if (other === node.id) return true;
    if (kind === 'mark' && size < LOUD) covered += 1;
    else if (!hub) return false;
    else cost += { mark: COST.loud, taken: COST.under, name: COST.name, hub: COST.name }[kind];
    return hub || covered <= COVERED;
  });
  return free ? cost + COST.covers * Math.min(covered, CROWD) : Infinity;
}

/** @type {(box: Box, view: Camera) => boolean} */
function inside({ left, right, top, bottom }, { width, height }) {
  return left >= 0 && top >= 0 && right <= width && bottom <= height;
}

/** @type {(at: Point, size: number) => Box} */
function around({ x, y }, size) {
  return { left: x - size, right: x + size, top: y - size, bottom: y + size };
}

// A name as it is drawn, told from the middle of its node, so that it goes where that goes.
/** @type {(mark: Mark, name: Written, site: Site, hub: boolean) => Name} */
function named({ node, at, size }, { lines, size: type, width, height }, { box, place, across, led }, hub) {
  const [left, top] = [box.left - at.x, box.top - at.y];
  return {
    id: node.id,
    lines,
    size: type,
    leading: LEADING * type,
    align: across > 0 ? 'left' : across < 0 ? 'right' : 'center',
    place,
    bold: hub,
    left,
    top,
    width,
    height,
    leader: led ? leader({ left, top, right: left + width, bottom: top + height }, size) : null,
  };
}

// From the rim of a node to the nearest point of a box, both told from the middle of the node.
/** @type {(box: Box, size: number) => [Point, Point]} */
function leader({ left, right, top, bottom }, size) {
  const end = { x: Math.min(right, Math.max(left, 0)), y: Math.min(bottom, Math.max(top, 0)) };
  const far = Math.hypot(end.x, end.y) || 1;
  return [{ x: (end.x / far) * size, y: (end.y / far) * size }, end];
}

// Where a text of a name begins, ends or has its middle, told from the middle of its node.
/** @type {(name: Name) => number} */
export function anchorOf({ align, left, width }) {
  if (align === 'center') return left + width / 2;
  return align === 'left' ? left + GAP : left + width - GAP;
}

// Where each stands, for `before` of the next placement.
/** @type {(names: Name[]) => Map<string, number>} */
export function places(names) {
  return new Map(names.map(({ id, place }) => [id, place]));
}
