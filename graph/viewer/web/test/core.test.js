import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heap } from '../core/heap.js';
import * as model from '../core/index.js';
import { example } from './example.js';

const NOTHING = { status: new Set(), kind: new Set(), family: new Set(), certainty: new Set(), source: new Set() };
const seen = (more = {}) => ({ world: 'all', on: '', held: 'possible', hidden: NOTHING, projection: 'both', near: '', depth: 1, ...more });
const lines = (data, more) => [...model.lines(data, seen(more)).keys()];

// Numbers that look random and are the same in each run.
function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

test('a heap gives what is first, whatever came in when', () => {
  const next = random(1);
  for (let size = 0; size < 40; size += 1) {
    const all = Array.from({ length: size }, () => Math.floor(10 * next()));
    const made = heap((a, b) => a - b);
    all.forEach(made.put);
    assert.deepEqual(all.map(() => made.take()), [...all].sort((a, b) => a - b));
    assert.equal(made.take(), undefined);
  }
});

test('a world holds what its voice asserts and what is accepted, less what it denies', () => {
  const data = example();
  assert.deepEqual(lines(data, { world: 'agreed' }), ['one']);
  assert.deepEqual(lines(data, { world: 'alleged' }), ['two']);
  assert.deepEqual(lines(data, { world: 'voice:council' }), ['one', 'two']);
  assert.deepEqual(lines(data, { world: 'voice:guard' }), ['one']);
  assert.deepEqual([...model.alleging(data)], ['council']);
});

test('on a day there is what may have held', () => {
  const data = example();
  assert.deepEqual(lines(data, { on: '2020-02-01' }), ['five']);
  assert.deepEqual(lines(data, { on: '2020-04-01' }), []);
  assert.deepEqual(lines(data, { on: '2020-02-01', held: 'certain' }), []);
  assert.deepEqual(model.moments(data), ['2020-02-01', '2020-02-02']);
  assert.deepEqual(model.onMoment(data, '2020-02-02').map(({ id }) => id), ['fought']);
  assert.deepEqual(model.onMoment(data, '2020-02-03'), []);
});

test('a neighbourhood has the lines within so many steps', () => {
  const data = example();
  assert.deepEqual(lines(data, { near: 'ford' }), ['two', 'four']);
  assert.deepEqual(lines(data, { near: 'ford', depth: 2 }), ['one', 'two', 'three', 'four', 'five']);
});

test('ways over hostility come last, and are the only ones where only they are asked for', () => {
  const data = example();
  const found = sign => model.ways(data, model.lines(data, seen()), 'council', 'ford', sign).map(({ nodes }) => nodes.join(' '));
  const [peaceful, rough] = [['council mill ford', 'council guard mill ford'], ['council guard ford', 'council mill guard ford']];
  assert.deepEqual(found('any'), [...peaceful, ...rough]);
  assert.deepEqual(found('not-negative'), peaceful);
  assert.deepEqual(found('negative'), rough);
});

test('questions, claims and what is stated of a thing are found by their keys', () => {
  const data = example();
  assert.deepEqual(model.answers(data, 'who').map(({ id }) => id), ['two', 'three']);
  assert.equal(model.questionStatus(data, 'who'), 'contested');
  assert.deepEqual(model.answers(data, 'what'), []);
  assert.equal(data.claims.get('three.guard.denies.courier').statement.id, 'three');
  assert.deepEqual(data.about.get('mill').map(({ id }) => id), ['three', 'four', 'five']);
});

test('a name is found in any language and without accents, whole names first', () => {
  const data = example();
  const found = text => model.search(data, text).map(({ node, name }) => [node.id, name]);
  assert.deepEqual(found('conseil elu'), [['council', 'Conseil élu']]);
  assert.deepEqual(found('المخاضة'), [['ford', 'المخاضة']]);
  assert.deepEqual(found('mill'), [['mill', 'Mill']]);
  assert.deepEqual(found('hearsay'), []);
  assert.deepEqual(found('the').map(([id]) => id), ['fight', 'ford', 'writer'].sort((a, b) => model.order(data.nodes.get(a).name, data.nodes.get(b).name)));
});

test('indexes are of one case only', () => {
  const [one, other] = [example(), example({ questions: {}, statements: {} })];
  assert.equal(model.answers(one, 'who').length, 2);
  assert.equal(model.answers(other, 'who').length, 0);
});
