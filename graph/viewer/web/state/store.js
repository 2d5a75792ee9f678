// Holds what is looked at, and tells whoever listens what of it has become another.

/** @typedef {(state: State, keys: string[], how?: How) => void} Listener */

/** @type {(first: State) => { get(): State; set(change: Partial<State>, how?: How): string[]; listen(told: Listener): void }} */
export function createStore(first) {
  let state = first;
  /** @type {Listener[]} */
  const listeners = [];

  return {
    get: () => state,

    // Changes some of it, and returns the keys of what is another now.
    set(change, how) {
      const keys = Object.keys(change).filter(key => state[key] !== change[key]);
      if (keys.length) state = { ...state, ...change };
      for (const tell of listeners) tell(state, keys, how);
      return keys;
    },

    listen(told) {
      listeners.push(told);
    },
  };
}
