// Made networks as a renderer gets them, and chance that is the same each time.

/** @type {(seed: number) => () => number} */
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

// So many nodes, with so many lines of which each has an end in one of the first few.
/** @type {(count: number, lines: number, next: () => number, spread?: number) => { nodes: any[]; edges: any[] }} */
export function net(count, lines, next, spread = 900) {
  const below = most => Math.floor(next() * most);
  const edges = Array.from({ length: lines }, (_, i) => ({
    id: `e${i}`, from: `n${Math.floor(count * next() ** 4)}`, to: `n${below(count)}`, bend: below(3) * 0.14 || 0, width: 2,
    dashes: [], arrow: true, opacity: 1, label: '', title: '',
  }));
  for (const edge of edges) if (edge.from === edge.to) edge.bend = 1;
  const nodes = Array.from({ length: count }, (_, i) => {
    const id = `n${i}`;
    const weight = edges.filter(({ from, to }) => from === id || to === id).length;
    // Those with most lines stand in the thick of it.
    const reach = spread / (1 + weight / 6);
    return {
      id, x: reach * (next() - 0.5) * 1.5, y: reach * (next() - 0.5), size: 6 + 2.4 * Math.sqrt(weight), weight, shape: 'dot', opacity: 1,
      label: ['Name', 'A longer name', 'Such a long name\nin two lines'][below(3)] + ` ${i}`, stressed: false, halo: '', title: '',
    };
  });
  return { nodes, edges };
}
