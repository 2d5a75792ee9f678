// A span of time that is drawn out over a storyline by hand; a tap beside it takes it away.
import { acrossTo, dayAt } from '../scene/lanes.js';
import { make } from './svg.js';

const LEAST = 4; // Pixels; whatever is shorter was a tap.

// Listens to hands over a place in which a storyline stands.
//   itemsOf: the items that stand there
//   chosen: is told of the span, FIRST/LAST, or of nothing after a tap
/** @type {(place: HTMLElement, itemsOf: () => StoryItems | undefined, chosen: (during: string) => void) => void} */
export function brushed(place, itemsOf, chosen) {
  /** @type {number | null} */
  let begun = null;
  /** @type {(event: PointerEvent) => number} */
  const across = event => event.clientX - (place.querySelector('svg')?.getBoundingClientRect().left ?? 0);
  /** @type {(event: PointerEvent) => string} */
  const span = event => {
    const items = /** @type {StoryItems} */ (itemsOf());
    return [begun ?? 0, across(event)].sort((a, b) => a - b).map(x => dayAt(items, x)).join('/');
  };
  place.addEventListener('pointerdown', event => {
    const target = /** @type {Element} */ (event.target);
    const free = target.closest('svg') && !target.closest('[data-bar], [data-of]');
    if (!free || event.button || !itemsOf() || (event.pointerType === 'touch' && !target.closest('.head'))) return;
    begun = across(event);
    place.setPointerCapture(event.pointerId);
  });
  place.addEventListener('pointermove', event => {
    const items = itemsOf();
    if (begun !== null && items) mark(place, items, span(event).split('/'));
  });
  place.addEventListener('pointerup', event => {
    if (begun === null) return;
    chosen(Math.abs(across(event) - begun) > LEAST ? span(event) : '');
    begun = null;
  });
  place.addEventListener('pointercancel', () => {
    if (begun !== null) place.querySelector('.brush')?.remove();
    begun = null;
  });
}

// Shows a span over the storyline, its first and last day, or none.
/** @type {(place: HTMLElement, items: StoryItems, days: Day[] | null) => void} */
export function mark(place, items, days) {
  place.querySelector('.brush')?.remove();
  if (!days) return;
  const [from, to] = days.map(day => acrossTo(items, day));
  const box = { y: 0, height: items.height, fill: 'var(--focus)' };
  place.querySelector('svg')?.append(make('g', { class: 'brush', 'pointer-events': 'none' },
    make('rect', { ...box, x: from, width: Math.max(1, to - from), 'fill-opacity': 0.1 }),
    make('rect', { ...box, x: from - 1, width: 2 }),
    make('rect', { ...box, x: to - 1, width: 2 })));
}
