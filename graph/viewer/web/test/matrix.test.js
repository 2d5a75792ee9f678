import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as model from '../core/index.js';
import { selectors } from '../state/selectors.js';
import { initial, isStep, read, write } from '../state/url.js';
import { example, given } from './example.js';

// Two questions more than the usual one: one that hearsay answers as well, and one that nobody does.
function asked() {
  const { statements, questions, nodes } = given();
  const said = (by, st, more = {}) => ({ by, st, c: 'certain', src: 'courier', at: ['1.1'], ...more });
  return example({
    nodes: { ...nodes, rumour: { ...nodes.hearsay } },
    questions: {
      ...questions,
      why: { name: 'Why?', kind: 'open', about: [], exclusive: false },
      alone: { name: 'Alone?', kind: 'open', about: [], exclusive: false },
      silent: { name: 'Silent?', kind: 'open', about: [], exclusive: false },
    },
    statements: {
      ...statements,
      three: { ...statements.three, claims: [...statements.three.claims, said('guard', 'reports')] },
      old: {
        s: 'council', p: 'backs', o: 'ford', status: 'rejected', c: 'certain', spans: ['2020-01-01/2020-03-01'], q: ['why'],
        claims: [said('guard', 'denies'), said('writer', 'asserts'), said('writer', 'reports'), said('writer', 'reports', { src: 'herald' })],
      },
      late: {
        s: 'council', p: 'backs', o: 'mill', status: 'open', c: 'certain', spans: ['2020-05-01/2020-06-01'], q: ['why', 'alone'],
        claims: [said('hearsay', 'asserts'), said('rumour', 'asserts', { src: 'herald' })],
      },
    },
    sources: { courier: { title: 'Courier' }, herald: { title: 'Herald' } },
  });
}

const data = asked();
const first = { ...initial(data), held: 'possible' };
const found = (more = {}) => selectors(data).says({ ...first, ...more });
const named = ({ rows }) => rows.map(({ question }) => question.id);
const cells = (all, question) => {
  const row = all.rows.find(one => one.question.id === question);
  return Object.fromEntries([...row.cells].map(([voice, cell]) => [voice, cell.map(({ statement, stances }) => [statement.id, ...stances].join(' '))]));
};

test('a cell holds what its voice says to its question, and what nobody named says is one voice', () => {
  const all = found({ asked: 'all' });
  assert.deepEqual(cells(all, 'why'), { guard: ['old denies'], writer: ['old asserts reports'], [model.REPORTEDLY]: ['late asserts'] });
  for (const { question, cells: own } of all.rows) {
    const pairs = [...own].flatMap(([voice, cell]) => cell.flatMap(({ statement, stances }) => stances.map(st => `${statement.id} ${voice} ${st}`)));
    const told = model.answers(data, question.id).flatMap(({ id, claims }) => (
      claims.map(({ by, st }) => `${id} ${model.somebody(data, by) ? by : model.REPORTEDLY} ${st}`)
    ));
    assert.deepEqual(new Set(pairs), new Set(told), question.id);
    assert.equal(pairs.length, new Set(told).size);
  }
});

test('contradictions come first, and only those between answers to one question are marked', () => {
  const all = found({ asked: 'all' });
  assert.deepEqual(named(all), ['who', 'why', 'alone', 'silent']);
  assert.deepEqual(all.rows.map(({ disputed }) => disputed), [1, 0, 0, 0]);
  const marked = all.rows.flatMap(({ cells: own }) => [...own].filter(([, cell]) => cell.some(one => one.disputed)).map(([voice]) => voice));
  assert.deepEqual(marked, ['guard']);
});

test('questions with one voice or none are hidden, and with them voices that say nothing else', () => {
  const [few, all] = [found(), found({ asked: 'all' })];
  assert.deepEqual([named(few), few.left], [['who', 'why'], 2]);
  assert.equal(all.left, 0);
  assert.deepEqual(few.voices, ['guard', 'writer', 'council', model.REPORTEDLY], 'of equal ones who contradicts comes first');
  const alone = selectors(data).says({ ...first, world: 'only:council' });
  assert.deepEqual([alone.rows.length, alone.voices], [0, []]);
});

test('world, day and sources leave out what is not told there; a denial is told', () => {
  assert.deepEqual(cells(found({ world: 'only:writer', asked: 'all' }), 'why'), { guard: ['old denies'], writer: ['old asserts reports'] });
  assert.deepEqual(cells(found({ on: '2020-05-05', asked: 'all' }), 'why'), { [model.REPORTEDLY]: ['late asserts'] });
  const hidden = { ...first.hidden, source: new Set(['courier']) };
  assert.deepEqual(cells(found({ hidden, asked: 'all' }), 'why'), { writer: ['old reports'], [model.REPORTEDLY]: ['late asserts'] });
  const both = found({ world: 'only:nobody', compare: true, world2: 'only:writer' });
  assert.deepEqual(named(both), ['who', 'why'], 'of two worlds, what is told in one of them');
});

test('an answer is what tells it from the others', () => {
  const short = (question, id, of = data) => model.shortAnswer(of, question, of.statements.get(id));
  assert.deepEqual(['old', 'late'].map(id => short('why', id)), ['The Ford', 'Mill']);
  assert.equal(short('who', 'two'), 'River Guard shells The Ford');
  assert.equal(short('alone', 'late'), 'Town Council backs Mill');
});

test('who says what has a link, and is a step; which questions is none', () => {
  const state = read('show=says&projection=actors&asked=all', data);
  assert.deepEqual([state.show, state.asked], ['says', 'all']);
  assert.equal(write({ ...first, show: 'says', asked: 'all', held: 'attested' }, data), 'show=says&projection=actors&asked=all');
  assert.deepEqual(['show', 'asked'].map(key => isStep([key], data)), [true, false]);
});
