// Where names stand: properties of the placement on made networks of many sizes and frames.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overlap } from '../scene/boxes.js';
import { fitted, onScreen } from '../scene/camera.js';
import { placed, places } from '../scene/names.js';
import { chance, net } from './nets.js';

const FRAMES = [[390, 420], [780, 480], [1500, 900]];
const COUNTS = [1, 5, 40, 280, 600];

/** @type {(name: any, nodes: any[], view: any) => any} */
function boxOf(name, nodes, view) {
  const { x, y } = onScreen(nodes.find(({ id }) => id === name.id), view);
  return { left: x + name.left, right: x + name.left + name.width, top: y + name.top, bottom: y + name.top + name.height };
}

const CASES = FRAMES.flatMap(([width, height], i) => COUNTS.flatMap(count => {
  const { nodes } = net(count, 2 * count, chance(100 * i + count));
  const view = fitted(nodes, { width, height });
  return [1, 1.4, 3].map(closer => {
    const closely = { ...view, scale: view.scale * closer };
    return { nodes, view: closely, names: placed(nodes, closely), what: `${count} in ${width}, ${closer} times` };
  });
}));

const seen = ({ x, y }, { width, height }) => x >= 0 && y >= 0 && x <= width && y <= height;
const busiest = (nodes, view) => nodes
  .filter(node => seen(onScreen(node, view), view))
  .sort((a, b) => b.weight - a.weight || b.size - a.size || (a.id < b.id ? -1 : 1));

test('names overlap neither each other nor, unless they are of hubs, the edge of the picture', () => {
  for (const { nodes, view, names, what } of CASES) {
    const boxes = names.map(name => boxOf(name, nodes, view));
    names.forEach((name, i) => {
      for (let j = 0; j < i; j += 1) {
        // Hubs are placed first; whatever comes later gives way to all before it.
        if (!name.bold) assert.ok(!overlap(boxes[i], boxes[j]), `${what}: ${name.id} over ${names[j].id}`);
      }
      const { left, right, top, bottom } = boxes[i];
      const whole = left >= 0 && top >= 0 && right <= view.width && bottom <= view.height;
      const away = right <= 0 || bottom <= 0 || left >= view.width || top >= view.height;
      assert.ok(name.bold || whole || away, `${what}: ${name.id} is cut off`);
    });
  }
});

test('the nodes with most lines are named in any picture, in the largest type', () => {
  for (const { nodes, view, names, what } of CASES) {
    const sizes = new Map(names.map(({ id, size }) => [id, size]));
    const order = busiest(nodes, view);
    for (const { id } of order.slice(0, 3)) assert.ok(sizes.has(id), `${what}: ${id} has no name`);
    const told = order.map(({ id }) => sizes.get(id)).filter(size => size !== undefined);
    assert.deepEqual(told, [...told].sort((a, b) => b - a), what);
  }
});

test('a small drawing names all', () => {
  for (const [width, height] of FRAMES) {
    for (let seed = 0; seed < 20; seed += 1) {
      const { nodes } = net(5, 6, chance(seed));
      const view = fitted(nodes, { width, height });
      assert.equal(placed(nodes, view).length, 5, `${seed} in ${width}`);
    }
  }
});

test('the same is placed the same, in whatever order it is given', () => {
  for (const { nodes, view, names, what } of CASES) {
    assert.deepEqual(placed([...nodes].reverse(), view), names, what);
    assert.deepEqual(placed(nodes, view, { before: places(names) }), names, what);
  }
});

test('a step to the side moves hardly any name from its place, and fewer than if nobody knew of it', () => {
  const total = { known: 0, unknown: 0 };
  for (const { nodes, view, names: before, what } of CASES) {
    const aside = { ...view, x: view.x + 25 / view.scale, y: view.y + 10 / view.scale };
    const stood = places(before);
    const moved = after => after.filter(({ id, place }) => stood.has(id) && stood.get(id) !== place).length;
    const known = moved(placed(nodes, aside, { before: stood }));
    assert.ok(known <= 1 + before.length / 5, `${what}: ${known} of ${before.length} moved`);
    total.known += known;
    total.unknown += moved(placed(nodes, aside));
  }
  assert.ok(total.known < 0.75 * total.unknown, JSON.stringify(total));
});

test('names keep clear of what stands over the drawing', () => {
  for (const { nodes, view, what } of CASES) {
    const taken = [{ left: 0, right: 200, top: view.height - 30, bottom: view.height }];
    for (const name of placed(nodes, view, { taken })) {
      assert.ok(name.bold || !overlap(boxOf(name, nodes, view), taken[0]), `${what}: ${name.id}`);
    }
  }
});

test('what is lit is named first, then what is stressed', () => {
  const { nodes } = net(280, 500, chance(3));
  const view = fitted(nodes, { width: 780, height: 480 });
  const quiet = nodes.filter(({ weight }) => weight <= 1).slice(0, 6).map(({ id }) => id);
  const named = options => new Set(placed(options.nodes ?? nodes, view, options).map(({ id }) => id));
  const plain = named({});
  assert.ok(quiet.some(id => !plain.has(id)));
  const lit = named({ lit: { nodes: new Set(quiet), edges: new Set() } });
  assert.ok(quiet.every(id => lit.has(id)));
  const stressed = named({ nodes: nodes.map(node => ({ ...node, stressed: quiet.includes(node.id) })) });
  assert.ok(quiet.every(id => stressed.has(id)));
});

test('a name that stands apart has a line from the rim of its node to its edge', () => {
  const led = { hubs: 0, others: 0 };
  for (const { nodes, view, names } of CASES) {
    for (const name of names.filter(({ leader }) => leader)) {
      const [start, end] = name.leader;
      const { size } = nodes.find(({ id }) => id === name.id);
      assert.ok(Math.abs(Math.hypot(start.x, start.y) - Math.max(2.2, size * view.scale)) < 1e-6, JSON.stringify(name));
      assert.ok(end.x >= name.left - 1e-6 && end.x <= name.left + name.width + 1e-6, JSON.stringify(name));
      assert.ok(Math.hypot(end.x, end.y) > Math.hypot(start.x, start.y), JSON.stringify(name));
      led[name.bold ? 'hubs' : 'others'] += 1;
    }
  }
  assert.ok(led.hubs > 5 && led.others > 5, JSON.stringify(led));
});
