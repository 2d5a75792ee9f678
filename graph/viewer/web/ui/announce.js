// The one place from which the page speaks to those who listen to it. It is polite, and what is said in
// quick succession is said as its last word.

const REST = 300; // Milliseconds.
const SEEN = 5000; // So long what is shown too stays.

/** @type {any} */
let waiting;
/** @type {any} */
let silence;

// Says something; `seen`: shows it for a while, too.
/** @type {(text: string, seen?: boolean) => void} */
export function announce(text, seen = false) {
  clearTimeout(waiting);
  if (seen) tell(text, true);
  else waiting = setTimeout(() => tell(text, false), REST);
}

/** @type {(text: string, seen: boolean) => void} */
function tell(text, seen) {
  const place = /** @type {HTMLElement} */ (document.querySelector('#said'));
  clearTimeout(silence);
  place.textContent = text;
  place.classList.toggle('seen', seen);
  silence = setTimeout(() => {
    place.textContent = '';
    place.classList.remove('seen');
  }, SEEN);
}
