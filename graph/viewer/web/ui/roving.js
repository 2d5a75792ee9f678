// One stop for Tab in a group of buttons; arrows, Home and End go from one to the next.

/** @type {Record<string, number>} */
const MOVES = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** @type {(place: HTMLElement, selector: string) => HTMLElement[]} */
const within = (place, selector) => [...place.querySelectorAll(/** @type {'button'} */ (selector))];

// Listens for keys within a place; its buttons are those that fit a selector when a key is pressed.
//   more: called when an arrow goes beyond the last, to bring further ones if there are any
/** @type {(place: HTMLElement, selector: string, more?: () => void) => void} */
export function roving(place, selector, more = () => {}) {
  /** @type {(event: Event) => HTMLElement | null} */
  const itemOf = event => /** @type {HTMLElement} */ (event.target).closest(selector);

  place.addEventListener('keydown', event => {
    const item = itemOf(event);
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    // In a field of text or of a day arrows and Home belong to the field.
    if (/^(date|text|search|range)$/.test(/** @type {any} */ (event.target).type)) return;
    let items = within(place, selector).filter(shown);
    const move = MOVES[event.key];
    let next = { Home: 0, End: items.length - 1 }[event.key] ?? (move && items.indexOf(item) + move);
    if (next === undefined) return;
    if (next >= items.length) {
      more();
      items = within(place, selector).filter(shown);
    }
    next = Math.min(items.length - 1, Math.max(0, next));
    event.preventDefault();
    items[next].focus();
  });
  place.addEventListener('focusin', event => {
    const item = itemOf(event);
    if (item) stop(place, selector, item);
  });
}

/** @type {(item: HTMLElement) => boolean} */
const shown = item => item.getClientRects().length > 0 && !(/** @type {any} */ (item).disabled);

// Makes one of the buttons the stop, or the first.
/** @type {(place: HTMLElement, selector: string, item?: HTMLElement | null) => void} */
export function stop(place, selector, item = within(place, selector)[0]) {
  for (const other of within(place, selector)) {
    if (other !== item && other.tabIndex === 0) other.tabIndex = -1;
  }
  if (item) item.tabIndex = 0;
}

// Makes a group of buttons one stop.
/** @type {<T extends HTMLElement>(place: T, selector?: string) => T} */
export function gathered(place, selector = 'button') {
  roving(place, selector);
  stop(place, selector);
  return place;
}
