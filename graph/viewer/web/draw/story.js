// A storyline as SVG. Colours are variables of CSS, so it turns dark with the page.
import { DIGIT, HEAD, SIZE } from '../scene/lanes.js';
import { make } from './svg.js';

const CORE = 0.4; // Opacity of what is certain,
const POSSIBLE = 0.16; // and of what is possible.
const FAINT = 0.05;
const FADE = 14; // Pixels over which an end that is not told fades.
const TONES = [0.36, 0.2]; // Of the stages of an agreement, in turns.

/** @type {(name: string) => string} */
const ink = name => `var(--${name})`;

// The root, the group of each bar by its id, and those of arrows in their order; what is under the bars comes first.
/** @type {(items: StoryItems, title: string, titleOf: (of: StoryArrow | Turn) => string) => { root: SVGElement; bars: Map<Id, SVGElement>; arrows: SVGElement[] }} */
export function story(items, title, titleOf) {
  const { width, height } = items;
  const root = make('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': title, 'font-size': SIZE });
  root.append(fades(items), ...ground(items));
  const bars = new Map(items.bars.map(item => [item.id, barOf(item, titleOf)]));
  root.append(...bars.values());
  const arrows = items.arrows.map(({ arrow, line, head, at, style }) => {
    const group = make('g', { class: 'arrow', 'data-of': arrow.id, opacity: style.opacity });
    group.append(
      make('path', { class: 'under', d: line, fill: 'none', stroke: ink('page'), 'stroke-width': 4, 'stroke-opacity': 0.7 }),
      make('path', { d: line, fill: 'none', stroke: ink('ink'), 'stroke-width': 1.2, 'stroke-dasharray': style.dashes.join(' ') }),
      make('path', { d: head, fill: ink('ink') }),
      make('text', { x: at.x + 4, y: at.y, 'font-size': SIZE - 1, fill: ink('ink'), stroke: ink('page'), 'stroke-width': 3, 'paint-order': 'stroke' }, arrow.words),
      make('title', {}, titleOf(arrow)),
    );
    return group;
  });
  root.append(...arrows);
  return { root, bars, arrows };
}

// Months, lanes with their names, and the stretches between agreements.
/** @type {(items: StoryItems) => SVGElement[]} */
function ground({ width, height, left, head, lanes, marks, bands }) {
  const found = bands.map(({ x, width: wide, even }) => make('rect', { x, y: HEAD, width: wide, height: height - HEAD, fill: ink('ink'), 'fill-opacity': even ? 0 : FAINT }));
  for (const { x, name, full } of bands) {
    found.push(make('path', { d: `M${x} ${HEAD}V${height}`, stroke: ink('muted'), 'stroke-width': 1, 'stroke-dasharray': '1 3' }));
    found.push(make('text', { x: x + 3, y: HEAD + SIZE, fill: ink('muted'), 'font-style': 'italic' }, name, make('title', {}, full)));
  }
  found.push(make('rect', { class: 'head', x: 0, y: 0, width, height: head, fill: ink('page'), 'fill-opacity': 0 }));
  for (const { x, text, year } of marks) {
    found.push(make('path', { d: `M${x} 0V${height}`, stroke: ink(year ? 'muted' : 'line'), 'stroke-width': 1, 'stroke-opacity': year ? 0.6 : 1 }));
    found.push(make('text', { x: x + 3, y: 12, fill: ink(year ? 'ink' : 'muted'), 'font-weight': year ? 600 : 400 }, text));
  }
  for (const { y, words, colour } of lanes) {
    found.push(make('path', { d: `M0 ${y}H${width}`, stroke: ink('line'), 'stroke-width': 1 }));
    found.push(make('rect', { x: 0, y: y + 5, width: 3, height: 12, fill: ink(colour) }));
    const said = words.slice(0, 1).toUpperCase() + words.slice(1);
    const lines = left ? broken(said, 15) : [said];
    lines.forEach((text, i) => found.push(make('text', { x: 8, y: y + 15 + 13 * i, fill: ink('ink'), 'font-weight': 600 }, text)));
  }
  return found;
}

/** @type {(words: string, letters: number) => string[]} */
function broken(words, letters) {
  const found = [''];
  for (const word of words.split(' ')) {
    const longer = `${found[found.length - 1]} ${word}`.trim();
    if (longer.length <= letters || !found[found.length - 1]) found[found.length - 1] = longer;
    else found.push(word);
  }
  return found;
}

