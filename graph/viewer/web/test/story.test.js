// The storyline: what is in it, and how it is laid out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as model from '../core/index.js';
import { acrossTo, dayAt, laid } from '../scene/lanes.js';
import { span } from '../scene/time-axis.js';
import { initial, read, write } from '../state/url.js';
import { example, given } from './example.js';

const STYLE = { label: '', meaning: '', dashes: [], width: 1, opacity: 1, band: false };
const SEEN = { world: 'all', on: '', held: 'all', hidden: { status: new Set(['rejected']), kind: new Set(), family: new Set(), certainty: new Set(), source: new Set() } };
const claims = [{ by: 'writer', st: 'asserts', c: 'certain', src: 'courier', at: ['1.1'] }];
const measure = (text, size) => 0.55 * size * text.length;

// A case with so many events in two lanes, dated by a fixed rule, two agreements, and what joins them.
function made(count = 60) {
  const base = given();
  const dated = (s, p, day, rest = {}) => ({ s, p, v: 'yes', status: 'accepted', c: 'certain', at: day, eb: day, lb: day, ee: day, le: day, spans: day ? [`${day}/${day}`] : [], claims, ...rest });
  const tie = (s, p, o, status) => ({ s, p, o, status, c: 'certain', claims });
  const thing = (name, rest) => ({ name, class: 'Event', group: 'event', ...rest });
  const nodes = {
    ...base.nodes,
    truce: thing('Truce of the Mill', { class: 'Agreement', lane: 'deals' }),
    peace: thing('Peace of the Mill', { class: 'Agreement', lane: 'deals', replaces: 'truce' }),
    clause: thing('Guns leave', { class: 'Clause', part: 'truce' }),
  };
  const statements = {
    ...base.statements,
    truce: dated('truce', 'concluded', '2020-03-01'),
    peace: dated('peace', 'concluded', '2020-08-01', { status: 'alleged' }),
    broken: dated('truce', 'stage', '2020-06-01', { v: 'broken down' }),
    signed: dated('truce', 'stage', '2020-03-01', { v: 'signed' }),
    kept: dated('clause', 'fulfilment', '2020-04-01', { v: 'kept' }),
    denied: dated('mill', 'occurred', '2020-02-01', { status: 'rejected' }),
    undated: { ...dated('ford', 'occurred', ''), at: '' },
  };
  for (let i = 0; i < count; i++) {
    const day = model.toDay(18_262 + ((i * 37) % 300));
    nodes[`e${i}`] = thing(`What happened, number ${i * i}`, i % 3 ? { lane: 'force' } : {});
    statements[`e${i}`] = dated(`e${i}`, 'occurred', day, i % 5 ? {} : { eb: undefined, ee: undefined });
  }
  Object.assign(statements, {
    led: tie('e1', 'causes', 'e2', 'accepted'), guessed: tie('e2', 'causes', 'e4', 'open'), away: tie('e1', 'causes', 'ford', 'accepted'),
    hidden: tie('e1', 'causes', 'mill', 'accepted'), broke: tie('e4', 'causes', 'clause', 'accepted'),
  });
  const styles = { ...base.styles, statuses: Object.fromEntries(base.rules.unsettled.map(name => [name, STYLE])) };
  return example({ nodes, statements, styles });
}

function shown(data, { width = 1000, height = 500, opened = () => false } = {}) {
  const story = model.story(data, model.statements(data, SEEN));
  return { story, items: laid(data, story, { time: span(data, { spanFrom: '', spanTo: '' }), width, height, measure, opened }) };
}

test('each dated statement has one bar, in the lane of its thing or in the last', () => {
  const data = made();
  const { lanes } = model.story(data, model.statements(data, SEEN));
  const ids = lanes.flatMap(({ bars }) => bars.map(bar => bar.statement.id));
  const wanted = [...data.statements.values()].filter(one => ['occurred', 'concluded'].includes(one.p) && one.at && one.status !== 'rejected');
  assert.deepEqual(ids.sort(), wanted.map(one => one.id).sort());
  assert.deepEqual(lanes.map(lane => lane.name), ['deals', 'force', 'other']);
  for (const { name, bars } of lanes) for (const { statement } of bars) assert.equal(data.nodes.get(statement.s).lane ?? 'other', name);
});

test('stages and clauses stand on the bar of their agreement, in order of time', () => {
  const data = made(0);
  const { lanes: [{ bars: [truce, peace] }] } = model.story(data, model.statements(data, SEEN));
  assert.deepEqual(truce.stages.map(one => one.statement.id), ['signed', 'broken']);
  assert.deepEqual(truce.ticks.map(one => one.statement.id), ['kept']);
  assert.deepEqual([peace.stages, peace.ticks], [[], []]);
  const [drawn] = shown(data).items.bars;
  const [first, last] = drawn.cuts;
  assert.ok(Math.abs(first.x + first.width - last.x) < 1e-9 && last.x > first.x);
  assert.ok(drawn.x + drawn.width >= last.x);
});

