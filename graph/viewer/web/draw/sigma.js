// Draws with sigma.js on the graphics card, for networks that are too large for vis.js. See
// ../../README.md for what a renderer has to do.
import { boundsOf } from '../scene/camera.js';
import { changes } from '../scene/changes.js';
import { edgeAt } from '../scene/hit.js';
import { DIMMED } from '../scene/nearby.js';
import { watchPointer } from './pointer.js';
import { createScene } from './scene.js';
import { draggable } from './sigma-drag.js';
import { lazySigma } from './sigma-lazy.js';
import * as programs from './sigma-programs.js';
import { say } from '../words/index.js';

const SLOW = 40; // A picture that takes longer, in ms, is moved as it is and drawn anew at rest.
const REST = [140, 1200]; // So long hands must rest before, in ms: longer for slower pictures.
const FEW = 200; // So many changed items are drawn anew one by one.
const SETTLED = 160; // Milliseconds after a movement until names are chosen anew.
const LAYERS = ['edges', 'edgeLabels', 'nodes', 'labels', 'hovers', 'hoverNodes'];
const DIMMABLE = ['edges', 'nodes', 'hoverNodes'];

const SETTINGS = {
  allowInvalidContainer: true,
  defaultDrawNodeHover: () => {},
  defaultNodeType: 'shape',
  defaultEdgeType: 'straight',
  enableEdgeEvents: false, // A second picture of all lines would be drawn each time for this.
  itemSizesReference: 'positions',
  renderEdgeLabels: false,
  renderLabels: false, // Names stand where the scene says.
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

// --- The drawing -----------------------------------------------------------------------------

export function create(container, { label, fonts, taken, on }) {
  if (!globalThis.hudnaSigma || !hasWebGL()) {
    throw new Error(say('draw.no-webgl'));
  }
  const scene = createScene({ fonts, taken });
  let frame = null; // The square that stands for 0 to 1 in the library's own coordinates.
  let place = null; // Where the drawing was last told to be, until somebody moves it.
  let quiet = 0;
  let started = 0;
  let took = 0; // How long the last picture took, in ms.
  let drawn = null;
  let settling = 0;

  const stage = document.createElement('div');
  Object.assign(stage.style, { position: 'absolute', inset: '0', overflow: 'hidden' });
  if (getComputedStyle(container).position === 'static') container.style.position = 'relative';
  stage.setAttribute('role', 'img');
  stage.setAttribute('aria-label', label);
  container.append(stage);

  const Lazy = lazySigma();
  const sigma = new Lazy(new hudnaSigma.MultiDirectedGraph(), stage, {
    ...SETTINGS,
    edgeProgramClasses: programs.lines(),
    nodeProgramClasses: programs.nodes(),
  });
  const camera = sigma.getCamera();
  const { elements } = sigma;
  sigma.rest = rest;
  sigma.shift = shift;

  // --- Items ---------------------------------------------------------------------------------

  function dressedNode(item) {
    const picked = item.id === scene.chosen;
    return {
      x: item.x,
      y: -item.y,
      size: item.size,
      item,
      halo: picked ? scene.colours.focus : item.halo,
      zIndex: picked ? 1 : 0,
    };
  }

  function dressedEdge(item) {
    const picked = item.id === scene.chosen;
    const bent = item.bend ? 'bent' : 'straight';
    return {
      type: item.from === item.to ? 'loop' : bent,
      item,
      halo: picked ? scene.colours.focus : item.halo,
      zIndex: picked ? 1 : 0,
    };
  }

  function show(nodes, edges) {
    const before = scene.items;
    scene.show(nodes, edges);
    const shown = scene.items;
    const [some, more] = [changes(before.nodes, shown.nodes), changes(before.edges, shown.edges)];
    if (some && more && some.length + more.length <= FEW) [...some, ...more].forEach(redress);
    else rebuild();
  }

  function rebuild() {
    const graph = new hudnaSigma.MultiDirectedGraph();
    for (const node of scene.items.nodes.values()) graph.addNode(node.id, dressedNode(node));
    for (const edge of scene.items.edges.values()) {
      graph.addDirectedEdgeWithKey(edge.id, edge.from, edge.to, dressedEdge(edge));
    }
    keepFrame();
    sigma.setGraph(graph);
    if (!place) fit();
  }

  // The library fits what it shows into a square; ours is chosen once, so that nothing jumps.
  function keepFrame() {
    const { nodes } = scene.items;
    if (frame || !nodes.size) return;
    const { left, right, top, bottom } = boundsOf(nodes.values());
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
    const { nodes, edges } = scene.items;
    if (graph.hasNode(id)) graph.replaceNodeAttributes(id, dressedNode(nodes.get(id)));
    if (graph.hasEdge(id)) graph.replaceEdgeAttributes(id, dressedEdge(edges.get(id)));
  }

  function select(id) {
    const before = scene.chosen;
    scene.select(id);
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
    const wanted = scene.fitted(ids, dimensions());
    if (!wanted) return;
    place = { fit: ids };
    scene.rested();
    go(wanted);
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

  // Signs and names, and what is lit, over the picture of the graphics card, which is only dimmed for that.
  function paintOver() {
    for (const layer of DIMMABLE) elements[layer].style.opacity = scene.lit ? String(DIMMED * 1.5) : '';
    const context = sigma.getCanvases().labels.getContext('2d');
    const { width, height } = dimensions();
    context.clearRect(0, 0, width, height);
    scene.paintOver(context, view(), true);
  }

  function light(id) {
    scene.light(id);
    if (drawn) paintOver();
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
    started = performance.now();
  }

  function finish() {
    paintOver();
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

  const dropped = draggable(sigma, {
    at(point) {
      const { x, y } = sigma.viewportToGraph(point);
      return { x, y: -y };
    },
    move(id, { x, y }) {
      scene.move({ [id]: { x, y } });
      sigma.getGraph().mergeNodeAttributes(id, { x, y: -y });
    },
    placed: on.placed,
  });

  function clicked({ event }) {
    if (dropped()) return;
    const edge = edgeAt(event, scene.items.edges.values(), scene.items.nodes, view());
    if (edge === null) on.nothing();
    else on.edge(edge);
  }

  const unwatch = watchPointer(stage, {
    at: point => scene.at(point, view()),
    words: scene.words,
    hover: on.hover,
  });

  // Names go along with a movement, and find better places once it rests.
  function settle() {
    clearTimeout(settling);
    settling = setTimeout(() => {
      scene.rested();
      if (drawn && !scene.lit) paintOver();
    }, SETTLED);
  }

  function moved() {
    if (quiet || !frame) return;
    place = { view: view() };
    settle();
    on.moved(place.view);
  }

  sigma.on('clickNode', ({ node }) => dropped() || on.node(node));
  sigma.on('clickStage', clicked);
  sigma.on('doubleClickNode', event => {
    event.preventSigmaDefault();
    on.open(event.node);
  });
  camera.on('updated', moved);
  const watcher = new ResizeObserver(resized);
  watcher.observe(stage);

  function destroy() {
    watcher.disconnect();
    clearTimeout(settling);
    unwatch();
    sigma.kill();
    stage.remove();
  }

  // Positions are fixed here: forces on so many nodes would take minutes.
  const physics = () => {};

  return {
    show, select, light, picture: () => scene.picture(view()), fit, zoom, view, look, physics, theme: scene.theme, destroy,
  };
}

export const limits = ['draw.limit.strokes', 'draw.limit.names', 'draw.limit.forces']; // Keys of words.
