// Camps as SVG, large with names, or small for one of several phases. Colours are variables of CSS.
import { SIZE, course } from '../scene/camps.js';
import { outline } from '../scene/shapes.js';
import { make } from './svg.js';

const MARK = 4.2; // Size of the shape before a name,
const DOT = 2; // and of a dot where there are no names.
const ROUND = 9;
const HIGHEST = 110; // Pixels of a small one; a higher one is pressed together.

/** @typedef {{ id: Id; from: CampChip; to: CampChip; colour: string; dashes: number[]; opacity: number; width: number; title: string }} CampLine */

/** @type {(name: string) => string} */
const ink = name => `var(--${name})`;

// All with names; returns the root and the group of each name by its id.
//   words: of the button that opens a closed box of so many, or closes one
/** @type {(items: CampItems, lines: CampLine[], label: string, words: (closed: number) => string) => { root: SVGElement; chips: Map<Id, SVGElement>; strokes: [CampLine, SVGElement][] }} */
export function camps(items, lines, label, words) {
  const { width, height } = items;
  const root = make('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': label, 'font-size': SIZE });
  root.append(...items.regions.map(region => boxOf(region, words)));
  /** @type {[CampLine, SVGElement][]} */
  const strokes = lines.map(line => [line, stroke(line, 1)]);
  root.append(...strokes.map(([, made]) => made));
  const chips = new Map(items.chips.map(chip => [chip.id, chipOf(chip)]));
  root.append(...chips.values());
  return { root, chips, strokes };
}

// Small, without names, for one phase.
/** @type {(items: CampItems, lines: CampLine[], width: number) => SVGElement} */
export function small(items, lines, width) {
  const scale = width / items.width;
  const root = make('svg', { viewBox: `0 0 ${items.width} ${items.height}`, width, height: Math.min(HIGHEST, items.height * scale), preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  root.append(...items.regions.map(region => boxOf(region)));
  root.append(...lines.map(line => stroke(line, 1 / scale)));
  root.append(...items.chips.map(({ x, y }) => make('circle', { cx: x, cy: y, r: DOT / scale, fill: ink('ink') })));
  return root;
}

/** @type {(region: CampRegion, words?: (closed: number) => string) => SVGElement} */
function boxOf({ id, kind, title, x, y, width, height, closed, opened }, words) {
  const camp = kind === 'camp';
  const made = make('g', { class: `region ${kind}` }, make('rect', {
    x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1, rx: ROUND,
    fill: ink('ink'), 'fill-opacity': camp ? 0.05 : 0, stroke: ink(camp || kind === 'body' ? 'muted' : 'line'),
    'stroke-width': camp ? 1.5 : 0.8, 'stroke-dasharray': kind === 'outside' ? '3 3' : '',
  }));
  if (!words) return made;
  made.append(make('text', { x: x + 9, y: y + 15, 'font-weight': camp ? 700 : 600, fill: ink(camp ? 'ink' : 'muted') }, title));
  if (closed.length || opened) {
    const told = words(closed.length);
    made.append(make('g', { class: 'chip', 'data-more': id, tabindex: -1, role: 'button', 'aria-label': `${told}: ${title}` },
      make('rect', { class: 'under', x: x + 5, y: y + height - 22, width: 90, height: 17, rx: 3, fill: ink('page') }),
      make('text', { x: x + 9, y: y + height - 9, fill: ink('ink') }, told)));
  }
  return made;
}

/** @type {(line: CampLine, scale: number) => SVGElement} */
function stroke({ id, from, to, colour, dashes, opacity, width, title }, scale) {
  return make('path', {
    class: 'tie', ...(id ? { 'data-of': id } : {}), d: course(from, to), fill: 'none', stroke: ink(colour), 'stroke-width': width * scale,
    'stroke-opacity': opacity, 'stroke-dasharray': dashes.map(one => one * scale).join(' '),
  }, make('title', {}, title));
}

/** @type {(chip: CampChip) => SVGElement} */
function chipOf({ id, name, x, y, width, shape }) {
  return make('g', { class: 'chip', 'data-chip': id, tabindex: -1, role: 'button' },
    make('rect', { class: 'under', x: x - 7, y: y - 8, width: width + 7, height: 16, rx: 3, fill: ink('page'), 'fill-opacity': 0.72 }),
    make('path', { d: outline(/** @type {Shape} */ (shape), MARK, { x, y }), fill: ink('page'), stroke: ink('ink'), 'stroke-width': 1.2 }),
    make('text', { x: x + 8, y: y + SIZE * 0.35, fill: ink('ink') }, name));
}
