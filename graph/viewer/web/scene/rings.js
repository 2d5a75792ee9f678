// The neighbourhood of a thing in a layout of its own: rings by the number of steps, in an order in which few
// lines cross. The same always gives the same.

const ROOM = { across: 128, down: 62 }; // Of a node with its name, in units of the drawing.
const WIDER = 1.5; // Rings are as much wider than high as a screen.
const SWEEPS = 6;

// x and y of each node that lines reach from the middle.
//   lines: the two ends of each
/** @type {(middle: Id, lines: Iterable<[Id, Id]>) => Map<Id, Point>} */
export function rings(middle, lines) {
  const tied = tiesOf(lines);
  const found = stepsFrom(middle, tied);
  /** @type {Map<Id, number>} */
  const angles = new Map();
  begin(found, tied, angles);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const ring of found.slice(1)) ordered(ring, tied, angles);
  }
  return placed(found, angles);
}

/** @type {(lines: Iterable<[Id, Id]>) => Map<Id, Set<Id>>} */
function tiesOf(lines) {
  const tied = new Map();
  for (const [one, other] of lines) {
    for (const [a, b] of [[one, other], [other, one]]) {
      if (!tied.has(a)) tied.set(a, new Set());
      if (a !== b) tied.get(a).add(b);
    }
  }
  return new Map([...tied].sort(([a], [b]) => (a < b ? -1 : 1)));
}

// The nodes by how many steps they are away.
/** @type {(middle: Id, tied: Map<Id, Set<Id>>) => Id[][]} */
function stepsFrom(middle, tied) {
  const seen = new Set([middle]);
  const found = [[middle]];
  for (let ring = found[0]; ring.length;) {
    /** @type {Id[]} */
    const next = [];
    for (const one of ring) {
      for (const other of [...(tied.get(one) ?? [])].sort()) {
        if (!seen.has(other)) next.push(other) && seen.add(other);
      }
    }
    if (next.length) found.push(next);
    ring = next;
  }
  return found;
}

// At first each ring is in the order in which those before it reach it; the first, those tied together side
// by side.
/** @type {(found: Id[][], tied: Map<Id, Set<Id>>, angles: Map<Id, number>) => void} */
function begin(found, tied, angles) {
  if (found.length > 1) found[1] = chained(found[1], tied);
  for (const ring of found) spread(ring, angles);
}

// The nodes of a ring, each followed by one that it is tied to if there is any left.
/** @type {(ring: Id[], tied: Map<Id, Set<Id>>) => Id[]} */
function chained(ring, tied) {
  const left = new Set(ring);
  /** @type {(id: Id) => Id[]} */
  const beside = id => [...(tied.get(id) ?? [])].filter(other => left.has(other)).sort();
  const made = [];
  const queue = [...ring].sort((a, b) => beside(a).length - beside(b).length || (a < b ? -1 : 1));
  for (const first of queue) {
    for (let next = /** @type {Id | undefined} */ (left.has(first) ? first : undefined); next !== undefined;) {
      left.delete(next);
      made.push(next);
      [next] = beside(next);
    }
  }
  return made;
}

/** @type {(ring: Id[], angles: Map<Id, number>) => void} */
function spread(ring, angles) {
  ring.forEach((id, i) => angles.set(id, ((i + 0.5) / ring.length) * 2 * Math.PI));
}

// Puts the nodes of a ring into the order of the middles of what they are tied to.
/** @type {(ring: Id[], tied: Map<Id, Set<Id>>, angles: Map<Id, number>) => void} */
function ordered(ring, tied, angles) {
  const wanted = new Map(ring.map(id => {
    const own = angles.get(id) ?? 0;
    let [x, y] = [0.1 * Math.cos(own), 0.1 * Math.sin(own)];
    for (const other of tied.get(id) ?? []) {
      const angle = angles.get(other);
      if (angle === undefined || (tied.get(other)?.size ?? 0) >= ring.length) continue;
      [x, y] = [x + Math.cos(angle), y + Math.sin(angle)];
    }
    const angle = Math.atan2(y, x);
    return [id, angle < 0 ? angle + 2 * Math.PI : angle];
  }));
  ring.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0) || (a < b ? -1 : 1));
  spread(ring, angles);
}

// A ring is so far out that names have room; where there are many, neighbours stand at two distances.
/** @type {(found: Id[][], angles: Map<Id, number>) => Map<Id, Point>} */
function placed(found, angles) {
  /** @type {Map<Id, Point>} */
  const places = new Map();
  let radius = 0;
  for (const [step, ring] of found.entries()) {
    if (step) radius = Math.max(radius + 1.9 * ROOM.down, 1.7 * ROOM.down);
    const around = (ring.length * ROOM.across) / (2 * Math.PI * WIDER);
    const rows = Math.max(1, Math.min(3, Math.ceil(around / Math.max(radius, 3 * ROOM.down))));
    radius = step ? Math.max(radius, around / rows) : 0;
    for (const [i, id] of ring.entries()) {
      const far = radius + (i % rows) * 1.4 * ROOM.down;
      const angle = angles.get(id) ?? 0;
      places.set(id, { x: Math.round(WIDER * far * Math.cos(angle)) || 0, y: Math.round(far * Math.sin(angle)) || 0 });
    }
    radius += (rows - 1) * 1.4 * ROOM.down;
  }
  return places;
}
