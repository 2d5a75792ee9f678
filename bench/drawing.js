'use strict';

// Draws a made network for drawing.py: with a renderer of ours, or with sigma as others set it.
const data = JSON.parse(document.getElementById('data').textContent);
const place = document.getElementById('drawing');

function drawOurs() {
  const names = ['hover', 'node', 'edge', 'nothing', 'open', 'placed', 'moved'];
  const drawing = hudnaPainter.create(place, {
    label: 'made',
    fonts: 'sans-serif',
    taken: () => [],
    on: Object.fromEntries(names.map(event => [event, () => {}])),
  });
  drawing.theme(data.theme);
  drawing.show(data.nodes, data.edges);
  drawing.fit();
  globalThis.drawn = drawing;
}

// The settings are those of Gephi Lite; its nodes are drawn by a program that can hold images too.
function drawPlainSigma() {
  const graph = new hudnaSigma.MultiDirectedGraph();
  for (const { id, x, y } of data.nodes) {
    graph.addNode(id, { x, y: -y, size: 9, label: `Name of ${id}`, color: '#56b4e9' });
  }
  for (const { id, from, to } of data.lines) {
    graph.addDirectedEdgeWithKey(id, from, to, { size: 2, color: '#6f7680', type: 'arrow' });
  }
  globalThis.drawn = new hudnaSigma.Sigma(graph, place, {
    enableEdgeEvents: true,
    renderEdgeLabels: true,
    zIndex: true,
    minEdgeThickness: 0.3,
    itemSizesReference: 'positions',
    zoomToSizeRatioFunction: ratio => ratio,
    allowInvalidContainer: true,
  });
}
