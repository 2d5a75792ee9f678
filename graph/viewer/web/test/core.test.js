import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heap } from '../core/heap.js';
import * as model from '../core/index.js';
import { example, given } from './example.js';

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
  assert.deepEqual(found('the').map(([id]) => id), ['ford', 'writer', 'fight'], 'what has most lines comes first');
});

test('indexes are of one case only', () => {
  const [one, other] = [example(), example({ questions: {}, statements: {} })];
  assert.equal(model.answers(one, 'who').length, 2);
  assert.equal(model.answers(other, 'who').length, 0);
});

test('a slip of the pen is one letter more, less, another one or two swapped', () => {
  const words = ['frod', 'for', 'fords', 'fort', 'ford', 'fird', 'ord', 'rofd', 'frods', 'foxx', 'fxxd'];
  assert.deepEqual(words.filter(one => model.oneSlip(one, 'ford')), ['frod', 'for', 'fords', 'fort', 'fird', 'ord']);
});

test('a name is found with one slip, after those without, and not by a word of few letters', () => {
  const data = example();
  const found = text => model.search(data, text).map(({ node }) => node.id);
  assert.deepEqual(found('counicl'), ['council']);
  assert.deepEqual(found('rivr guard'), ['guard']);
  assert.deepEqual(found('mlil'), ['mill']);
  assert.deepEqual(found('mli'), []);
  assert.deepEqual(found('cuonicl'), []);
  assert.deepEqual([model.sort(data, data.nodes.get('council')), model.degree(data, 'council'), model.degree(data, 'fight')], ['group', 2, 0]);
});

test('statements are found by the words of their predicate, and stand for themselves', () => {
  const data = example();
  assert.deepEqual(model.searchWords(data, 'backs').map(({ id, count }) => [id, count]), [['backs', 4]]);
  assert.deepEqual(model.searchWords(data, 'shelsl').map(({ id }) => id), ['shells']);
  assert.deepEqual(model.saying(data, 'says:shells').map(({ id }) => id), ['two']);
  assert.deepEqual(model.saying(data, 'shells'), []);
});

// Predicates with clauses of all sorts.
const SAID = {
  backs: { label: 'backs', inverse: 'is backed by', family: 'backing', sign: 1 },
  victim: { label: 'has as victim', inverse: 'is a victim of', pattern: '{subject} has {object} as a victim', role: 1, family: 'violence', sign: 0 },
  blamed: { label: 'has as perpetrator', inverse: 'did', back: '{object} is blamed for {subject}', role: 1, family: 'attribution', sign: 0 },
  occurred: { label: 'took place', pattern: '{subject} took place', family: 'event', sign: 0 },
};

test('a statement is told from the end that one looks at, and a role from whoever has it', () => {
  const of = (p, o, more = {}) => ({ s: 'fight', p, o, status: 'accepted', c: 'certain', claims: [], ...more });
  const data = example({
    predicates: SAID,
    statements: {
      backing: of('backs', 'guard', { s: 'council' }),
      hurt: of('victim', 'mill'),
      guilt: of('blamed', 'guard'),
      again: of('backs', 'guard', { s: 'council' }),
      not: of('occurred', undefined, { v: 'no' }),
      nobody: of('blamed', 'unknown'),
    },
  });
  const told = (id, thing) => model.sentence(data, data.statements.get(id), thing);
  assert.equal(told('backing'), 'Town Council backs River Guard');
  assert.equal(told('backing', 'guard'), 'River Guard is backed by Town Council');
  assert.equal(told('hurt'), 'Mill is a victim of “The Fight”');
  assert.equal(told('hurt', 'fight'), '“The Fight” has Mill as a victim');
  assert.equal(told('guilt'), 'River Guard is blamed for “The Fight”');
  assert.equal(told('nobody'), 'Somebody or something that the sources do not name is blamed for “The Fight”');
  assert.equal(told('not'), 'It is not so that “The Fight” took place');
  const phrase = (id, thing, other) => model.phrase(data, data.statements.get(id), thing, other);
  assert.equal(phrase('guilt', 'guard'), 'is blamed for “The Fight”');
  assert.equal(phrase('guilt', 'guard', 'fight'), 'is blamed for');
  assert.equal(phrase('hurt', 'fight', 'mill'), 'has … as a victim');
  assert.equal(phrase('backing', 'council', 'guard'), 'backs');
  assert.equal(phrase('backing', 'writer'), 'Town Council backs River Guard');
  const groups = model.byOther(data, 'guard', data.about.get('guard'));
  assert.deepEqual(groups.map(([other, ties]) => [other, ties.length]), [['council', 2], ['fight', 1]]);
});

test('voices that assert most come first, and those that assert nothing last', () => {
  const found = model.voices(example()).map(({ id, own }) => [id, own]);
  assert.deepEqual(found, [['writer', 5], ['council', 1], ['guard', 0]]);
});

test('clauses of two agreements stand side by side, each at least once', () => {
  const clause = (part, topic, rest = {}) => ({ name: `${part} on ${topic}`, class: 'Clause', group: 'agreement', part, topic: [topic], ...rest });
  const data = example({
    nodes: {
      ...given().nodes,
      a1: clause('a', 'arms'),
      a2: clause('a', 'roads'),
      a3: clause('a', 'food'),
      b1: clause('b', 'weapons', { replaces: 'a1' }),
      b2: clause('b', 'roads'),
      b3: clause('b', 'graves'),
    },
  });
  const found = model.changes(data, 'a', 'b').map(({ change, before, after }) => [change, before?.id, after?.id]);
  assert.deepEqual(found, [
    ['replaced', 'a1', 'b1'],
    ['same topic', 'a2', 'b2'],
    ['only in the earlier', 'a3', undefined],
    ['only in the later', undefined, 'b3'],
  ]);
});
