// What has changed from one picture to the next.

// The ids of items that look different now; null if there are others than before, or in another
// order.
/** @type {<T extends object>(before: Map<string, T>, after: Map<string, T>) => string[] | null} */
export function changes(before, after) {
  if (before.size !== after.size) return null;
  const ids = before.keys();
  const found = [];
  for (const [id, item] of after) {
    if (ids.next().value !== id) return null;
    if (!alike(before.get(id) ?? {}, item)) found.push(id);
  }
  return found;
}

// Whether two items look the same; lists of theirs are compared by what they hold.
/** @type {(one: any, other: any) => boolean} */
export function alike(one, other) {
  if (one === other) return true;
  for (const key in other) {
    if (one[key] !== other[key] && String(one[key]) !== String(other[key])) return false;
  }
  return true;
}
