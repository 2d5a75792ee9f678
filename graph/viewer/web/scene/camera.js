// Which part of the drawing is seen.

// Room for names and for what stands over the drawing, in pixels, but no more than a share of it.
const ROOM = { left: 30, right: 30, top: 16, bottom: 44 };
const SHARE = 0.12;
const CLOSEST = { all: 1.2, some: 1 };

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
/** @type {(nodes: Iterable<Round>, frame: { width: number; height: number }, some?: boolean) => Camera | null} */
export function fitted(nodes, { width, height }, some = false) {
  const box = boundsOf(nodes);
  if (box.left > box.right || !width || !height) return null;
  const [left, right] = [ROOM.left, ROOM.right].map(room => Math.min(room, SHARE * width));
  const [top, bottom] = [ROOM.top, ROOM.bottom].map(room => Math.min(room, SHARE * height));
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
