// What is lit while all else is dimmed: a node with its lines and the nodes at their other ends, or a line
// with its ends.

export const DIMMED = 0.16;

// By id of a node the ids of its lines.
/** @type {(edges: Iterable<EdgeItem>) => Map<string, EdgeItem[]>} */
export function linesByNode(edges) {
  /** @type {Map<string, EdgeItem[]>} */
  const found = new Map();
  for (const edge of edges) {
    for (const end of edge.from === edge.to ? [edge.from] : [edge.from, edge.to]) {
      const lines = found.get(end);
      if (lines) lines.push(edge);
      else found.set(end, [edge]);
    }
  }
  return found;
}

// What is lit for a node or a line by its id; null for neither.
/** @type {(id: string | null, nodes: Map<string, NodeItem>, edges: Map<string, EdgeItem>, lines: Map<string, EdgeItem[]>) => Lit | null} */
export function nearby(id, nodes, edges, lines) {
  if (id === null) return null;
  const line = edges.get(id);
  if (!line && !nodes.has(id)) return null;
  const lit = line ? [line] : lines.get(id) ?? [];
  return {
    nodes: new Set(line ? [line.from, line.to] : [id, ...lit.flatMap(({ from, to }) => [from, to])]),
    edges: new Set(lit.map(edge => edge.id)),
  };
}
