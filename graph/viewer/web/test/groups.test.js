import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as model from '../core/index.js';
import { gathered } from '../scene/groups.js';
import { rings } from '../scene/rings.js';
import * as states from '../state/url.js';
import { example } from './example.js';

const STATUSES = ['accepted', 'contested', 'alleged', 'open'];
const STYLES = {
  accepted: { dashes: [], width: 2, opacity: 1, band: '' },
  contested: { dashes: [9, 5], width: 2.5, opacity: 1, band: 'band' },
  alleged: { dashes: [2, 4], width: 2.5, opacity: 1, band: '' },
  open: { dashes: [7, 7], width: 1.2, opacity: 0.55, band: '' },
};

// Numbers that look random and are the same in each run.
function random(seed) {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((below * state) / 2 ** 32);
  };
}

// A case of 24 things: 4 groups of 5, and 4 things in none.
function made(seed, count = 60) {
  const next = random(seed);
  const ids = Array.from({ length: 24 }, (_, i) => `t${String(i).padStart(2, '0')}`);
  const statements = Object.fromEntries(Array.from({ length: count }, (_, i) => [`s${i}`, {
    s: ids[next(24)], p: 'backs', o: ids[next(24)], status: STATUSES[next(4)], c: 'certain', draw: 'tie', claims: [],
  }]));
  const nodes = ids.map((of, i) => ({ id: `n${i}`, of, x: 100 * (i % 5), y: 90 * i, size: 5, ...(i < 20 ? { in: i % 4 } : {}) }));
  const numbers = new Map(nodes.map(({ of, id }) => [of, id]));
  return example({
    nodes: Object.fromEntries(ids.map(id => [id, { name: `Thing ${id}`, class: 'Group', group: 'group' }])),
    statements,
    questions: {},
    drawn: {
      by: 'sigma',
      nodes,
      edges: Object.entries(statements).map(([of, { s, o }], i) => ({ id: `e${i}`, of, from: numbers.get(s), to: numbers.get(o), bend: 0 })),
      groups: { list: [0, 1, 2, 3].map(i => ({ of: [ids[i], ids[i + 4]], x: i, y: i, size: 9 })), rewired: 39, closed: true },
    },
  });
}

const foundOf = (data, next) => new Map([...data.statements.keys()].map(id => [id, ['', 'certain', 'attested', 'possible'][next(4)]]));
const itemsOf = (data, found) => ({
  nodes: [...model.ends(data, found.keys())].map(id => ({ ...data.drawn.places.get(id), opacity: 1 })),
  edges: [...found].map(([id, sure]) => {
    const { status } = data.statements.get(id);
    return { ...data.drawn.lines.get(id), ...STYLES[status], colour: status, halo: '', label: sure === 'possible' ? '?' : '', arrow: true };
  }),
});

test('each line is drawn, in a bundle or within a closed group, whatever is open', () => {
  for (let seed = 1; seed < 40; seed += 1) {
    const [data, next] = [made(seed), random(seed)];
    const found = foundOf(data, next);
    const opened = model.openOnly(data, ['t00', 't05', 't02', 't23'].filter(() => next(2)));
    const { lines, bundles, closed, stands } = model.outline(data, found, opened);
    const bundled = [...bundles.values()].flatMap(({ firm, others }) => [...firm, ...others]);
    for (const { from, to } of bundles.values()) assert.notEqual(from, to);
    const within = [...closed.values()].flatMap(group => group.lines);
    assert.deepEqual([...lines.keys(), ...bundled, ...within].sort(), [...found.keys()].sort());
    const members = [...closed.values()].reduce((sum, group) => sum + group.members.size, 0);
    const seen = model.ends(data, found.keys());
    assert.equal(members, [...seen].filter(id => stands.has(id)).length);
    for (const id of lines.keys()) for (const end of model.ends(data, [id])) assert.ok(!stands.has(end));
  }
});

test('what is all open is the whole, and the order of lines changes nothing', () => {
  const [data, next] = [made(3), random(3)];
  const found = foundOf(data, next);
  const whole = itemsOf(data, found);
  const all = model.outline(data, found, model.ALL);
  assert.equal(all.lines, found);
  assert.deepEqual(gathered(data, all, whole, 'en'), whole);
  const shape = ({ bundles, closed }) => [
    [...bundles.values()].map(({ id, firm, others }) => [id, firm.sort(), others.sort()]).sort(),
    [...closed].map(([id, group]) => [id, [...group.members].sort(), group.lines.sort()]).sort(),
  ];
  const turned = new Map([...found].reverse());
  assert.deepEqual(shape(model.outline(data, turned, 't01')), shape(model.outline(data, found, 't01')));
});

