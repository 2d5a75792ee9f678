// The drawn items as SVG and as PNG, whatever renderer is in use.

const SPACE = 'http://www.w3.org/2000/svg';
const FONT = 'system-ui, "Noto Sans", "Noto Naskh Arabic", sans-serif';
const MARGIN = 40;
const FOOT = 40;
const FULL_SIZE = 15; // Pixels that a name has at most, and at least to be there at all.
const SMALLEST = 6;

function make(name, attributes = {}, ...children) {
  const element = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== '') element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

// Draws nodes and edges, as a renderer gets them, into one svg element.
//   view: what part is wanted, as a renderer's view() gives it; all for undefined
//   key: styles of statuses by name, for a line of legend at the foot
export function draw({ nodes, edges }, { theme, title, view, key }) {
  const places = new Map(nodes.map(node => [node.id, node]));
  const box = view ? seen(view) : bounds(nodes);
  const root = make('svg', {
    xmlns: SPACE,
    viewBox: [box.x, box.y, box.width, box.height].map(n => n.toFixed(1)).join(' '),
    width: Math.round(view?.width ?? box.width),
    height: Math.round(view?.height ?? box.height),
    role: 'img',
    'font-family': FONT,
  });
  root.append(make('title', {}, title));
  root.append(make('rect', { ...box, fill: theme.page }));
  for (const edge of edges) root.append(...line(edge, places));
  const scale = view?.scale ?? 1;
  for (const node of nodes) root.append(...mark(node, theme, scale));
  root.append(foot(box, { theme, title, key, size: Math.min(view ? 1 / scale : Infinity, box.width / footWidth(title, key)) }));
  return root;
}

function footWidth(title, key) {
  const keys = Object.values(key).reduce((sum, { label }) => sum + 52 + 7 * label.length, 8);
  return Math.max(16 + 6.6 * title.length, keys);
}

// What the picture shows and how to read its lines, so that it can stand by itself.
function foot(box, { theme, title, key, size }) {
  const group = make('g', { transform: `translate(${at({ x: box.x, y: box.y + box.height })}) scale(${size.toFixed(3)})` });
  group.append(make('rect', { x: 0, y: -FOOT, width: (box.width / size).toFixed(0), height: FOOT, fill: theme.page }));
  group.append(written(8, -24, title, theme.ink));
  let left = 8;
  for (const { label, dashes, width, opacity, band } of Object.values(key)) {
    const path = { d: `M${left} -10h30`, 'stroke-width': width };
    if (band) group.append(make('path', { ...path, stroke: theme.band, 'stroke-width': 9 }));
    group.append(make('path', { ...path, stroke: theme.ink, 'stroke-opacity': opacity, 'stroke-dasharray': dashes.join(' ') }));
    group.append(written(left + 35, -6, label, theme.ink));
    left += 52 + 7 * label.length;
  }
  return group;
}

function written(x, y, text, fill) {
  return make('text', { x, y, 'font-size': 12, fill }, text);
}

function seen({ x, y, scale, width, height }) {
  const [across, down] = [width / scale, height / scale];
  return { x: x - across / 2, y: y - down / 2, width: across, height: down };
}

function bounds(nodes) {
  if (!nodes.length) return { x: 0, y: 0, width: 200, height: 100 };
  const xs = nodes.map(node => node.x);
  const ys = nodes.map(node => node.y);
  const [left, top] = [Math.min(...xs) - 2 * MARGIN, Math.min(...ys) - MARGIN];
  return {
    x: left,
    y: top,
    width: Math.max(...xs) + 2 * MARGIN - left,
    height: Math.max(...ys) + 3 * MARGIN - top,
  };
}

// --- Lines ---------------------------------------------------------------------------------

function line(edge, places) {
  const [from, to] = [places.get(edge.from), places.get(edge.to)];
  if (!from || !to) return [];
  const shape = from === to ? loop(from, edge.bend) : curve(from, to, edge.bend);
  const common = { d: shape.path, fill: 'none' };
  const found = [];
  if (edge.halo) found.push(make('path', { ...common, stroke: edge.halo, 'stroke-width': edge.width + 6, 'stroke-opacity': 0.35 }));
  if (edge.band) found.push(make('path', { ...common, stroke: edge.band, 'stroke-width': 9, 'stroke-opacity': edge.opacity }));
  found.push(
    make('path', {
      ...common,
      stroke: edge.colour,
      'stroke-width': edge.width,
      'stroke-opacity': edge.opacity,
      'stroke-dasharray': edge.dashes.join(' '),
    }, make('title', {}, edge.title)),
  );
  if (edge.arrow) found.push(arrow(shape, edge));
  if (edge.label) found.push(words(shape.middle.x, shape.middle.y, edge.label, 11, edge.colour));
  return found;
}

