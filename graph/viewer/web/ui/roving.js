// One stop for Tab in a group of buttons; arrows, Home and End go from one to the next.

const MOVES = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

// Listens for keys within a place; its buttons are those that fit a selector when a key is pressed.
//   more: called when an arrow goes beyond the last, to bring further ones if there are any
export function roving(place, selector, more = () => {}) {
  place.addEventListener('keydown', event => {
    const item = event.target.closest(selector);
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    let items = [...place.querySelectorAll(selector)];
    const move = MOVES[event.key];
    let next = { Home: 0, End: items.length - 1 }[event.key] ?? (move && items.indexOf(item) + move);
    if (next === undefined) return;
    if (next >= items.length) {
      more();
      items = [...place.querySelectorAll(selector)];
    }
    next = Math.min(items.length - 1, Math.max(0, next));
    event.preventDefault();
    items[next].focus();
  });
  place.addEventListener('focusin', event => {
    const item = event.target.closest(selector);
    if (item) stop(place, selector, item);
  });
}

// Makes one of the buttons the stop, or the first.
export function stop(place, selector, item = place.querySelector(selector)) {
  for (const other of place.querySelectorAll(`${selector}[tabindex="0"]`)) other.tabIndex = -1;
  if (item) item.tabIndex = 0;
}