test('a bundle never looks surer than what is in it', () => {
  globalThis.document = { documentElement: {} };
  globalThis.getComputedStyle = () => ({ getPropertyValue: name => name });
  for (let seed = 1; seed < 30; seed += 1) {
    const [data, next] = [made(seed, 150), random(seed)];
    const found = foundOf(data, next);
    const outline = model.outline(data, found, '');
    const { edges } = gathered(data, outline, itemsOf(data, found), 'en');
    const drawn = new Map(edges.map(edge => [edge.id, edge]));
    for (const { id, firm, others } of outline.bundles.values()) {
      for (const one of firm) assert.ok(data.statements.get(one).status === 'accepted' && found.get(one) !== 'possible');
      const [solid, broken] = [drawn.get(`${id}+`), drawn.get(`${id}-`)];
      assert.equal(Boolean(solid), firm.length > 0);
      assert.equal(Boolean(broken), others.length > 0);
      if (solid && broken) assert.notEqual(solid.bend, broken.bend);
      if (!broken) continue;
      const statuses = others.map(one => data.statements.get(one).status);
      assert.ok(others.every(one => STYLES[data.statements.get(one).status].opacity >= broken.opacity));
      assert.ok(statuses.every(status => status === 'accepted') || broken.dashes.length);
      assert.equal(broken.band, statuses.includes('contested') ? 'band' : '');
      assert.ok(broken.width <= 2.5);
    }
  }
});

test('what is chosen opens its group, in the state as in a link', () => {
  const data = made(1);
  assert.equal(states.initial(data).opened, '');
  const { opened, sel } = states.read('sel=t06', data);
  assert.deepEqual([opened, sel], ['t02', 't06']);
  assert.equal(model.opening(data, 't01', ['t06']), 't01,t02');
  assert.equal(model.opening(data, 't01', ['t23', 'group:t02']), 't01');
  const group = model.groupOf(data, 't06');
  assert.equal(model.turned(data, 't01,t02', group, false), 't01');
  assert.equal(model.turned(data, model.ALL, group, false), 't00,t01,t03');
  for (const text of ['', 't01', 't00,t03', model.ALL]) {
    const state = { ...states.initial(data), opened: text };
    assert.equal(states.read(states.write(state, data), data).opened, text);
  }
  // A member stands for its group, whatever groups are called in a later build.
  assert.equal(states.read('open=t05,nobody', data).opened, 't01');
});

test('what a question or a way marks is seen among closed groups', () => {
  const data = made(2);
  const found = foundOf(data, random(2));
  const [id] = [...found.keys()].filter(one => data.statements.get(one).s !== data.statements.get(one).o);
  assert.ok(model.outline(data, found, '', model.ends(data, [id])).lines.has(id));
});

test('a neighbourhood has places of its own, with room for names, in any order of lines', () => {
  const next = random(5);
  const lines = Array.from({ length: 320 }, () => [`a${next(200)}`, `a${next(200)}`]);
  const places = rings('a0', lines);
  assert.deepEqual(places.get('a0'), { x: 0, y: 0 });
  const points = [...places.values()];
  for (const [i, one] of points.entries()) {
    for (const other of points.slice(0, i)) assert.ok(Math.hypot(one.x - other.x, one.y - other.y) > 40);
  }
  assert.deepEqual(rings('a0', [...lines].reverse().map(([a, b]) => [b, a])), places);
  const near = rings('x', [['x', 'y']]).get('y');
  assert.ok(Math.hypot(near.x, near.y) < 250);
});

test('in a ring those that are tied stand side by side', () => {
  const names = ['a', 'f', 'b', 'e', 'c', 'd'];
  const spokes = names.map(name => ['middle', name]);
  const places = rings('middle', [...spokes, ['a', 'd'], ['b', 'e'], ['c', 'f']]);
  const angle = name => Math.atan2(places.get(name).y, places.get(name).x / 1.5);
  for (const [one, other] of ['ad', 'be', 'cf']) {
    const apart = Math.abs(angle(one) - angle(other));
    assert.ok(Math.min(apart, 2 * Math.PI - apart) < (2 * Math.PI) / 6 + 0.01);
  }
});
