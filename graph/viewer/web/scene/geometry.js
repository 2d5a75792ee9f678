// Where lines run and what is near a point, in the coordinates of the drawing.

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

// Points along a line, as the graphics card draws it.
export function pointsOf({ bend }, from, to) {
  if (from === to) return around(from, bend);
  if (!bend) return [from, to];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const middle = {
    x: (from.x + to.x) / 2 + 2 * bend * dy,
    y: (from.y + to.y) / 2 - 2 * bend * dx,
  };
  return spread(8, t => ({
    x: (1 - t) ** 2 * from.x + 2 * t * (1 - t) * middle.x + t ** 2 * to.x,
    y: (1 - t) ** 2 * from.y + 2 * t * (1 - t) * middle.y + t ** 2 * to.y,
  }));
}

function around({ x, y, size }, bend) {
  const radius = 0.8 * size + 5 * bend;
  return spread(16, t => ({
    x: x + radius * Math.sin(2 * Math.PI * t),
    y: y - radius + radius * Math.cos(2 * Math.PI * t),
  }));
}

function spread(count, point) {
  return Array.from({ length: count + 1 }, (_, index) => point(index / count));
}

export function distance({ x, y }, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
}

// Whether a line can come within reach of a point at all; a curve stays near its ends' box.
export function mayTouch({ bend }, from, to, { x, y }, reach) {
  const room =
    reach +
    (from === to
      ? 1.6 * from.size + 10 * bend
      : Math.abs(bend) * (Math.abs(to.x - from.x) + Math.abs(to.y - from.y)));
  return (
    x >= Math.min(from.x, to.x) - room &&
    x <= Math.max(from.x, to.x) + room &&
    y >= Math.min(from.y, to.y) - room &&
    y <= Math.max(from.y, to.y) + room
  );
}
