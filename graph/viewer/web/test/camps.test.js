// Who stands where, and how that is laid out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as model from '../core/index.js';
import { arranged, bundled, standing } from '../scene/camps.js';
import { example, given } from './example.js';

const HIDDEN = { status: new Set(['rejected']), kind: new Set(), family: new Set(), certainty: new Set(), source: new Set() };
const WORDS = { between: 'Between', outside: 'Outside' };
const measure = (text, size) => 0.55 * size * text.length;
const claims = [{ by: 'writer', st: 'asserts', c: 'certain', src: 'courier', at: ['1.1'] }];

// A case with the given ties between actors: who, how, whom, status.
function made(ties, more = []) {
  const base = given();
  const actors = [...new Set(ties.flatMap(([one, , other]) => [one, other]))];
  const tie = ([s, p, o, status = 'accepted'], rest = { actors: 1, draw: 'tie' }) => ({ s, p, o, status, c: 'certain', claims, ...rest });
  return example({
    nodes: { ...base.nodes, ...Object.fromEntries(actors.map(id => [id, { name: `The ${id} of the river`, class: 'Group', group: 'group' }])) },
    predicates: {
      ...base.predicates,
      sides: { label: 'sides with', family: 'backing', sign: 1, camp: 'takesSide' },
      within: { label: 'is part of', family: 'membership', sign: 1, camp: 'belongs' },
      mediates: { label: 'mediates', family: 'mediation', sign: 0, camp: 'goesBetween' },
      mediator: { label: 'has as mediator', family: 'mediation', sign: 0, camp: 'goesBetween', role: 1 },
    },
    statements: Object.fromEntries([...ties.map(one => tie(one)), ...more.map(one => tie(one, {}))].map((one, i) => [`t${i}`, one])),
  });
}
const found = (data, world = 'all') => model.camps(data, { world, hidden: HIDDEN });
const told = ({ camps, between, outside }) => ({
  camps: Object.fromEntries(camps.map(({ id, members }) => [id, [...members].sort().join(' ')])),
  between: between.map(one => one.id).join(' '),
  outside: outside.join(' '),
});

test('a camp is who is sided with, and all that stand with it or belong to it, step by step', () => {
  const data = made([
    ['north', 'sides', 'king'], ['guard', 'within', 'north'], ['page', 'within', 'guard'],
    ['south', 'sides', 'rebels'], ['crowd', 'within', 'town'], ['mayor', 'within', 'town'], ['pair', 'within', 'couple'], ['doubter', 'sides', 'rebels', 'open'],
    ['town', 'backs', 'king'],
  ]);
  assert.deepEqual(told(found(data)), {
    camps: { king: 'guard king north page', rebels: 'rebels south', town: 'crowd mayor town' }, between: '', outside: 'couple doubter pair',
  });
  assert.deepEqual(found(data).unsure.map(one => one.s), ['doubter']);
  assert.equal(found(data).camps[0].members[0], 'king');
  assert.deepEqual(found(data).camps.map(one => one.sided), [true, true, false]);
  const many = made([['clerk', 'within', 'town'], ['clerk', 'within', 'court'], ['judge', 'within', 'court'], ['mayor', 'within', 'town'], ['usher', 'within', 'court'], ['baker', 'within', 'town']]);
  assert.deepEqual(told(found(many)), { camps: { court: 'court judge usher', town: 'baker mayor town' }, between: '', outside: 'clerk' });
});

test('who is in two camps, or goes between, is between; rings do no harm', () => {
  const data = made([
    ['north', 'sides', 'king'], ['south', 'sides', 'rebels'], ['both', 'sides', 'king'], ['both', 'within', 'rebels'],
    ['envoy', 'mediates', 'king'], ['herald', 'sides', 'king'], ['one', 'sides', 'two'], ['two', 'sides', 'one'],
    ['doubted', 'mediates', 'king', 'open'],
  ], [['fight', 'mediator', 'herald']]);
  assert.deepEqual(told(found(data)), {
    camps: { king: 'king north', one: 'one two', rebels: 'rebels south' }, between: 'both envoy herald', outside: 'doubted',
  });
});

test('in the world of a voice its own word counts', () => {
  const data = made([['north', 'sides', 'king'], ['doubter', 'sides', 'king', 'contested']]);
  assert.deepEqual(told(found(data)).camps, { king: 'king north' });
  assert.deepEqual(told(found(data, 'only:writer')).camps, { king: 'doubter king north' });
  assert.deepEqual(told(found(data, 'alleged')).camps, {}, 'what nobody in particular tells makes none');
  assert.deepEqual([...model.campOf(data, { world: 'all', hidden: HIDDEN })], [['king', 'king'], ['north', 'king']]);
});

