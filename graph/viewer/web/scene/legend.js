// What of the legend occurs in what is drawn.
import * as model from '../core/index.js';
import { colourOf } from './looks.js';

// Statuses, colours of lines and kinds of nodes, in the order of the palette.
/** @type {(data: Case, found: Found, by: string) => Legend} */
export function legend(data, found, by) {
  const drawn = [...found.keys()].map(id => data.statements.get(id));
  const statuses = new Set(drawn.map(({ status }) => status));
  const colours = new Set(drawn.map(statement => colourOf(data, statement, by)));
  const kinds = new Set([...model.ends(data, found.keys())].map(id => data.nodes.get(id).group));
  const { labels, shapes, statuses: styles } = data.styles;
  const order = Object.keys(labels); // Families are not in it: they stand by name.
  return {
    statuses: Object.keys(styles).filter(name => statuses.has(name)).map(name => styles[name]),
    colours: [...colours]
      .sort((a, b) => order.indexOf(a) - order.indexOf(b) || (a < b ? -1 : 1))
      .map(name => ({ name, label: labels[name] ?? model.word(data, name.replace(/^family-/, '')) })),
    kinds: Object.keys(shapes)
      .filter(name => kinds.has(name))
      .map(name => ({ name: `node-${name}`, shape: shapes[name], label: labels[`node-${name}`] })),
  };
}
