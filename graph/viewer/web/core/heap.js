// A binary heap: of what is put in, the first in an order comes out first.

/**
 * @template T
 * @param {(a: T, b: T) => number} order
 */
export function heap(order) {
  /** @type {T[]} */
  const all = [];

  /** @type {(i: number, j: number) => boolean} */
  const before = (i, j) => i < all.length && order(all[i], all[j]) < 0;

  /** @type {(i: number, j: number) => void} */
  function swap(i, j) {
    [all[i], all[j]] = [all[j], all[i]];
  }

  /** @type {(item: T) => void} */
  function put(item) {
    let at = all.push(item) - 1;
    for (let up = (at - 1) >> 1; at > 0 && before(at, up); up = (at - 1) >> 1) {
      swap(at, up);
      at = up;
    }
  }

  /** @type {() => T | undefined} */
  function take() {
    if (all.length < 2) return all.pop();
    const first = all[0];
    all[0] = /** @type {T} */ (all.pop());
    let at = 0;
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const less = before(right, left) ? right : left;
      if (!before(less, at)) return first;
      swap(less, at);
      at = less;
    }
  }

  return { put, take };
}
