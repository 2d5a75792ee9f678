// What is computed once for a case, when it is first asked for.

/** @type {WeakMap<object, Map<string, any>>} */
const kept = new WeakMap();

// What a function makes of something, made once for each name and something.
/**
 * @template T
 * @param {object} of
 * @param {string} name
 * @param {() => T} make
 * @returns {T}
 */
export function once(of, name, make) {
  const made = kept.get(of) ?? new Map();
  kept.set(of, made);
  if (!made.has(name)) made.set(name, make());
  return made.get(name);
}

// Records by each of their keys, in their order.
/**
 * @template T
 * @param {Iterable<T>} records
 * @param {(record: T) => Iterable<string | undefined>} keysOf
 */
export function grouped(records, keysOf) {
  /** @type {Map<string, T[]>} */
  const found = new Map();
  for (const record of records) {
    for (const key of new Set(keysOf(record))) {
      if (key === undefined) continue;
      const listed = found.get(key);
      if (listed) listed.push(record);
      else found.set(key, [record]);
    }
  }
  return found;
}
