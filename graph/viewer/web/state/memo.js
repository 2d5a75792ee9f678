// What follows from something is computed anew only if that is another.

// A function that remembers its last answer: `inputs` lists what the answer depends on.
/**
 * @template T
 * @param {(...given: any[]) => readonly unknown[]} inputs
 * @param {(...given: any[]) => T} make
 * @returns {(...given: any[]) => T}
 */
export function memo(inputs, make) {
  /** @type {readonly unknown[] | undefined} */
  let last;
  /** @type {T} */
  let made;
  return (...given) => {
    const now = inputs(...given);
    if (last === undefined || now.some((one, i) => one !== last?.[i])) {
      made = make(...given);
      last = now;
    }
    return made;
  };
}
