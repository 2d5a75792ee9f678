// Boxes by where they are, so that those which touch another are found at once.

const CELL = 64; // Pixels.

/** @type {(one: Box, other: Box) => boolean} */
export function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/** @template T */
export class Boxes {
  constructor() {
    /** @type {Map<number, { box: Box; what: T }[]>} */
    this.cells = new Map();
  }

  /** @type {(box: Box, what: T) => void} */
  add(box, what) {
    const entry = { box, what };
    for (const cell of cellsOf(box)) {
      const there = this.cells.get(cell);
      if (there) there.push(entry);
      else this.cells.set(cell, [entry]);
    }
  }

  // What has been added and touches a box, each once.
  /** @type {(box: Box) => Set<T>} */
  touching(box) {
    const found = new Set();
    for (const cell of cellsOf(box)) {
      for (const entry of this.cells.get(cell) ?? []) {
        if (overlap(box, entry.box)) found.add(entry.what);
      }
    }
    return found;
  }
}

/** @type {(box: Box) => number[]} */
function cellsOf({ left, right, top, bottom }) {
  const found = [];
  for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row += 1) {
    for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column += 1) {
      found.push(row * 0x10000 + column);
    }
  }
  return found;
}
