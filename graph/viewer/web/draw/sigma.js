// Draws with sigma.js on the graphics card, for networks that are too large for vis.js. See
// ../../README.md for what a renderer has to do.
import { changes } from '../scene/changes.js';
import { boundsOf, distance, mayTouch, pointsOf } from '../scene/geometry.js';
import { rooms } from '../scene/rooms.js';
import { lazySigma } from './sigma-lazy.js';
import * as programs from './sigma-programs.js';

const SLOW = 40; // A picture that takes longer, in ms, is moved as it is and drawn anew at rest.
const REST = [140, 1200]; // So long hands must rest before, in ms: longer for slower pictures.
const FEW = 200; // So many changed items are drawn anew one by one.
const NEAR = 7; // So close to a line, in pixels, a click means it.
const CLOSEST = 1.2;
const ROOM = 36; // For names at the edge, in pixels.
const LOWER = 12; // Names stand below their nodes.
const SMALLEST_NAME = 11;
const LARGEST_NAME = 22;
const LABELS_AT_MOST = 400;
const LAYERS = ['edges', 'edgeLabels', 'nodes', 'labels', 'hovers', 'hoverNodes'];

const SETTINGS = {
  allowInvalidContainer: true,
  defaultDrawNodeHover: () => {},
  defaultNodeType: 'shape',
  defaultEdgeType: 'straight',
  enableEdgeEvents: false, // A second picture of all lines would be drawn each time for this.
  itemSizesReference: 'positions',
  labelGridCellSize: 130,
  labelRenderedSizeThreshold: 0,
  renderEdgeLabels: false,
  stagePadding: 0,
  zIndex: true,
  zoomingRatio: 1.4,
  zoomDuration: 150,
  zoomToSizeRatioFunction: ratio => ratio,
};

function hasWebGL() {
  if (typeof WebGL2RenderingContext === 'undefined') return false;
  const gl = document.createElement('canvas').getContext('webgl2');
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return Boolean(gl);
}

function write(context, text, { x, y, size, font, colours, faint = false }) {
  context.font = `${size}px ${font}`;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.strokeStyle = colours.page;
  context.fillStyle = faint ? colours.muted : colours.ink;
  text.split('\n').forEach((line, index) => {
    const top = y + index * size * 1.15;
    context.strokeText(line, x, top);
    context.fillText(line, x, top);
  });
}

// --- The drawing -----------------------------------------------------------------------------

