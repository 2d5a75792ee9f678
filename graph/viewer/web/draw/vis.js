// Draws with vis-network, which shows up to about a thousand nodes: it moves, drags and lets forces act;
// what is seen is painted as everywhere. See ../../README.md for what a renderer has to do.
import { watchPointer } from './pointer.js';
import { createScene } from './scene.js';

const REST = 160; // Milliseconds after a movement until names are chosen anew.

const OPTIONS = {
  autoResize: true,
  physics: { enabled: false, barnesHut: { gravitationalConstant: -6000, springLength: 120 } },
  layout: { improvedLayout: false },
  interaction: { hover: false, keyboard: false, multiselect: false, selectable: true, selectConnectedEdges: false, zoomSpeed: 0.6 },
  // The library knows where nodes are and how large, and which are joined; it draws nothing itself.
  nodes: {
    shape: 'custom',
    ctxRenderer: ({ style: { size } }) => ({ drawNode() {}, nodeDimensions: { width: 2 * size, height: 2 * size } }),
  },
  edges: { hidden: true, smooth: { enabled: false } },
};

export function create(container, { label, fonts, taken, on }) {
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const network = new vis.Network(container, { nodes, edges }, OPTIONS);
  const scene = createScene({ fonts, taken });
  let quiet = false;
  let moving = false; // Whether hands or forces move nodes.
  let resting = 0;
  let asked = 0;

  const canvas = container.querySelector('canvas');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', label);
  container.firstElementChild.tabIndex = -1; // The container takes the keys.

  // --- Items -------------------------------------------------------------------------------

  // Puts into a set what is new or placed elsewhere, and takes from it what is gone.
  function replace(set, items, told) {
    const wanted = new Set(items.map(({ id }) => id));
    const gone = set.getIds().filter(id => !wanted.has(id));
    if (gone.length) set.remove(gone);
    const changed = items.map(told).filter(item => {
      const there = set.get(item.id);
      return !there || Object.keys(item).some(key => item[key] !== there[key]);
    });
    if (changed.length) set.update(changed);
  }

  function show(newNodes, newEdges) {
    scene.show(newNodes, newEdges);
    replace(nodes, newNodes, ({ id, x, y, size }) => ({ id, x, y, size }));
    replace(edges, newEdges, ({ id, from, to }) => ({ id, from, to }));
    if (moving) scene.move(network.getPositions());
    redraw();
  }

  // Draws once for all that changes at once.
  function redraw() {
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      network.redraw();
    });
  }

  function paint(context) {
    if (moving) scene.move(network.getPositions());
    const ratio = canvas.width / (canvas.clientWidth || 1);
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    scene.paint(context, view());
    context.restore();
  }

  // --- Doing -------------------------------------------------------------------------------

  function select(id) {
    scene.select(id);
    redraw();
  }

  function light(id) {
    scene.light(id);
    redraw();
  }

  function fit(ids) {
    const wanted = scene.fitted(ids, view());
    if (wanted) look(wanted);
  }

  function view() {
    const { x, y } = network.getViewPosition();
    const { clientWidth: width, clientHeight: height } = container;
    return { x, y, scale: network.getScale(), width, height };
  }

  function look({ x, y, scale }) {
    quiet = true;
    network.moveTo({ position: { x, y }, scale, animation: false });
    quiet = false;
    scene.rested();
  }

  function zoom(factor) {
    network.moveTo({ scale: network.getScale() * factor, animation: false });
  }

  function physics(wanted) {
    moving = wanted;
    network.setOptions({ physics: { enabled: wanted } });
    if (wanted) return;
    nodes.update(nodes.get().map(({ id, x, y }) => ({ id, x, y })));
    scene.move(network.getPositions());
    rest();
  }

  function rest() {
    clearTimeout(resting);
    resting = setTimeout(() => {
      scene.rested();
      redraw();
    }, REST);
  }

  function moved() {
    if (quiet) return;
    rest();
    on.moved(view());
  }

  // --- Hands -------------------------------------------------------------------------------

  const at = point => scene.at(point, view());

  const unwatch = watchPointer(container, {
    at,
    words: scene.words,
    hover: on.hover,
  });

  network.on('afterDrawing', paint);
  network.on('zoom', moved);
  network.on('dragStart', ({ nodes: [node] }) => (moving ||= node !== undefined));
  network.on('dragging', ({ nodes: [node] }) => node === undefined && moved());
  network.on('dragEnd', ({ nodes: [node] }) => {
    if (node === undefined) return moved();
    scene.move(network.getPositions());
    moving = network.physics.physicsEnabled;
    rest();
    const { x, y } = network.getPosition(node);
    return on.placed(node, x, y);
  });
  network.on('click', ({ pointer: { DOM: point } }) => {
    const id = at(point);
    if (id === null) on.nothing();
    else if (scene.items.nodes.has(id)) on.node(id);
    else on.edge(id);
  });
  network.on('doubleClick', ({ pointer: { DOM: point } }) => {
    const id = at(point);
    if (id !== null && scene.items.nodes.has(id)) on.open(id);
  });

  function destroy() {
    clearTimeout(resting);
    cancelAnimationFrame(asked);
    unwatch();
    network.destroy();
  }

  return {
    show,
    select,
    light,
    picture: () => scene.picture(view()),
    fit,
    zoom,
    view,
    look,
    physics,
    theme: scene.theme,
    destroy,
  };
}

export const forces = true;
export const limits = [];
