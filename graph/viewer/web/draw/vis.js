// Draws with vis-network, which shows up to about a thousand nodes. See ../../README.md for what a
// renderer has to do.
import { alike } from '../scene/changes.js';

const OPTIONS = {
  autoResize: true,
  physics: { enabled: false, barnesHut: { gravitationalConstant: -6000, springLength: 120 } },
  layout: { improvedLayout: false },
  interaction: {
    hover: true,
    tooltipDelay: 250,
    keyboard: false,
    multiselect: false,
    selectConnectedEdges: false,
    zoomSpeed: 0.6,
  },
  nodes: { borderWidth: 1.2, borderWidthSelected: 4, scaling: { label: { enabled: false, drawThreshold: 7 } } },
  edges: { selectionWidth: 2.5, hoverWidth: 1, smooth: { enabled: true } },
};
const MOST_COARSE = 8;
const STEPS = 3; // For each doubling of the scale, names are chosen anew so often.
const ROOM = 0.88;
const NAME = { least: 11, most: 15, line: 1.2, letter: 0.56, gap: 0.7 }; // Of names: pixels, and shares of these.
const LARGE = 12; // Nodes from this size on are not covered by names.
const ROUNDNESS = 2.15; // From how far the middle stands off to what the library calls roundness.

export function create(container, { label, fonts, on }) {
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const network = new vis.Network(container, { nodes, edges }, OPTIONS);
  let colours = {};
  let shown = { nodes: [], edges: [] };
  const drawn = { nodes: new Map(), edges: new Map() }; // What the library was told last.
  let dressedFor = ''; // Scale and colours that it was told for.
  let named = new Set(); // Nodes whose names have room.
  let scale = 1; // That of the picture, in steps, for which names were chosen.
  let coarseness = 1; // How much larger than at full size lines and names may be.
  let quiet = false;

  const canvas = container.querySelector('canvas');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', label);
  container.firstElementChild.tabIndex = -1; // The container takes the keys.

  // --- Items -------------------------------------------------------------------------------

  function dressedNode(node) {
    const fixed = { background: node.fill, border: node.halo || node.stroke };
    return {
      id: node.id,
      x: node.x,
      y: node.y,
      size: node.size,
      shape: node.shape,
      label: named.has(node.id) ? node.label : '',
      title: node.title,
      opacity: node.opacity,
      borderWidth: node.halo ? Math.min(3.5, node.size / 3) : 1.2,
      color: { ...fixed, highlight: { ...fixed, border: colours.focus }, hover: fixed },
      shadow: { enabled: Boolean(node.halo), color: node.halo || colours.page, size: 16, x: 0, y: 0 },
      font: {
        face: fonts,
        size: fontOf(node),
        color: node.opacity < 1 ? colours.muted : colours.ink,
        strokeWidth: 3 / scale,
        strokeColor: colours.page,
        vadjust: -2,
      },
    };
  }

  function dressedEdge(edge) {
    const line = edge.colour;
    const broader = Math.sqrt(coarseness);
    return {
      id: edge.id,
      from: edge.from,
      to: edge.to,
      title: edge.title,
      label: edge.label || undefined,
      font: { face: fonts, size: 14, color: colours.ink, strokeWidth: 3, strokeColor: colours.page },
      color: { color: line, highlight: line, hover: line, opacity: edge.opacity },
      // Dashes and dots must not shrink away when the picture does: they say that a line is no
      // fact.
      width: edge.width * broader,
      dashes: edge.dashes.length ? edge.dashes.map(length => length * coarseness) : false,
      background: { enabled: Boolean(edge.band || edge.halo), color: edge.band ? veiled(edge.band, edge.opacity) : veiled(edge.halo, 0.25), size: 9 * broader },
      shadow: { enabled: Boolean(edge.halo), color: edge.halo || colours.page, size: 10, x: 0, y: 0 },
      arrows: { to: { enabled: edge.arrow, scaleFactor: 0.5 } },
      ...bent(edge),
    };
  }

  // A colour such as #f3d35c with an opacity.
  function veiled(colour, opacity) {
    const alpha = Math.round(255 * opacity).toString(16).padStart(2, '0');
    return colour ? `${colour}${alpha}` : undefined;
  }

  function bent({ from, to, bend }) {
    if (from === to) return { selfReference: { size: 14 + 10 * bend } };
    // Even a straight line is drawn as a curve: the library puts bands under curves only.
    const type = bend >= 0 ? 'curvedCW' : 'curvedCCW';
    return { smooth: { enabled: true, type, roundness: Math.abs(bend) * ROUNDNESS } };
  }

  // Puts items into a set; the library works through each that it is given, so only those are told
  // that look different now, and those that are to be told anew.
  function replace(set, items, before, dressed, anew) {
    const wanted = new Map(items.map(item => [item.id, item]));
    const gone = [...before.keys()].filter(id => !wanted.has(id));
    const changed = items.filter(({ id }) => anew(id) || !before.has(id) || !alike(before.get(id), wanted.get(id)));
    if (gone.length) set.remove(gone);
    if (changed.length) set.update(changed.map(dressed));
    return wanted;
  }

  function dress() {
    const was = named;
    chooseNames();
    const look = JSON.stringify([scale, coarseness, colours]);
    const all = look !== dressedFor;
    dressedFor = look;
    const renamed = id => was.has(id) !== named.has(id);
    drawn.edges = replace(edges, shown.edges, drawn.edges, dressedEdge, () => all);
    drawn.nodes = replace(nodes, shown.nodes, drawn.nodes, dressedNode, id => all || renamed(id));
  }

  function show(newNodes, newEdges) {
    shown = { nodes: newNodes, edges: newEdges };
    const { nodes: [node], edges: [edge] } = network.getSelection();
    dress();
    select(node ?? edge ?? null);
  }

  function keepLegible() {
    const now = network.getScale();
    const wanted = Math.min(MOST_COARSE, Math.max(1, Math.round(1 / now)));
    const step = 2 ** (Math.round(Math.log2(now) * STEPS) / STEPS);
    if (wanted === coarseness && step === scale) return;
    [coarseness, scale] = [wanted, step];
    setTimeout(dress);
  }

  // --- Names -------------------------------------------------------------------------------

  // A size at which the name can be read on the screen, in units of the drawing.
  function fontOf({ font }) {
    return Math.min(NAME.most, Math.max(NAME.least, font * scale)) / scale;
  }

  // Chooses the names that have room, those of marked and of well-connected nodes first.
  function chooseNames() {
    const rank = node => (node.stressed ? 2 : 0) + (node.opacity === 1 ? 1 : 0);
    const order = [...shown.nodes].sort((a, b) => rank(b) - rank(a) || b.size - a.size);
    const marks = shown.nodes.filter(node => node.size >= LARGE).map(markOf);
    const taken = [];
    named = new Set();
    for (const node of order) {
      const box = boxOf(node);
      const covers = other => overlap(box, other);
      if (taken.some(covers) || (!node.stressed && marks.some(covers))) continue;
      taken.push(box);
      named.add(node.id);
    }
  }

  function boxOf(node) {
    const lines = node.label.split('\n');
    const font = fontOf(node);
    const half = (Math.max(...lines.map(line => line.length)) * NAME.letter + NAME.gap) * font / 2;
    const top = node.y + node.size;
    const bottom = top + (lines.length * NAME.line + NAME.gap) * font;
    return { left: node.x - half, right: node.x + half, top, bottom };
  }

  function markOf({ x, y, size }) {
    return { left: x - size, right: x + size, top: y - size, bottom: y + size };
  }

  function overlap(a, b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  }

  // --- Doing -------------------------------------------------------------------------------

  function select(id) {
    const chosen = { nodes: [], edges: [] };
    if (id !== null && nodes.get(id)) chosen.nodes = [id];
    else if (id !== null && edges.get(id)) chosen.edges = [id];
    network.setSelection(chosen, { highlightEdges: false });
  }

  function fit(ids) {
    const there = ids?.filter(id => nodes.get(id));
    if (ids && !there.length) return;
    network.fit({ nodes: there ?? nodes.getIds(), maxZoomLevel: ids ? 1.1 : 1.2, animation: false });
    if (ids) zoom(ROOM); // The library does not reckon with names.
  }

  function view() {
    const { x, y } = network.getViewPosition();
    const { clientWidth: width, clientHeight: height } = container;
    return { x, y, scale: network.getScale(), width, height };
  }

  function look(wanted) {
    quiet = true;
    const { x, y } = wanted;
    network.moveTo({ position: { x, y }, scale: wanted.scale, animation: false });
    quiet = false;
  }

  function zoom(factor) {
    network.moveTo({ scale: network.getScale() * factor, animation: false });
  }

  function physics(wanted) {
    network.setOptions({ physics: { enabled: wanted } });
    if (!wanted) nodes.update(shown.nodes.map(({ id, x, y }) => ({ id, x, y })));
  }

  function moved() {
    if (!quiet) on.moved(view());
  }

  network.on('afterDrawing', keepLegible);
  network.on('zoom', moved);
  network.on('dragging', ({ nodes: [node] }) => node === undefined && moved());
  network.on('dragEnd', ({ nodes: [node] }) => {
    if (node === undefined) return moved();
    const { x, y } = network.getPosition(node);
    return on.placed(node, x, y);
  });
  network.on('click', ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) on.node(node);
    else if (edge !== undefined) on.edge(edge);
    else on.nothing();
  });
  network.on('doubleClick', ({ nodes: [node] }) => node !== undefined && on.open(node));

  return {
    show,
    select,
    fit,
    zoom,
    view,
    look,
    physics,
    theme: given => (colours = given),
    destroy: () => network.destroy(),
  };
}

export const forces = true;
export const limits = [];
