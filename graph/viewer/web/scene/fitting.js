// Names in the room that there is.

// A name of so many letters at most; what is cut says so.
/** @type {(name: string, letters: number) => string} */
export function shortened(name, letters) {
  const all = [...name];
  return all.length <= letters ? name : `${all.slice(0, Math.max(0, letters - 1)).join('').trimEnd()}…`;
}

// A name, cut until it is no longer than there is room for; something of it always stays.
/** @type {(name: string, room: number, length: (text: string) => number) => string} */
export function fitting(name, room, length) {
  let letters = [...name].length;
  while (letters > 1 && length(shortened(name, letters)) > room) letters--;
  return shortened(name, letters);
}
