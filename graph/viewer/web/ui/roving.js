// One stop for Tab in a group of buttons; arrows, Home and End go from one to the next.

/** @type {Record<string, number>} */
const MOVES = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

// Where an arrow leads among what stands in a row: it follows what is seen, also from right to left.
/** @type {(place: Element, key: string) => number | undefined} */
export function moveOf(place, key) {
  const across = key === 'ArrowRight' || key === 'ArrowLeft';
  return across && getComputedStyle(place).direction === 'rtl' ? -MOVES[key] : MOVES[key];
}

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
    const move = moveOf(place, event.key);
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

// Makes the buttons of a table one stop of Tab: arrows to the right and left go along a row, up and down
// to the next button of a cell or the nearest one in the next row that has any; Home and End to the ends of a row,
// with Ctrl to those of the table.
//   more: called at the last row, to bring further ones if there are any
/** @type {(table: HTMLTableElement, selector: string, more?: () => void) => void} */
export function crossing(table, selector, more = () => {}) {
  table.addEventListener('keydown', event => {
    const item = /** @type {HTMLElement} */ (event.target).closest(selector);
    if (!item || event.metaKey || event.altKey) return;
    const go = () => crossed(table, selector, /** @type {HTMLElement} */ (item), event);
    let next = go();
    if (event.key === 'ArrowDown' && !next) {
      more();
      next = go();
    }
    if (next === undefined) return;
    event.preventDefault();
    next?.focus();
  });
  table.addEventListener('focusin', event => {
    const item = /** @type {HTMLElement} */ (event.target).closest(selector);
    if (item) stop(table, selector, /** @type {HTMLElement} */ (item));
  });
}

/** @type {(item: HTMLElement) => HTMLTableCellElement} */
const cellOf = item => /** @type {HTMLTableCellElement} */ (item.closest('td, th'));

// Where a key leads from a button of a table: null where there is nothing, undefined for another key.
/** @type {(table: HTMLTableElement, selector: string, item: HTMLElement, event: KeyboardEvent) => HTMLElement | null | undefined} */
function crossed(table, selector, item, { key, ctrlKey }) {
  const cell = cellOf(item);
  const row = /** @type {HTMLTableRowElement} */ (cell.parentElement);
  const ends = within(ctrlKey ? table : row, selector);
  if (key === 'Home' || key === 'End') return ends.at(key === 'Home' ? 0 : -1);
  const step = moveOf(table, key);
  if (!step || ctrlKey) return undefined;
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const rest = ends.filter(one => step * (cellOf(one).cellIndex - cell.cellIndex) > 0);
    const next = rest.at(step > 0 ? 0 : -1);
    return next ? within(cellOf(next), selector)[0] : null;
  }
  const own = within(cell, selector);
  return own[own.indexOf(item) + step] ?? inNextRow(table, selector, cell, row, step);
}

/** @type {(table: HTMLTableElement, selector: string, cell: HTMLTableCellElement, row: HTMLTableRowElement, step: number) => HTMLElement | null} */
function inNextRow(table, selector, cell, row, step) {
  for (let at = row.rowIndex + step; table.rows[at]; at += step) {
    const found = within(table.rows[at], selector);
    /** @type {(one: HTMLElement) => number} */
    const far = one => Math.abs(cellOf(one).cellIndex - cell.cellIndex);
    const nearest = Math.min(...found.map(far));
    const best = found.filter(one => far(one) === nearest);
    if (best.length) return best[step > 0 ? 0 : best.length - 1];
  }
  return null;
}
