// Nodes of a drawing by sigma are dragged with the mouse.

const AFTER = 60; // So long after a node was let go, in ms, a click is the end of that.
const STILL = 3; // Pixels by which a hand that only clicks may move.

//   at: where in the drawing a point of the screen is; move: puts a node there until it is let go
//   placed: is told where it was let go
// Returns whether a click is but the end of a movement.
/** @type {(sigma: any, does: { at(point: Point): Point; move(id: string, point: Point): void; placed(id: string, x: number, y: number): void }) => () => boolean} */
export function draggable(sigma, { at, move, placed }) {
  const captor = sigma.getMouseCaptor();
  /** @type {{ id: string; from: Point; to: Point | null } | null} */
  let held = null;
  let dropped = -Infinity;

  /** @param {{ node: string; event: Point }} down */
  const down = ({ node, event: { x, y } }) => (held = { id: node, from: { x, y }, to: null });
  sigma.on('downNode', down);

  captor.on('mousemovebody', /** @param {any} event */ event => {
    if (!held) return;
    event.preventSigmaDefault();
    const far = Math.hypot(event.x - held.from.x, event.y - held.from.y);
    if (!held.to && far < STILL) return;
    held.to = at(event);
    move(held.id, held.to);
  });

  captor.on('mouseup', () => {
    const { id = '', to = null } = held ?? {};
    held = null;
    if (!to) return;
    dropped = performance.now();
    placed(id, to.x, to.y);
  });

  return () => performance.now() - dropped < AFTER;
}
