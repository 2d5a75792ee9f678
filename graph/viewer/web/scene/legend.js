// What of the legend occurs in what is drawn.
import * as model from '../core/index.js';
import { say } from '../words/index.js';
import { colourOf } from './looks.js';

// The statuses of some statements, in the order of the palette.
/** @type {(data: Case, found: Iterable<Id>) => StatusStyle[]} */
export function statusesOf(data, found) {
  const statuses = new Set([...found].map(id => data.statements.get(id).status));
  return Object.entries(data.styles.statuses).flatMap(([name, style]) => (statuses.has(name) ? [style] : []));
}

// Statuses, colours of lines and kinds of nodes, in the order of the palette; what stands within a closed
// group is no node.
/** @type {(data: Case, found: Found, by: string, outline: Outline) => Legend} */
export function legend(data, found, by, { closed, stands }) {
  const drawn = [...found.keys()].map(id => data.statements.get(id));
  const colours = new Set(drawn.map(statement => colourOf(data, statement, by)));
  const ends = [...model.ends(data, found.keys())].filter(id => !stands.has(id));
  const kinds = new Set(ends.map(id => data.nodes.get(id).group));
  const { labels, shapes } = data.styles;
  const order = Object.keys(labels); // Families are not in it: they stand by name.
  return {
    statuses: statusesOf(data, found.keys()),
    colours: [...colours]
      .sort((a, b) => order.indexOf(a) - order.indexOf(b) || (a < b ? -1 : 1))
      .map(name => ({ name, label: labels[name] ?? model.word(data, name.replace(/^family-/, '')) })),
    kinds: [
      ...(closed.size ? [{ name: 'line', shape: /** @type {Shape} */ ('dot'), label: say('legend.group') }] : []),
      ...Object.keys(shapes)
        .filter(name => kinds.has(name))
        .map(name => ({ name: `node-${name}`, shape: shapes[name], label: labels[`node-${name}`] })),
    ],
  };
}
