// Which views one can go back to: a step is kept by itself, and all else overwrites the last one; what
// changes little by little, as while a slider is drawn, once it rests.

const REST = 200; // Milliseconds.

// put: writes a fragment into the address, as a new entry if so told
/** @type {(put: (fragment: string, step: boolean) => void, later?: (action: () => void, rest: number) => any, never?: (timer: any) => void) => { tell(fragment: string, how: How): void; at(fragment: string): void }} */
export function createHistory(put, later = setTimeout, never = clearTimeout) {
  /** @type {string | undefined} */
  let written;
  /** @type {any} */
  let waiting;

  /** @type {(fragment: string, step: boolean) => void} */
  function write(fragment, step) {
    never(waiting);
    waiting = undefined;
    if (fragment === written) return;
    written = fragment;
    put(fragment, step);
  }

  return {
    // Tells what is looked at now.
    tell(fragment, how) {
      never(waiting);
      if (how !== 'along') write(fragment, how === 'step');
      else waiting = later(() => write(fragment, false), REST);
    },

    // What is looked at as the address has it, or is to have it at once.
    at(fragment) {
      never(waiting);
      written = fragment;
      put(fragment, false);
    },
  };
}
