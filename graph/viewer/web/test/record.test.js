import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as model from '../core/index.js';
import { given } from './example.js';
import { prepare } from '../core/index.js';

function made() {
  const data = given();
  data.predicates.hurt = { label: 'has as victim', family: 'event', sign: 0, role: 1 };
  data.statements.victim = { s: 'fight', p: 'hurt', o: 'council', status: 'accepted', c: 'certain', claims: [] };
  data.statements.fought.when = '2020-02-01';
  data.statements.two.place = 'mill';
  data.statements.two.via = 'writer';
  data.nodes.pattern = { name: 'Fear', class: 'Mechanism', group: 'other', seen: ['two', 'fight'] };
  data.nodes.guard.shows = ['pattern'];
  data.notes = [{ text: 'n', on: ['two'], names: [] }, { text: 'm', on: ['one'], names: [] }];
  return prepare(data);
}

test('a mechanism tells what it is seen in, with who, when and where', () => {
  const data = made();
  const [statement, event] = model.seenIn(data, data.nodes.get('pattern'));
  assert.deepEqual([statement.id, statement.means], ['two', [['through', 'writer'], ['at', 'mill']]]);
  assert.deepEqual([event.id, event.who, event.when], ['fight', [['council', 'has as victim']], '2020-02-01']);
});

test('a thing tells through which statements a mechanism is seen in it', () => {
  const data = made();
  const [found] = model.patterns(data, data.nodes.get('guard'));
  assert.deepEqual([found.mechanism.id, found.through.map(({ id }) => id)], ['pattern', ['two']]);
});

test('what a voice says, the questions of a thing and the notes on it', () => {
  const data = made();
  assert.deepEqual(model.saidBy(data, 'council').map(({ statement }) => statement.id), ['two']);
  assert.deepEqual(model.questionsOf(data, 'ford').map(({ id }) => id), ['who']);
  assert.deepEqual(model.notesAbout(data, 'ford').map(({ text }) => text), ['n']);
});

test('choices are found by any of their names, the best first', () => {
  const names = { letters: { é: 'e' }, signs: '', passed: ['Mn'], blanks: ['Zs'] };
  const choices = [['a', 'Old Guard', 'old guard'], ['b', 'Guard', 'guard', 'élite'], ['c', 'Ford', 'ford']];
  const found = text => model.choicesFor(names, choices, text).map(([id]) => id);
  assert.deepEqual(found('guard'), ['b', 'a']);
  assert.deepEqual(found('GUARD'), ['b', 'a']);
  assert.deepEqual(found(''), ['a', 'b', 'c']);
  assert.deepEqual(found('nothing'), []);
});
