// What the mouse points at in a drawing: its words beside the pointer, and its lines and neighbours lit.

const PAUSE = 60; // Milliseconds that it must rest.
const OFF = 14; // Pixels from the pointer to the words.

// Watches a drawing. A finger does not point: it touches.
//   at: what is at a point, in pixels from the corner, or null
//   words: what to say of it
//   hover: told of what is pointed at, by its id, or null
/** @type {(stage: HTMLElement, what: { at(point: Point): string | null; words(id: string): string; hover(id: string | null): void }) => () => void} */
export function watchPointer(stage, { at, words, hover }) {
  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.hidden = true;
  stage.append(tip);
  /** @type {string | null} */
  let over = null;
  let pausing = 0;

  /** @type {(id: string | null, point: Point) => void} */
  function tell(id, { x, y }) {
    if (id !== over) hover(id);
    over = id;
    stage.style.cursor = id === null ? '' : 'pointer';
    tip.hidden = id === null;
    if (id === null) return;
    tip.textContent = words(id);
    const [left, top] = [Math.min(x + OFF, stage.clientWidth - tip.offsetWidth), y + OFF];
    const above = top + tip.offsetHeight > stage.clientHeight;
    tip.style.left = `${Math.max(0, left)}px`;
    tip.style.top = `${above ? Math.max(0, y - OFF - tip.offsetHeight) : top}px`;
  }

  /** @type {(event: PointerEvent) => void} */
  function moved(event) {
    if (event.pointerType !== 'mouse') return;
    clearTimeout(pausing);
    if (event.buttons) return;
    const { left, top } = stage.getBoundingClientRect();
    const point = { x: event.clientX - left, y: event.clientY - top };
    pausing = setTimeout(() => tell(at(point), point), PAUSE);
  }

  function gone() {
    clearTimeout(pausing);
    tell(null, { x: 0, y: 0 });
  }

  stage.addEventListener('pointermove', moved);
  stage.addEventListener('pointerdown', gone);
  stage.addEventListener('pointerleave', gone);
  return () => {
    clearTimeout(pausing);
    tip.remove();
  };
}