test('a box holds its own names and no others, and boxes never overlap, at any width and size', () => {
  for (const count of [1, 7, 60, 500]) {
    for (const width of [320, 560, 720, 1100]) {
      const ties = Array.from({ length: count }, (_, i) => [
        [`a${i}`, 'sides', `head${(i * i) % 5}`], [`o${i}`, 'backs', `a${i}`], [`m${i}`, 'mediates', 'head0'], [`b${i}`, 'within', `body${i % 3}`],
      ]).flat();
      const data = made(ties);
      const camps = found(data);
      const { regions, chips, height } = arranged(data, camps, { width, measure, label: 'en', words: WORDS });
      const inside = (chip, box) => chip.x - 6 >= box.x && chip.x + chip.width <= box.x + box.width + 1 && chip.y - 6 >= box.y && chip.y + 6 <= box.y + box.height;
      const overlap = (chip, box) => chip.x + chip.width > box.x && chip.x - 6 < box.x + box.width && chip.y + 6 > box.y && chip.y - 6 < box.y + box.height;
      const of = new Map(camps.camps.flatMap(({ id, members }) => members.map(one => [one, id])));
      for (const one of camps.between) of.set(one.id, 'between');
      for (const chip of chips) {
        const own = of.get(chip.id) ?? 'outside';
        for (const box of regions) assert.equal(box.id === own ? inside(chip, box) : !overlap(chip, box), true, `${chip.id} ${box.id} ${count} ${width}`);
      }
      regions.forEach((a, i) => regions.slice(i + 1).forEach(b => {
        assert.ok(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y, `${a.id} ${b.id} ${count} ${width}`);
      }));
      for (const box of regions) assert.ok(box.x >= 0 && box.x + box.width <= width && box.y + box.height <= height + 0.01);
      const shown = chips.length + regions.reduce((sum, one) => sum + one.closed.length, 0);
      assert.equal(shown, of.size + camps.outside.length);
    }
  }
});

test('above 400 actors boxes are closed, and their ties run between them, none lost and none surer', () => {
  const ties = Array.from({ length: 500 }, (_, i) => [[`a${i}`, 'sides', `head${i % 2}`], [`a${i}`, 'fights', `a${i + 1}`]]).flat();
  const camps = found(made(ties));
  const more = made([...ties, ['small', 'sides', 'other']]);
  const few = arranged(more, found(more), { width: 900, measure, label: 'en', words: WORDS });
  assert.ok(['other', 'small'].every(id => few.chips.some(one => one.id === id)), 'so few are no node');
  const frame = { width: 900, measure, label: 'en', words: WORDS };
  const closed = arranged(made(ties), camps, frame);
  assert.deepEqual(closed.regions.filter(one => one.closed.length).map(one => [one.id, one.opened]).sort(), [['head0', false], ['head1', false]]);
  assert.ok(closed.chips.every(one => !one.camp));
  const half = arranged(made(ties), camps, { ...frame, opened: id => id === 'head0' });
  assert.deepEqual(half.regions.map(one => [one.id, one.closed.length > 0, one.opened]).sort().slice(0, 2), [['head0', false, true], ['head1', true, false]]);
  for (const items of [closed, half]) {
    const of = standing(items);
    assert.equal(of.size, camps.camps.reduce((sum, one) => sum + one.members.length, camps.outside.length + camps.between.length));
    const lines = Array.from({ length: 499 }, (_, i) => ({ id: `l${i}`, from: of.get(`a${i}`), to: of.get(`a${i + 1}`), colour: 'c', dashes: i % 10 ? [] : [2], opacity: 1, width: 1, title: '' }));
    let count = 0;
    const drawn = bundled(lines, some => {
      count += some.length;
      assert.equal(new Set(some.map(one => String(one.dashes))).size, 1);
      return String(some.length);
    });
    const single = drawn.filter(one => !one.title).length;
    assert.equal(count + single, lines.length);
    assert.ok(drawn.every(({ id, width }) => (width <= 5) && (id || width > 1)));
    if (items === closed) assert.equal(drawn.length, 3, 'two ways and two statuses; of the dashed there is one way');
  }
});

test('phases join on to each other, and there are six at most', () => {
  const base = given();
  const dated = (s, p, day) => ({ s, p, v: 'yes', status: 'accepted', c: 'certain', at: day, eb: day, lb: day, ee: day, le: day, claims });
  const deals = Array.from({ length: 12 }, (_, i) => [`deal${i}`, `2020-${String(i + 1).padStart(2, '0')}-15`]);
  const data = example({
    nodes: { ...base.nodes, ...Object.fromEntries(deals.map(([id]) => [id, { name: id, class: 'Agreement', group: 'agreement', lane: 'deals' }])) },
    statements: { ...base.statements, begun: dated('fight', 'occurred', '2019-01-01'), ...Object.fromEntries(deals.map(([id, day]) => [id, dated(id, 'concluded', day)])) },
  });
  const all = model.phases(data);
  assert.ok(all.length > 1 && all.length <= 6);
  assert.equal(all[0].from, '2019-01-01');
  all.slice(1).forEach((phase, i) => assert.equal(model.fromDay(phase.from), model.fromDay(all[i].to) + 1));
  assert.deepEqual(model.phases(example({ statements: {} })), []);
});
