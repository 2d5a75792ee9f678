// Going from one to the next, places that hands have set, and how high a sheet is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { along, byImportance } from '../core/index.js';
import * as places from '../state/places.js';
import { initial, isStep, read, write } from '../state/url.js';
import { next } from '../ui/sheet.js';
import { example } from './example.js';

const data = example();
const LINES = ['one', 'two', 'three', 'five']; // council: 2, guard: 3, mill: 2, ford: 1

test('one goes to the best-connected first, and of equal ones by id', () => {
  assert.deepEqual(byImportance(data, LINES), ['guard', 'council', 'mill', 'ford']);
  assert.deepEqual(byImportance(data, ['three']), ['council', 'mill']);
  assert.deepEqual(byImportance(data, []), []);
});

test('along the lines of a thing the best-connected ends come first', () => {
  assert.deepEqual(along(data, LINES, 'guard').map(({ line, end }) => [line, end]), [
    ['one', 'council'], ['five', 'mill'], ['two', 'ford'],
  ]);
  assert.deepEqual(along(data, LINES, 'two').map(({ end }) => end), ['guard', 'ford']);
  assert.deepEqual(along(data, LINES, ''), []);
  assert.deepEqual(along(data, LINES, 'writer'), []);
});

test('places come back from a link and from a file as they went, whatever they are', () => {
  const ids = [...data.drawn.places.keys()];
  for (let n = 0; n < 100; n += 1) {
    const some = ids.filter((_, i) => (n >> i) & 1);
    const put = new Map(some.map((id, i) => [id, [n * 37 - 1500, i * 911 - n]]));
    const state = { ...initial(data), places: put };
    assert.deepEqual([...read(write(state, data), data).places], [...put]);
    const { places: found, unknown } = places.fromFile(places.toFile(data, put), data);
    assert.deepEqual(new Map([...found].sort()), new Map([...put].sort()));
    assert.equal(unknown, 0);
  }
  assert.ok(isStep(['places'], data));
});

test('a link holds the places that were set last, and none that fit nothing', () => {
  const many = new Map(Array.from({ length: places.IN_LINK + 5 }, (_, i) => [`n${i}`, [i, -i]]));
  const told = places.written(many).split(',');
  assert.equal(told.length, places.IN_LINK);
  assert.equal(told[0], 'n5~5~-5');
  for (const text of ['', 'nobody~1~2', 'guard~1', 'guard~x~2', 'guard~~', 'guard~1e9~2', 'guard~NaN~1', '~,~']) {
    assert.equal(places.fromLink(text, data).size, 0, text);
  }
});

test('a file that is none of places is refused with what is wrong, and one of a build is read', () => {
  const wrong = { 'no JSON': 'not JSON', '[1]': 'has no places', '{"places": 3}': 'has no places', '{"guard": [1]}': '“guard”', '{"guard": ["1", 2]}': '“guard”' };
  for (const [text, said] of Object.entries(wrong)) {
    assert.throws(() => places.fromFile(text, data), new RegExp(said), text);
  }
  const { places: found, unknown } = places.fromFile('{"guard": [3.4, 5, 9], "elsewhere": [1, 2], "mill": [30, 0, 5]}', data);
  assert.deepEqual([...found], [['guard', [3, 5]]]);
  assert.equal(unknown, 1);
});

test('a sheet is drawn up and down by one height at a time', () => {
  assert.deepEqual(['shut', 'half', 'full'].map(height => next(height, 1)), ['half', 'full', 'full']);
  assert.deepEqual(['shut', 'half', 'full'].map(height => next(height, -1)), ['shut', 'shut', 'half']);
});
