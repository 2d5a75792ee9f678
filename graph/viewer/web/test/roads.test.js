// What leads on from a text beside names.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as model from '../core/index.js';
import { example, given } from './example.js';

const shells = { shells: { label: 'shells', family: 'violence', sign: -1 } };
const sequence = { name: 'talks-broken-off', title: 'Talks that halt, and what came next', text: 'Trigger: talks fail.', cautions: [], counted: {}, shown: {} };
const made = () => example({
  sequences: [sequence],
  predicates: { ...given().predicates, ...shells },
  nodes: {
    ...given().nodes,
    deal: { name: 'The Deal', class: 'Agreement', group: 'agreement' },
    toll: { name: 'Toll is lowered', class: 'Clause', group: 'agreement', part: 'deal', topic: ['Group'] },
    greed: { name: 'Profit spoils deals', class: 'Mechanism', group: 'other', pattern: 'Who earns on the toll may act.', seen: ['one'] },
    idle: { name: 'Spoiled in nothing', class: 'Mechanism', group: 'other' },
  },
  questions: { who: { name: 'Who broke the truce?', kind: 'open', about: [], exclusive: true } },
});
/** @type {(text: string) => string[]} */
const labels = text => model.roads(made(), text, ['says', 'table']).map(({ label }) => label);

test('a word leads to questions, sequences, patterns and views by other forms of it and by what their answers say', () => {
  assert.deepEqual(labels('truces'), ['Who broke the truce?']);
  assert.deepEqual(labels('shelled'), ['Who broke the truce?'], 'an answer to it has that predicate');
  assert.deepEqual(labels('broken off'), ['Talks that halt, and what came next']);
  assert.deepEqual(labels('spoil'), ['Profit spoils deals'], 'what is seen in nothing leads nowhere');
  assert.deepEqual(labels('who contradicts whom')[0], 'Who says what');
  assert.deepEqual(labels('handout'), [], 'a page leads only to views that it has');
  assert.deepEqual(labels(''), []);
});

test('the very word comes before another form of it', () => {
  const questions = ['Who held the truce?', 'Who kept the truces?'].map((name, i) => [`q${i}`, { name, kind: 'open', about: [], exclusive: true }]);
  const data = example({ questions: Object.fromEntries(questions) });
  /** @type {(text: string) => string[]} */
  const found = text => model.roads(data, text, []).map(({ label }) => label);
  assert.deepEqual(found('truces'), ['Who kept the truces?', 'Who held the truce?']);
  assert.deepEqual(found('truce'), ['Who held the truce?', 'Who kept the truces?']);
});

test('of a sentence the words that tell most count, and small ones do not', () => {
  assert.equal(labels('who could spoil it, and through what greed')[0], 'Profit spoils deals');
  assert.equal(labels('what happened each time that talks were broken off')[0], 'Talks that halt, and what came next');
  assert.deepEqual(labels('nothing of the kind'), []);
});

test('what each side said on a clause is found by its name, and told with its deal', () => {
  const [road] = model.roads(made(), 'said on toll', []);
  assert.deepEqual([road.label, road.sort], ['Toll is lowered', 'what each side said · The Deal']);
  assert.equal(model.clauseOf(made(), road.change.sel ?? '').id, 'toll');
});

test('two names lead to the way between them, with a word or an arrow between them or none', () => {
  for (const text of ['council to ford', 'Town Council → The Ford', 'council and the ford', 'council ford', 'town council the ford']) {
    const [road] = model.roads(made(), text, []);
    assert.deepEqual([road.label, road.change.from, road.change.to], ['Town Council → The Ford', 'council', 'ford'], text);
  }
  for (const text of ['council to council', 'council to nobody', 'river guard', 'the fight to ford']) {
    assert.deepEqual(model.roads(made(), text, []).filter(({ change }) => change.from), [], text);
  }
});