// Fillings that fade towards an end that is not told.
/** @type {(items: StoryItems) => SVGElement} */
function fades({ bars }) {
  const found = make('defs');
  for (const colour of new Set(bars.map(bar => bar.colour))) {
    for (const [side, [x1, x2]] of Object.entries({ begin: [1, 0], end: [0, 1] })) {
      const stop = { 'stop-color': ink(colour) };
      found.append(make('linearGradient', { id: `fade-${side}-${colour}`, x1, x2 },
        make('stop', { ...stop, offset: 0, 'stop-opacity': CORE }), make('stop', { ...stop, offset: 1, 'stop-opacity': 0 })));
    }
  }
  return found;
}

/** @type {(item: BarItem, titleOf: (of: Turn) => string) => SVGElement} */
function barOf(item, titleOf) {
  const { x, y, width, height, colour, style, core, cuts, ticks } = item;
  const group = make('g', { class: 'bar', 'data-bar': item.id });
  const box = { x, y, width, height, rx: 2 };
  if (style.band) group.append(make('rect', { ...box, x: x - 2, y: y - 1, width: width + 4, height: height + 2, fill: ink('band') }));
  group.append(make('rect', { ...box, fill: ink('page') }), make('rect', { ...box, ...filling(item) }));
  if (core && !cuts.length) group.append(make('rect', { ...box, x: core[0], width: Math.max(2, core[1] - core[0]), fill: ink(colour), 'fill-opacity': CORE * style.opacity }));
  cuts.forEach((cut, i) => group.append(stage(cut, item, TONES[i % 2], titleOf)));
  group.append(make('path', { class: 'frame', d: outline(item), fill: 'none', stroke: ink(colour), 'stroke-width': style.dashes.length ? 1.2 : 1, 'stroke-dasharray': style.dashes.map(one => Math.max(1.5, one / 2)).join(' ') }));
  for (const { x: at, turn } of ticks) {
    const dashes = turn.statement.status === 'accepted' ? '' : '2 1.5';
    group.append(make('path', { d: `M${at} ${y - 1}V${y + height + 1}`, stroke: ink('ink'), 'stroke-width': 2.5, 'stroke-dasharray': dashes }, make('title', {}, titleOf(turn))));
  }
  group.append(make('text', {
    x: item.text.x, y: y + height / 2 + SIZE * 0.35, 'text-anchor': item.text.anchor, fill: ink('ink'),
    stroke: ink('page'), 'stroke-width': 2.5, 'stroke-opacity': 0.75, 'paint-order': 'stroke', 'font-style': style.dashes.length ? 'italic' : '',
  }, item.name));
  group.append(...item.numbers.map(one => numeral(one, item, titleOf)));
  return group;
}

/** @type {(item: BarItem) => Record<string, any>} */
function filling({ open: [begin, end], colour, width, style }) {
  if (begin !== end && width <= 4 * FADE) return { fill: `url(#fade-${begin ? 'begin' : 'end'}-${colour})`, opacity: style.opacity };
  return { fill: ink(colour), 'fill-opacity': POSSIBLE * style.opacity };
}

// The number of a kind, which the legend tells.
/** @type {(one: BarItem['numbers'][number], item: BarItem, titleOf: (of: Turn) => string) => SVGElement} */
function numeral({ x, width, number, turn }, { y, height }, titleOf) {
  const high = Math.min(height, 12);
  return make('g', { class: 'numeral' },
    make('rect', { x, y: y + (height - high) / 2, width, height: high, rx: 3, fill: ink('page'), stroke: ink('muted'), 'stroke-width': 0.75 }),
    make('text', { x: x + width / 2, y: y + height / 2 + DIGIT * 0.36, 'text-anchor': 'middle', 'font-size': DIGIT, 'font-weight': 600, fill: ink('ink') }, String(number)),
    make('title', {}, titleOf(turn)));
}

/** @type {(cut: BarItem['cuts'][number], item: BarItem, tone: number, titleOf: (of: Turn) => string) => SVGElement} */
function stage({ x, width, turn }, { y, height, colour }, tone, titleOf) {
  const sure = turn.statement.status === 'accepted';
  return make('g', {},
    make('rect', { x, y, width, height, fill: ink(colour), 'fill-opacity': sure ? tone : tone / 2 }),
    make('path', { d: `M${x} ${y}V${y + height}`, stroke: ink(colour), 'stroke-width': 2, 'stroke-dasharray': sure ? '' : '2 1.5' }),
    make('title', {}, titleOf(turn)));
}

// The edge of a bar, which is open where it is not told when that began or ended.
/** @type {(item: BarItem) => string} */
function outline({ x, y, width, height, open: [begin, end] }) {
  const [right, low] = [x + width, y + height];
  if (begin && end) return `M${x} ${y}H${right}M${x} ${low}H${right}`;
  if (begin) return `M${x} ${y}H${right}V${low}H${x}`;
  return end ? `M${right} ${y}H${x}V${low}H${right}` : `M${x} ${y}H${right}V${low}H${x}Z`;
}
