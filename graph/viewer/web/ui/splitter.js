// A bar between two panes, by which one of them gets more room: with the pointer, or with arrows, Home
// and End.

const STEP = 24; // Pixels.

//   bar: between the panes; pane: the one below it
//   limits: least and greatest height; set: is told the height that is wanted
/** @type {(bar: HTMLElement, pane: HTMLElement, limits: () => [number, number], set: (height: number) => void) => void} */
export function splitter(bar, pane, limits, set) {
  /** @type {(height: number) => void} */
  const wanted = height => {
    const [least, most] = limits();
    set(Math.round(Math.min(most, Math.max(least, height))));
  };

  bar.addEventListener('pointerdown', event => {
    event.preventDefault();
    bar.focus();
    bar.setPointerCapture(event.pointerId);
    const whole = event.clientY + pane.offsetHeight;
    const ended = new AbortController();
    /** @type {any} */
    const options = { signal: ended.signal };
    bar.addEventListener('pointermove', ({ clientY }) => wanted(whole - clientY), options);
    for (const name of ['pointerup', 'pointercancel']) bar.addEventListener(name, () => ended.abort(), options);
  });

  bar.addEventListener('keydown', event => {
    const height = pane.offsetHeight;
    const [least, most] = limits();
    /** @type {Record<string, number>} */
    const heights = { ArrowUp: height + STEP, ArrowDown: height - STEP, Home: least, End: most };
    if (heights[event.key] === undefined) return;
    event.preventDefault();
    wanted(heights[event.key]);
  });
}

// Tells those who listen how high the pane is.
/** @type {(bar: HTMLElement, pane: HTMLElement, limits: () => [number, number]) => void} */
export function measured(bar, pane, limits) {
  const [least, most] = limits();
  for (const [name, value] of Object.entries({ valuemin: least, valuemax: most, valuenow: pane.offsetHeight })) {
    bar.setAttribute(`aria-${name}`, String(Math.round(value)));
  }
}
