// Where lines run, what shapes look like, what is meant by a point, and what is lit.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitted, isUpright, onScreen, swapped } from '../scene/camera.js';
import { course, dashesOf, stroke } from '../scene/geometry.js';
import { edgeAt, nodeAt } from '../scene/hit.js';
import { linesByNode, nearby } from '../scene/nearby.js';
import { NAMES, SHAPES, corners, outline } from '../scene/shapes.js';
import { chance, net } from './nets.js';

const far = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

test('a bent line stands off the straight one by its share of the length, to the left', () => {
  for (const bend of [-0.3, 0, 0.14, 0.5]) {
    const way = course({ bend }, { x: 0, y: 0, size: 5 }, { x: 100, y: 0, size: 5 }, 1);
    assert.deepEqual(way.at(0), { x: 0, y: 0 });
    assert.ok(far(way.at(1), { x: 100, y: 0 }) < 1e-9);
    assert.ok(Math.abs(way.at(0.5).y + 100 * bend) < 1e-9, `${bend}: ${way.at(0.5).y}`);
  }
});

test('a loop begins and ends in its node, and a larger one goes around a smaller', () => {
  const node = { x: 7, y: 9, size: 10 };
  const [one, two] = [1, 2].map(bend => course({ bend }, node, node, 1));
  for (const way of [one, two]) assert.ok(far(way.at(0), node) + far(way.at(1), node) < 1e-9);
  assert.ok(two.loop > one.loop);
  assert.ok(one.at(0.5).y < node.y - node.size, 'it is seen outside of the node');
});

test('a line ends where its arrow begins, and the arrow at the rim', () => {
  const [from, to] = [{ x: 0, y: 0, size: 6 }, { x: 200, y: 0, size: 20 }];
  const edge = { bend: 0, width: 2, arrow: true };
  const { line, arrow } = stroke(edge, from, to, 1);
  const end = Number(line.split(' ').at(-2));
  const [tip] = arrow.slice(1).split(' ').map(Number);
  assert.equal(tip, 180);
  assert.ok(end < tip && end > tip - 12, `${end} of ${tip}`);
  assert.equal(stroke({ ...edge, arrow: false }, from, to, 1).arrow, '');
});

test('a short line keeps gaps, and one that is solid stays so', () => {
  assert.deepEqual(dashesOf([], 3), []);
  assert.deepEqual(dashesOf([9, 5], 400), [9, 5]);
  const [on, off] = dashesOf([9, 5], 14);
  assert.ok(Math.abs(2.5 * (on + off) - 14) < 1e-9 && off > 0);
});

test('shapes are about as large as a circle, and are told apart by their corners', () => {
  const area = points => points.reduce((sum, { x, y }, i) => {
    const next = points[(i + 1) % points.length];
    return sum + (x * next.y - next.x * y) / 2;
  }, 0);
  for (const shape of NAMES.filter(name => SHAPES[name].sides)) {
    const size = Math.abs(area(corners(shape)));
    assert.ok(size > 0.7 * Math.PI && size < 1.2 * Math.PI, `${shape}: ${size}`);
    assert.equal(outline(shape, 4).match(/L/g)?.length, corners(shape).length - 1);
  }
  assert.deepEqual(corners('dot'), []);
  assert.equal(new Set(NAMES.map(shape => outline(shape, 5))).size, NAMES.length);
  const [up, down] = ['triangle', 'triangleDown'].map(shape => corners(/** @type {any} */ (shape))[0].y);
  assert.ok(up < 0 && down > 0);
});

test('a point on a line means that line, and one on a node that node', () => {
  const { nodes, edges } = net(40, 60, chance(5));
  const byId = new Map(nodes.map(node => [node.id, node]));
  const view = { ...fitted(nodes, { width: 900, height: 600 }) };
  /** @type {(node: any) => any} */
  const place = node => ({ ...onScreen(node, view), size: node.size });
  for (const edge of edges) {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
    const start = place(from);
    const way = course(edge, start, from === to ? start : place(to), view.scale);
    const point = way.at(0.5);
    const found = edgeAt(point, [edge], byId, view);
    assert.equal(found, edge.id);
    const beyond = { x: point.x, y: -1000 };
    assert.equal(edgeAt(beyond, edges, byId, view), null);
  }
  for (const node of nodes) {
    const found = nodeAt(onScreen(node, view), nodes, view);
    assert.ok(found === node.id || far(byId.get(found), node) < 2 * (node.size + byId.get(found).size));
  }
});

test('a node lights its lines and the nodes at their other ends, a line its ends', () => {
  const { nodes, edges } = net(30, 50, chance(9));
  const [byId, lineById] = [nodes, edges].map(all => new Map(all.map(one => [one.id, one])));
  const lines = linesByNode(edges);
  for (const { id } of nodes) {
    const own = edges.filter(({ from, to }) => from === id || to === id);
    const lit = nearby(id, byId, lineById, lines);
    assert.deepEqual([...lit.edges].sort(), own.map(edge => edge.id).sort());
    assert.deepEqual(lit.nodes, new Set([id, ...own.flatMap(({ from, to }) => [from, to])]));
  }
  const [{ id, from, to }] = edges;
  assert.deepEqual(nearby(id, byId, lineById, lines), { nodes: new Set([from, to]), edges: new Set([id]) });
  assert.equal(nearby(null, byId, lineById, lines), null);
  assert.equal(nearby('gone', byId, lineById, lines), null);
});

test('what is fitted is in the frame, and nothing is fitted into none', () => {
  for (const [width, height] of [[1400, 800], [390, 500], [60, 40]]) {
    const { nodes } = net(50, 10, chance(width));
    const view = fitted(nodes, { width, height });
    for (const node of nodes) {
      const { x, y } = onScreen(node, view);
      const size = node.size * view.scale;
      assert.ok(x - size > 0 && x + size < width && y - size > 0 && y + size < height);
    }
  }
  const controls = [{ left: 6, right: 200, top: 420, bottom: 494 }];
  const { nodes: all } = net(50, 10, chance(7));
  const seen = fitted(all, { width: 390, height: 500 }, false, controls);
  assert.ok(all.every(node => onScreen(node, seen).y + node.size * seen.scale <= 420));
  assert.equal(fitted([], { width: 9, height: 9 }), null);
  assert.equal(fitted(net(3, 0, chance(1)).nodes, { width: 0, height: 0 }), null);
});

test('a drawing that is wider than high is larger in an upright frame when it is turned', () => {
  const wide = net(60, 20, chance(3)).nodes.map(node => ({ ...node, x: 2 * node.x }));
  const turned = wide.map(swapped);
  for (const [width, height] of [[390, 550], [1000, 420]]) {
    const frame = { width, height };
    const [before, after] = [wide, turned].map(nodes => fitted(nodes, frame).scale);
    assert.equal(after > before, isUpright(frame));
  }
  assert.deepEqual(turned.map(swapped), wide);
  assert.ok(!isUpright({ width: 500, height: 520 }));
});
