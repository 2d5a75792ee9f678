// Boxes by where they are, so that those which touch another are found at once.

const CELL = 32; // Pixels.

/** @type {(one: Box, other: Box) => boolean} */
export function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/** @template T */
export class Boxes {
  constructor() {
    /** @type {Map<number, { box: Box; what: T; seen: number }[]>} */
    this.cells = new Map();
    this.asked = 0;
  }

  /** @type {(box: Box, what: T) => void} */
  add(box, what) {
    const entry = { box, what, seen: 0 };
    everyCell(box, cell => {
      const there = this.cells.get(cell);
      if (there) there.push(entry);
      else this.cells.set(cell, [entry]);
      return true;
    });
  }

  // Whether all that has been added and touches a box is as is wished; each is asked of once, until one is not.
  /** @type {(box: Box, wished: (what: T) => boolean) => boolean} */
  every(box, wished) {
    this.asked += 1;
    return everyCell(box, cell => {
      for (const entry of this.cells.get(cell) ?? []) {
        if (entry.seen === this.asked || !overlap(box, entry.box)) continue;
        entry.seen = this.asked;
        if (!wished(entry.what)) return false;
      }
      return true;
    });
  }
}

/** @type {(box: Box, wished: (cell: number) => boolean) => boolean} */
function everyCell({ left, right, top, bottom }, wished) {
  const [first, last] = [Math.floor(left / CELL), Math.floor(right / CELL)];
  for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row += 1) {
    for (let column = first; column <= last; column += 1) {
      if (!wished(row * 0x10000 + column)) return false;
    }
  }
  return true;
}