test('each stage and tick has the number of its kind, beside the others and clear of the name', () => {
  const data = made(0);
  for (const width of [1000, 560, 300]) {
    const { story, items } = shown(data, { width });
    assert.deepEqual(story.kinds, [{ of: 'stages', words: 'signed' }, { of: 'stages', words: 'broken down' }, { of: 'ticks', words: 'kept' }]);
    const [{ numbers, cuts, ticks, name, text, taken }] = items.bars;
    assert.deepEqual(numbers.map(({ number, turn }) => [number, turn.statement.id]), [[1, 'signed'], [3, 'kept'], [2, 'broken']]);
    for (const [i, one] of numbers.entries()) {
      assert.ok(one.x >= [...cuts, ...ticks].find(({ turn }) => turn === one.turn).x || one.x + one.width >= items.right);
      assert.ok(one.x >= taken[0] && one.x + one.width <= taken[1] + 1e-9);
      if (i) assert.ok(one.x >= numbers[i - 1].x + numbers[i - 1].width);
      const [from, to] = text.anchor === 'start' ? [text.x, text.x + measure(name, 11)] : [text.x - measure(name, 11), text.x];
      assert.ok(to <= one.x + 1e-9 || one.x + one.width <= from + 1e-9, `${name} covers ${one.number} at ${width}`);
    }
  }
});

test('to a thing belong its own bars, those that it is told of with, and what it replaces', () => {
  const data = made(8);
  const found = model.statements(data, SEEN);
  const story = model.story(data, found);
  const lit = thing => [...model.belonging(data, found, story, thing)].sort();
  assert.deepEqual(lit('truce'), ['e4', 'peace', 'truce'], 'what broke a clause, and what replaces it');
  assert.deepEqual(lit('peace'), ['peace', 'truce']);
  assert.deepEqual(lit('clause'), lit('clause').filter(id => ['e4', 'truce'].includes(id)));
  assert.deepEqual(lit('e2'), ['e1', 'e2', 'e4']);
  assert.deepEqual(lit('nobody'), []);
  const less = new Map([...found].filter(([id]) => id !== 'led'));
  assert.deepEqual([...model.belonging(data, less, story, 'e2')].sort(), ['e2', 'e4'], 'only what is shown');
});

test('arrows join bars that are shown, and look no surer than their ends', () => {
  const data = made();
  const { story, items } = shown(data);
  const told = story.arrows.map(({ id, status }) => [id, status]);
  assert.deepEqual(told.sort(), [['broke', 'accepted'], ['guessed', 'open'], ['led', 'accepted'], ['peace', 'alleged']]);
  const bars = new Set(items.bars.map(item => item.bar));
  for (const { arrow } of items.arrows) assert.ok(bars.has(arrow.from) && bars.has(arrow.to));
});

for (const [count, width, height] of [[60, 1000, 500], [400, 1000, 500], [90, 560, 300], [3, 1400, 900]]) {
  test(`rows never overlap and lanes follow each other: ${count} events on ${width} pixels`, () => {
    for (const opened of [() => false, () => true]) {
      const { items, story } = shown(made(count), { width, height, opened });
      for (const [i, one] of items.bars.entries()) {
        const lane = items.lanes[one.lane];
        assert.ok(one.y >= lane.y && one.y + one.height <= lane.y + lane.height + 1e-9);
        assert.ok(one.taken[0] <= one.x && one.x + one.width <= one.taken[1] + 1e-9 && one.taken[1] <= width);
        for (const other of items.bars.slice(i + 1)) {
          const apart = one.lane !== other.lane || one.row !== other.row || one.taken[1] <= other.taken[0] || other.taken[1] <= one.taken[0];
          assert.ok(apart, `${one.id} and ${other.id}`);
        }
      }
      for (const [i, lane] of items.lanes.entries()) {
        assert.equal(items.bars.filter(bar => bar.lane === i).length + lane.more, story.lanes[i].bars.length);
        if (i) assert.ok(lane.y >= items.lanes[i - 1].y + items.lanes[i - 1].height - 1e-9);
        if (opened()) assert.equal(lane.more, 0);
      }
    }
  });
}

test('a page opens with its storyline where there is a course to tell, and links of before lead to the drawing', () => {
  const data = made();
  const views = Object.fromEntries(['', 'show=drawing', 'projection=both', 'sel=truce', 'sel=truce&show=story', 'show=table'].map(text => [text, read(text, data)]));
  assert.deepEqual(Object.values(views).map(({ show }) => show), ['story', 'drawing', 'drawing', 'drawing', 'story', 'table']);
  for (const [text, view] of Object.entries(views)) assert.equal(write(view, data), text);
  assert.equal(initial(made(2)).show, 'drawing', 'so few make no course');
  assert.deepEqual(read('projection=both&show=story', data).projection, 'both');
});

test('a span has what may have held on one of its days', () => {
  const data = made(30);
  const days = ['2020-01-20', '2020-02-14', '2020-04-30', '2020-07-01'];
  for (const first of days) for (const last of days.filter(day => day >= first)) {
    const found = model.statements(data, { ...SEEN, during: `${first}/${last}`, projection: 'both', near: '', depth: 1 });
    for (const one of data.statements.values()) {
      if (one.status === 'rejected') continue;
      let may = Boolean(one.always);
      for (let day = model.fromDay(first); day <= model.fromDay(last) && !may; day++) {
        may = ['certain', 'attested', 'possible'].includes(model.held(one, model.toDay(day)));
      }
      assert.equal(found.has(one.id), may, `${one.id} ${first} ${last}`);
    }
  }
  assert.deepEqual(['2020-02-01/2020-01-01', '2020-13-01/2020-12-01', 'x', ''].map(text => model.daysOf(text)), [null, null, null, null]);
});

test('a place over the lanes is a day, and the day is that place', () => {
  const { items } = shown(made());
  for (let x = items.left; x <= items.right; x += 7) {
    const pixels = (items.right - items.left) / (items.time.to - items.time.from);
    assert.ok(Math.abs(acrossTo(items, dayAt(items, x)) - x) <= Math.max(1, pixels), `${x}`);
  }
  assert.equal(dayAt(items, -50), dayAt(items, items.left));
});
