// A panel that comes from below, with three heights: shut, half and full. It is drawn by its head, or set
// by its buttons; it is not modal, so what is behind it goes on.

const HEIGHTS = ['shut', 'half', 'full'];
const FAR = 48; // So many pixels are a swipe, and fewer are none.
const STILL = 8;

// The next height in a direction.
/** @type {(height: string, direction: number) => string} */
export const next = (height, direction) => HEIGHTS[Math.min(2, Math.max(0, HEIGHTS.indexOf(height) + direction))];

//   panel: what is drawn; heads: parts of it by which it is drawn
//   height: how high it is now; set: is told how high it is to be
/** @type {(panel: HTMLElement, heads: HTMLElement[], height: () => string, set: (height: string) => void) => void} */
export function drawn(panel, heads, height, set) {
  for (const head of heads) head.addEventListener('pointerdown', event => begin(event, head));

  /** @type {(event: PointerEvent, head: HTMLElement) => void} */
  function begin(event, head) {
    if (!event.isPrimary || getComputedStyle(panel).position !== 'fixed') return;
    const [from, was] = [event.clientY, panel.clientHeight];
    let far = 0;
    const whole = new AbortController();
    /** @type {(name: 'pointermove' | 'pointerup' | 'pointercancel', action: (event: PointerEvent) => void) => void} */
    const on = (name, action) => head.addEventListener(name, action, { signal: whole.signal });

    on('pointermove', ({ clientY, pointerId }) => {
      far = clientY - from;
      if (Math.abs(far) < STILL) return;
      head.setPointerCapture(pointerId);
      panel.classList.add('drawn');
      panel.style.height = `${Math.max(head.clientHeight, was - far)}px`;
    });
    on('pointerup', () => end(true));
    on('pointercancel', () => end(false));

    /** @type {(meant: boolean) => void} */
    function end(meant) {
      whole.abort();
      panel.classList.remove('drawn');
      panel.style.height = '';
      if (meant && Math.abs(far) > FAR) set(next(height(), far < 0 ? 1 : -1));
    }
  }
}