export function create(container, { label, fonts, on }) {
  if (!globalThis.hudnaSigma || !hasWebGL()) {
    throw new Error('This browser cannot draw large networks: it has no WebGL 2.');
  }
  let colours = {};
  let shown = { nodes: new Map(), edges: new Map() };
  let chosen = null;
  let frame = null; // The square that stands for 0 to 1 in the library's own coordinates.
  let place = null; // Where the drawing was last told to be, until somebody moves it.
  let quiet = 0;
  let started = 0;
  let took = 0; // How long the last picture took, in ms.
  let drawn = null;
  const names = rooms();

  const stage = document.createElement('div');
  Object.assign(stage.style, { position: 'absolute', inset: '0', overflow: 'hidden' });
  if (getComputedStyle(container).position === 'static') container.style.position = 'relative';
  stage.setAttribute('role', 'img');
  stage.setAttribute('aria-label', label);
  container.append(stage);

  const Lazy = lazySigma();
  const sigma = new Lazy(new hudnaSigma.MultiDirectedGraph(), stage, {
    ...SETTINGS,
    defaultDrawNodeLabel: drawName,
    edgeProgramClasses: programs.lines(),
    nodeProgramClasses: programs.nodes(),
  });
  const camera = sigma.getCamera();
  const { elements } = sigma;
  sigma.rest = rest;
  sigma.shift = shift;

  // --- Items ---------------------------------------------------------------------------------

  function dressedNode(item) {
    const picked = item.id === chosen;
    return {
      x: item.x,
      y: -item.y,
      size: item.size,
      label: item.label,
      item,
      halo: picked ? colours.focus : item.halo,
      forceLabel: picked,
      zIndex: picked ? 1 : 0,
    };
  }

  function dressedEdge(item) {
    const picked = item.id === chosen;
    const bent = item.bend ? 'bent' : 'straight';
    return {
      type: item.from === item.to ? 'loop' : bent,
      item,
      halo: picked ? colours.focus : item.halo,
      zIndex: picked ? 1 : 0,
    };
  }

  function show(nodes, edges) {
    const before = shown;
    shown = {
      nodes: new Map(nodes.map(node => [node.id, node])),
      edges: new Map(edges.map(edge => [edge.id, edge])),
    };
    const [some, more] = [changes(before.nodes, shown.nodes), changes(before.edges, shown.edges)];
    if (some && more && some.length + more.length <= FEW) [...some, ...more].forEach(redress);
    else rebuild();
  }

  function rebuild() {
    const graph = new hudnaSigma.MultiDirectedGraph();
    for (const node of shown.nodes.values()) graph.addNode(node.id, dressedNode(node));
    for (const edge of shown.edges.values()) {
      graph.addDirectedEdgeWithKey(edge.id, edge.from, edge.to, dressedEdge(edge));
    }
    keepFrame();
    sigma.setGraph(graph);
    if (!place) fit();
  }

  // The library fits what it shows into a square; ours is chosen once, so that nothing jumps.
  function keepFrame() {
    if (frame || !shown.nodes.size) return;
    const { left, right, top, bottom } = boundsOf(shown.nodes.values());
    const side = Math.max(right - left, bottom - top, 1);
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    frame = { x, y, side };
    sigma.setCustomBBox({
      x: [x - side / 2, x + side / 2],
      y: [-y - side / 2, -y + side / 2],
    });
  }

  function redress(id) {
    const graph = sigma.getGraph();
    if (graph.hasNode(id)) graph.replaceNodeAttributes(id, dressedNode(shown.nodes.get(id)));
    if (graph.hasEdge(id)) graph.replaceEdgeAttributes(id, dressedEdge(shown.edges.get(id)));
  }

  function select(id) {
    const before = chosen;
    chosen = id;
    if (before !== null && before !== id) redress(before);
    if (id !== null) redress(id);
  }

  // --- Where the drawing is -------------------------------------------------------------------

  const dimensions = () => ({ width: stage.clientWidth, height: stage.clientHeight });
  const least = () => Math.max(1, Math.min(stage.clientWidth, stage.clientHeight));

  function view() {
    const { side, x, y } = frame ?? { side: 1, x: 0, y: 0 };
    const state = camera.getState();
    return {
      x: x + (state.x - 0.5) * side,
      y: y - (state.y - 0.5) * side,
      scale: least() / side / state.ratio,
      ...dimensions(),
    };
  }

  function go({ x, y, scale }) {
    if (!frame || !(scale > 0)) return;
    quiet += 1;
    camera.setState({
      x: 0.5 + (x - frame.x) / frame.side,
      y: 0.5 - (y - frame.y) / frame.side,
      ratio: least() / frame.side / scale,
    });
    quiet -= 1;
  }

  function look(wanted) {
    place = { view: wanted };
    go(wanted);
  }

  function fit(ids) {
    const some = ids?.map(id => shown.nodes.get(id)).filter(Boolean);
    const { left, right, top, bottom } = boundsOf(some ?? shown.nodes.values());
    if (left > right) return;
    place = { fit: ids };
    const { width, height } = dimensions();
    const across = Math.max(width - 2 * ROOM, width / 2) / (right - left || 1);
    const down = Math.max(height - 2 * ROOM, height / 2) / (bottom - top || 1);
    const scale = Math.min(ids ? 1 : CLOSEST, across, down);
    go({ x: (left + right) / 2, y: (top + bottom) / 2 + LOWER / scale, scale });
  }

  function zoom(factor) {
    const { x, y, scale } = view();
    look({ x, y, scale: scale * factor });
  }

  function resized() {
    const { width, height } = sigma.getDimensions();
    const { offsetWidth, offsetHeight } = stage;
    if (!offsetWidth || !offsetHeight) return;
    if (width === offsetWidth && height === offsetHeight) return;
    const before = place?.view ?? (place && 'fit' in place ? null : drawn);
    sigma.resize();
    if (before) go(before);
    else if (place) fit(place.fit);
    sigma.refresh({ schedule: true, partialGraph: {} });
  }

  // --- Drawing ---------------------------------------------------------------------------------

  function drawName(context, data) {
    const { item, x, y, size: radius, forceLabel } = data;
    if (!item.label) return;
    const wanted = (item.font * radius) / item.size;
    const size = Math.min(LARGEST_NAME, Math.max(SMALLEST_NAME, wanted));
    const lines = item.label.split('\n');
    const half = Math.max(...lines.map(line => line.length)) * size * 0.27;
    const top = y + Math.max(radius, 2.2) + 3;
    const bottom = top + lines.length * size * 1.15;
    if (!names.take({ left: x - half, right: x + half, top, bottom }, forceLabel)) return;
    const faint = item.opacity < 1;
    write(context, item.label, { x, y: top, size, font: fonts, colours, faint });
  }

  function drawLabels() {
    const context = sigma.getCanvases().edgeLabels.getContext('2d');
    let left = LABELS_AT_MOST;
    for (const edge of shown.edges.values()) {
      if (!edge.label || edge.opacity < 0.2) continue;
      const points = pointsOf(edge, shown.nodes.get(edge.from), shown.nodes.get(edge.to));
      const { x, y } = onScreen(middleOf(points));
      const { width, height } = dimensions();
      if (x < 0 || y < 0 || x > width || y > height) continue;
      write(context, edge.label, { x, y: y - 7, size: 13, font: fonts, colours });
      if ((left -= 1) === 0) break;
    }
  }

  function middleOf(points) {
    const middle = (points.length - 1) / 2;
    const [a, b] = [points[Math.floor(middle)], points[Math.ceil(middle)]];
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  }

  function onScreen({ x, y }) {
    return sigma.graphToViewport({ x, y: -y });
  }

  // Moves the last picture to where the new one will be.
  function shift() {
    if (!drawn) return;
    const now = view();
    const scale = now.scale / drawn.scale;
    const left = now.width / 2 + (drawn.x - now.x) * now.scale - (drawn.width / 2) * scale;
    const top = now.height / 2 + (drawn.y - now.y) * now.scale - (drawn.height / 2) * scale;
    move(`matrix(${scale}, 0, 0, ${scale}, ${left}, ${top})`);
  }

  function move(transform) {
    for (const layer of LAYERS) {
      Object.assign(elements[layer].style, { transform, transformOrigin: '0 0' });
    }
  }

  // How long to wait for another movement before the next picture; 0 is not at all.
  function rest() {
    return took > SLOW && Math.min(REST[1], Math.max(REST[0], took / 4));
  }

  function begin() {
    names.clear();
    started = performance.now();
  }

  function finish() {
    drawLabels();
    // Reading a point makes the graphics card finish, and so tells how long it takes.
    const gl = elements.edges.getContext('webgl2');
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    took = performance.now() - started;
    if (drawn) move('');
    drawn = view();
  }

  sigma.on('beforeRender', begin);
  sigma.on('afterProcess', () => (started = performance.now()));
  sigma.on('afterRender', finish);

  // --- Hands -----------------------------------------------------------------------------------

  function edgeAt(point) {
    const { x, y } = sigma.viewportToGraph(point);
    const here = { x, y: -y };
    const reach = NEAR / view().scale;
    let best = { id: null, far: reach };
    for (const edge of shown.edges.values()) {
      const [from, to] = [shown.nodes.get(edge.from), shown.nodes.get(edge.to)];
      if (!mayTouch(edge, from, to, here, reach)) continue;
      const points = pointsOf(edge, from, to);
      for (let index = 1; index < points.length; index += 1) {
        const far = distance(here, points[index - 1], points[index]);
        if (far <= best.far) best = { id: edge.id, far };
      }
    }
    return best.id;
  }

  function clicked({ event }) {
    const edge = edgeAt(event);
    if (edge === null) on.nothing();
    else on.edge(edge);
  }

  let pointing = null;
  function tell(text) {
    if (stage.title !== text) stage.title = text;
  }

  function overStage({ x, y }) {
    clearTimeout(pointing);
    pointing = setTimeout(() => {
      if (sigma.hoveredNode) return;
      const edge = edgeAt({ x, y });
      tell(edge === null ? '' : shown.edges.get(edge).title);
      stage.style.cursor = edge === null ? '' : 'pointer';
    }, 80);
  }

  function moved() {
    if (quiet || !frame) return;
    place = { view: view() };
    on.moved(place.view);
  }

  sigma.on('clickNode', ({ node }) => on.node(node));
  sigma.on('clickStage', clicked);
  sigma.on('doubleClickNode', event => {
    event.preventSigmaDefault();
    on.open(event.node);
  });
  sigma.on('enterNode', ({ node }) => {
    tell(shown.nodes.get(node).title);
    stage.style.cursor = 'pointer';
  });
  sigma.on('leaveNode', () => {
    tell('');
    stage.style.cursor = '';
  });
  sigma.getMouseCaptor().on('mousemove', overStage);
  camera.on('updated', moved);
  const watcher = new ResizeObserver(resized);
  watcher.observe(stage);

  function theme(given) {
    colours = given;
  }

  function destroy() {
    watcher.disconnect();
    clearTimeout(pointing);
    sigma.kill();
    stage.remove();
  }

  // Positions are fixed here: forces on so many nodes would take minutes.
  const physics = () => {};

  return { show, select, fit, zoom, view, look, physics, theme, destroy };
}

export const limits = [
  'This many lines are drawn by the graphics card: strokes and gaps get shorter where a line ' +
    'is short, and paler where they are too fine for the screen.',
  'Names that would cover each other appear as you come closer.',
  'Forces cannot be switched on here; the nodes stay where they are.',
];
