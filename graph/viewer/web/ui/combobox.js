// A field with a list of what fits, by the pattern of ARIA: the keyboard stays in the field, arrows go
// through the list, Enter takes one, Escape closes the list and then empties the field.

/** @typedef {{ content: (string | Node)[]; take(): void }} Offer */

//   input, list: the field and its empty list
//   offers: what fits a text
/** @type {(input: HTMLInputElement, list: HTMLElement, offers: (text: string) => Offer[]) => void} */
export function combobox(input, list, offers) {
  /** @type {Offer[]} */
  let offered = [];
  let at = -1;

  /** @type {(place: number) => void} */
  function mark(place) {
    at = place;
    [...list.children].forEach((row, i) => row.setAttribute('aria-selected', String(i === at)));
    const row = list.children[at];
    if (row) {
      input.setAttribute('aria-activedescendant', row.id);
      row.scrollIntoView({ block: 'nearest' });
    } else {
      input.removeAttribute('aria-activedescendant');
    }
  }

  /** @type {(open: boolean) => void} */
  function show(open) {
    const some = open && offered.length > 0;
    list.hidden = !some;
    input.setAttribute('aria-expanded', String(some));
    mark(-1);
  }

  function search() {
    offered = offers(input.value);
    list.replaceChildren(...offered.map(row));
    show(true);
  }

  /** @type {(offer: Offer, place: number) => HTMLElement} */
  function row({ content }, place) {
    const made = document.createElement('li');
    made.setAttribute('role', 'option');
    made.id = `${list.id}-${place}`;
    made.append(...content);
    return made;
  }

  /** @type {(place: number) => void} */
  function take(place) {
    const offer = offered[place];
    show(false);
    offer?.take();
  }

  /** @type {(key: string) => boolean} */
  function pressed(key) {
    const move = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (move) {
      if (list.hidden && !offered.length) search();
      else if (list.hidden) show(true);
      if (offered.length) mark(at < 0 && move < 0 ? offered.length - 1 : (at + move + offered.length) % offered.length);
    } else if (key === 'Enter' && !list.hidden) {
      take(Math.max(at, 0));
    } else if (key === 'Escape' && (input.value || !list.hidden)) {
      if (list.hidden) {
        input.value = '';
        search();
      } else {
        show(false);
      }
    } else {
      return false;
    }
    return true;
  }

  input.addEventListener('input', search);
  input.addEventListener('focus', () => input.value && list.hidden && show(true));
  input.addEventListener('blur', () => show(false));
  input.addEventListener('keydown', event => {
    if (!event.isComposing && pressed(event.key)) event.preventDefault();
  });
  // What is pressed takes no focus, so the list is still there when it is let go.
  list.addEventListener('pointerdown', event => event.preventDefault());
  list.addEventListener('mousedown', event => event.preventDefault());
  list.addEventListener('click', event => {
    const place = [...list.children].indexOf(/** @type {Element} */ (/** @type {Element} */ (event.target).closest('[role=option]')));
    if (place >= 0) take(place);
  });
}
