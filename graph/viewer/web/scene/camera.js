// Which part of the drawing is seen.

// Room for names and for what stands over the drawing, in pixels, but no more than a share of it.
const ROOM = { left: 30, right: 30, top: 16, bottom: 44 };
const SHARE = 0.12;
const MOST = 0.2; // What stands over a frame keeps nodes out of so much of its height at most.
const CLOSEST = { all: 1.2, some: 1 };
const UPRIGHT = 1.2; // A frame so much higher than wide has the drawing turned.

// Whether a frame shows more of the drawing, which is wider than high, with x and y exchanged.
/** @type {(frame: { width: number; height: number }) => boolean} */
export const isUpright = ({ width, height }) => height > UPRIGHT * width;

// With x and y exchanged; what is exchanged twice is as it was.
/** @type {<T extends Point>(point: T) => T} */
export const swapped = point => ({ ...point, x: point.y, y: point.x });

/** @type {(nodes: Iterable<Round>) => Box} */
export function boundsOf(nodes) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y, size } of nodes) {
    box.left = Math.min(box.left, x - size);
    box.right = Math.max(box.right, x + size);
    box.top = Math.min(box.top, y - size);
    box.bottom = Math.max(box.bottom, y + size);
  }
  return box;
}

// What is seen in a frame that holds some nodes and has room for names around them; null for no node, and for a frame that is not there.
//   some: whether they are a part of what is drawn
//   taken: what stands over the frame, in pixels; nodes keep clear of what stands at its lower edge
/** @type {(nodes: Iterable<Round>, frame: { width: number; height: number }, some?: boolean, taken?: Box[]) => Camera | null} */
export function fitted(nodes, { width, height }, some = false, taken = []) {
  const box = boundsOf(nodes);
  if (box.left > box.right || !width || !height) return null;
  const [left, right] = [ROOM.left, ROOM.right].map(room => Math.min(room, SHARE * width));
  const top = Math.min(ROOM.top, SHARE * height);
  const below = taken.filter(one => one.top > height / 2 && one.bottom <= height).map(one => height - one.top);
  const bottom = Math.max(Math.min(ROOM.bottom, SHARE * height), Math.min(MOST * height, Math.max(0, ...below)));
  const scale = Math.min(
    some ? CLOSEST.some : CLOSEST.all,
    (width - left - right) / (box.right - box.left || 1),
    (height - top - bottom) / (box.bottom - box.top || 1),
  );
  return {
    x: (box.left + box.right) / 2 + (right - left) / 2 / scale,
    y: (box.top + box.bottom) / 2 + (bottom - top) / 2 / scale,
    scale,
    width,
    height,
  };
}

// Where a place of the drawing is on the screen.
/** @type {(point: Point, view: Camera) => Point} */
export function onScreen({ x, y }, view) {
  return {
    x: (x - view.x) * view.scale + view.width / 2,
    y: (y - view.y) * view.scale + view.height / 2,
  };
}
