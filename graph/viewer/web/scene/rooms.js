// Room for names: says for each box whether it is free, and takes it.
export function rooms() {
  /** @type {Box[]} */
  const taken = [];
  return {
    clear() {
      taken.length = 0;
    },
    /** @type {(box: Box, anyway?: boolean) => boolean} */
    take(box, anyway = false) {
      const free = taken.every(
        other =>
          box.right < other.left ||
          box.left > other.right ||
          box.bottom < other.top ||
          box.top > other.bottom,
      );
      if (free || anyway) taken.push(box);
      return free || anyway;
    },
  };
}
