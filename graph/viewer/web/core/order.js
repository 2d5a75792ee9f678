// Orders and numbers of things in words.

/** @type {(a: string | number, b: string | number) => number} */
export function order(a, b) {
  return a < b ? -1 : Number(a > b);
}

// How many of something there are: "1 event", "3 events".
/** @type {(count: number, one: string, many?: string) => string} */
export function counted(count, one, many) {
  return `${count} ${plural(count, one, many)}`;
}

/** @type {(count: number, one: string, many?: string) => string} */
export function plural(count, one, many = `${one}s`) {
  return count === 1 ? one : many;
}