// A curve whose middle stands off by a share of its length, from rim to rim.
function curve(from, to, bend) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const control = {
    x: (from.x + to.x) / 2 + 2 * bend * dy,
    y: (from.y + to.y) / 2 - 2 * bend * dx,
  };
  const start = towards(from, control, from.size);
  const tip = towards(to, control, to.size + 1);
  const middle = {
    x: (start.x + 2 * control.x + tip.x) / 4,
    y: (start.y + 2 * control.y + tip.y) / 4,
  };
  const path = `M${at(start)}Q${at(control)} ${at(tip)}`;
  return { path, tip, angle: Math.atan2(tip.y - control.y, tip.x - control.x), middle };
}

function loop({ x, y, size }, turn) {
  const r = 10 + 6 * turn;
  const path = `M${at({ x, y: y - size })}a${r} ${r} 0 1 1 1 ${-0.1}`;
  return { path, tip: { x: x + 1, y: y - size }, angle: Math.PI / 2, middle: { x, y: y - size - 2 * r } };
}

function towards(from, to, distance) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const share = distance / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

function at({ x, y }) {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

function arrow({ tip, angle }, edge) {
  const size = 5 + edge.width;
  const corner = side => ({
    x: tip.x - size * Math.cos(angle + side),
    y: tip.y - size * Math.sin(angle + side),
  });
  const d = `M${at(tip)}L${at(corner(0.42))} ${at(corner(-0.42))}z`;
  return make('path', { d, fill: edge.colour, 'fill-opacity': edge.opacity });
}

// --- Nodes ---------------------------------------------------------------------------------

function mark(node, theme, scale) {
  const common = { fill: node.fill, stroke: node.stroke, 'stroke-width': 1.2 };
  const group = make('g', { opacity: node.opacity });
  const { x, y, size } = node;
  if (node.halo) group.append(make('circle', { cx: x, cy: y, r: size + 5, fill: 'none', stroke: node.halo, 'stroke-width': 3 }));
  group.append(
    node.shape === 'dot'
      ? make('circle', { cx: x, cy: y, r: size, ...common })
      : make('path', { d: outline(node), ...common }),
  );
  const font = Math.min(node.font, FULL_SIZE / scale);
  if (font * scale < SMALLEST) return [group];
  node.label.split('\n').forEach((text, i) => {
    group.append(words(x, y + size + font * (1 + 1.15 * i), text, font, theme.ink, theme.page));
  });
  return [group];
}

const SIDES = { square: 4, diamond: 4, triangle: 3, triangleDown: 3, hexagon: 6, star: 5 };
const TURNS = { square: Math.PI / 4, diamond: 0, triangle: 0, triangleDown: Math.PI, hexagon: Math.PI / 2, star: 0 };

function outline({ shape, x, y, size }) {
  const sides = SIDES[shape] ?? 4;
  const points = shape === 'star' ? 2 * sides : sides;
  const radius = shape === 'square' ? size * Math.SQRT2 : size * 1.15;
  const corners = Array.from({ length: points }, (_, i) => {
    const angle = (TURNS[shape] ?? 0) + (2 * Math.PI * i) / points - Math.PI / 2;
    const r = shape === 'star' && i % 2 ? radius * 0.45 : radius;
    return at({ x: x + r * Math.cos(angle), y: y + r * Math.sin(angle) });
  });
  return `M${corners.join('L')}z`;
}

function words(x, y, text, size, fill, behind = '') {
  return make('text', {
    x: x.toFixed(1),
    y: y.toFixed(1),
    'font-size': size,
    'text-anchor': 'middle',
    fill,
    stroke: behind,
    'stroke-width': behind && 3,
    'paint-order': 'stroke',
    direction: /[\u2067\u0590-\u08ff]/.test(text) ? 'rtl' : undefined,
  }, text.replace(/[\u2066-\u2069]/g, ''));
}

// --- Files ---------------------------------------------------------------------------------

// Several svg elements side by side in one.
export function beside(elements) {
  const size = name => elements.map(element => Number(element.getAttribute(name)));
  const [widths, height] = [size('width'), Math.max(...size('height'))];
  const width = widths.reduce((sum, one) => sum + one, 0);
  elements.forEach((element, i) => {
    element.setAttribute('x', widths.slice(0, i).reduce((sum, one) => sum + one, 0));
  });
  return make('svg', { xmlns: SPACE, viewBox: `0 0 ${width} ${height}`, width, height, 'font-family': FONT }, ...elements);
}

export function text(element) {
  return new XMLSerializer().serializeToString(element);
}

// The svg element as PNG, so many pixels for each of its own.
export async function png(element, scale = 2) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text(element))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Number(element.getAttribute('width')) * scale;
  canvas.height = Number(element.getAttribute('height')) * scale;
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise(resolve => canvas.toBlob(resolve, 'image/png'));
}
