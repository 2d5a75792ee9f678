// What is lit while all else is dimmed: a node with its lines and the nodes at their other ends, or a line
// with its ends.
import { grouped } from '../core/kept.js';

export const DIMMED = 0.16;

// By id of a node its lines.
/** @type {(edges: Iterable<EdgeItem>) => Map<string, EdgeItem[]>} */
export const linesByNode = edges => grouped(edges, ({ from, to }) => [from, to]);

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
