// The foot of a picture: what it shows, how to read it, and where it comes from, so that it can stand by itself.
import { make, words } from './svg.js';
import { outline } from '../scene/shapes.js';

const EDGE = 12; // Pixels on each side.
const ROW = 19;
const TYPE = { title: 15, text: 12, fact: 11 };
const LINE = 34; // Length of a line in the legend.

/** @typedef {{ title: string; caption: string[]; legend: Legend; facts: string[] }} Told */
/** @typedef {{ width: number; theme: Colours; colour: (name: string) => string; measure: Measure }} Look */
/** @typedef {{ width: number; draw: (x: number, y: number) => SVGElement[] }} Key */

// The foot, as wide as a picture.
/** @type {(told: Told, look: Look) => { element: SVGElement; height: number }} */
export function foot({ title, caption, legend, facts }, look) {
  const { width, theme, measure } = look;
  const room = width - 2 * EDGE;
  const element = make('g', {});
  let y = EDGE;
  /** @type {(text: string, size: number, fill: string, weight?: number) => void} */
  const write = (text, size, fill, weight) => {
    for (const one of wrapped(text, size * (weight ? 1.08 : 1), room, measure)) {
      element.append(words(one, { x: EDGE, y: y + size / 2, size, fill, align: 'left', weight }));
      y += size * 1.35;
    }
  };
  element.append(make('path', { d: `M0 0H${width}`, stroke: theme.muted, 'stroke-opacity': 0.5 }));
  write(title, TYPE.title, theme.ink, 600);
  for (const text of caption) write(text, TYPE.text, theme.ink);
  y += 5;
  for (const keys of [legend.statuses.map(one => status(one, look)), legend.colours.map(one => tint(one, look)), legend.kinds.map(one => kind(one, look))]) {
    y = flow(element, keys, y, room);
  }
  y += 4;
  for (const text of facts) write(text, TYPE.fact, theme.muted);
  const height = y + EDGE / 2;
  element.prepend(make('rect', { width, height, fill: theme.page })); // Over what the picture has below its frame.
  return { element, height };
}

// Puts keys beside each other into as many rows as they need; returns where the next row begins.
/** @type {(element: SVGElement, keys: Key[], top: number, room: number) => number} */
function flow(element, keys, top, room) {
  let [x, y] = [0, top];
  for (const { width, draw } of keys) {
    if (x && x + width > room) [x, y] = [0, y + ROW];
    element.append(...draw(EDGE + x, y + ROW / 2));
    x += width + 16;
  }
  return keys.length ? y + ROW : top;
}

/** @type {(label: string, wide: number, look: Look, symbol: (x: number, y: number) => SVGElement[]) => Key} */
function key(label, wide, { theme, measure }, symbol) {
  return {
    width: wide + 6 + measure(label, TYPE.text),
    draw: (x, y) => [...symbol(x, y), words(label, { x: x + wide + 6, y, size: TYPE.text, fill: theme.ink, align: 'left' })],
  };
}

/** @type {(style: StatusStyle, look: Look) => Key} */
function status({ label, dashes, width, opacity, band }, look) {
  return key(label, LINE, look, (x, y) => {
    const path = { d: `M${x} ${y}h${LINE}` };
    return [
      ...(band ? [make('path', { ...path, stroke: look.theme.band, 'stroke-width': 9 })] : []),
      make('path', { ...path, stroke: look.theme.ink, 'stroke-width': width, 'stroke-opacity': opacity, 'stroke-dasharray': dashes.join(' ') }),
    ];
  });
}

/** @type {(style: { name: string; label: string }, look: Look) => Key} */
function tint({ name, label }, look) {
  return key(label, LINE, look, (x, y) => [make('path', { d: `M${x} ${y}h${LINE}`, stroke: look.colour(name), 'stroke-width': 3 })]);
}

/** @type {(style: { name: string; label: string; shape: Shape }, look: Look) => Key} */
function kind({ name, label, shape }, look) {
  return key(label, 14, look, (x, y) => [
    make('path', { d: outline(shape, 6, { x: x + 7, y }), fill: look.colour(name), stroke: look.theme.ink, 'stroke-width': 0.9 }),
  ]);
}

// A text in lines that are no longer than there is room.
/** @type {(text: string, size: number, room: number, measure: Measure) => string[]} */
function wrapped(text, size, room, measure) {
  const found = [''];
  for (const word of text.split(/\s+/)) {
    const longer = `${found.at(-1)} ${word}`.trim();
    if (!found.at(-1) || measure(longer, size) <= room) found[found.length - 1] = longer;
    else found.push(word);
  }
  return found;
}
