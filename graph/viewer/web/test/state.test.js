import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caption, needed } from '../state/caption.js';
import { createHistory } from '../state/history.js';
import { memo } from '../state/memo.js';
import { ROWS } from '../state/schema.js';
import { selectors } from '../state/selectors.js';
import { createStore } from '../state/store.js';
import { initial, isAtStop, isStep, read, told, write } from '../state/url.js';
import { example } from './example.js';

const data = example();
const VIEWS = [
  '',
  'sel=two',
  'world=voice:council&on=2020-02-01&held=certain&vs=agreed&vson=2020-03-01',
  'world=only:council&projection=actors',
  'projection=both',
  'near=mill~2&from=council&to=ford&question=who&span=2020-01-01/2020-12-31',
  'label=ar&colour=family&show=table&projection=ties&panel=questions&theme=dark&sign=negative',
  'show=table',
  'during=2020-01-01/2020-03-01&projection=actors',
  'no-status=none&no-family=backing,violence&rows=all&sort=-when&at=-12.5,3,0.75',
];

test('a view is read as it was written', () => {
  for (const view of VIEWS) assert.equal(write(read(view, data), data), view);
});

test('a stop of a tour has one address, whatever the theme, and what one does meanwhile another', () => {
  const toured = example();
  toured.tours = [{ id: 'walk', title: 'Walk', steps: [{ title: '1', text: '1', view: 'sel=two' }, { title: '2', text: '2', view: 'show=table' }] }];
  for (const view of ['tour=walk~1', 'tour=walk~2', 'embed=1&tour=walk~2', 'tour=walk~2&label=ar&theme=dark']) {
    const state = read(view, toured);
    assert.equal(write(state, toured), view);
    assert.equal(isAtStop(state, toured), true);
    assert.equal(state.show, view.includes('~2') ? 'table' : 'drawing');
  }
  const strayed = { ...read('tour=walk~1', toured), sel: 'one' };
  assert.equal(write(strayed, toured), 'tour=walk~1&sel=one');
  assert.equal(read('tour=walk~1&sel=one', toured).sel, 'one');
  assert.equal(isAtStop(strayed, toured), false);
  for (const view of ['tour=walk~3', 'tour=walk~0', 'tour=other~1', 'tour=']) assert.equal(write(read(view, toured), toured), '');
  assert.deepEqual(read('tour=walk~3', toured), initial(toured));
});

test('what does not fit is left out', () => {
  for (const odd of ['%%%', '=&=&&', 'world=voice:nobody&on=2020-13-01&near=nobody~9&at=1,2&sort=1;2&rows=some', 'near=~~&at=0,0,0']) {
    assert.deepEqual(read(odd, data), initial(data), odd);
  }
  assert.equal(read('two', data).sel, 'two');
  assert.equal(read('near=mill~7', data).depth, 1);
  assert.equal(read('recipe=ties&label=both', data).projection, 'ties');
  assert.equal(read('recipe=ties&label=both', data).label, 'all');
});

test('every key of the state stands in the table once, and those of no address are kept apart', () => {
  const keys = ROWS.flatMap(row => Object.keys(row.usual(data)));
  assert.deepEqual(keys, [...new Set(keys)]);
  const links = ROWS.map(row => row.link).filter(Boolean);
  assert.deepEqual(links, [...new Set(links)]);
  const silent = Object.keys(initial(data)).filter(key => !(key in told(initial(data), data)));
  assert.deepEqual(silent, ['toggled', 'playing', 'filters', 'sheet', 'strip', 'pointed']);
});

test('one can go back to what was chosen, not to each place of a slider or of the drawing', () => {
  for (const key of ['sel', 'world', 'on', 'question', 'panel', 'near', 'compare']) assert.ok(isStep([key], data), key);
  for (const key of ['at', 'spanFrom', 'sort', 'label', 'toggled', 'playing', 'hidden']) assert.ok(!isStep([key], data), key);
});

test('a store tells which keys are another, and keeps what it was', () => {
  const store = createStore(initial(data));
  const before = store.get();
  const heard = [];
  store.listen((state, keys, how) => heard.push([state.sel, keys, how]));
  assert.deepEqual(store.set({ sel: 'two', world: 'all' }), ['sel']);
  assert.deepEqual(store.set({ sel: 'two' }, 'along'), []);
  assert.deepEqual(heard, [['two', ['sel'], undefined], ['two', [], 'along']]);
  assert.equal(before.sel, '');
});

test('what is remembered is made anew only if an input is another', () => {
  let made = 0;
  const double = memo(n => [n], n => ((made += 1), 2 * n));
  assert.deepEqual([double(1), double(1), double(2), double(2), double(1)], [2, 2, 4, 4, 2]);
  assert.equal(made, 3);
});

test('a choice changes no lines, and a world changes them', () => {
  const { lines, others, difference, ways, ends, marked } = selectors(data);
  const first = { ...initial(data), projection: 'both', from: 'council', to: 'ford' };
  const chosen = { ...first, sel: 'two', panel: 'about' };
  for (const one of [lines, ways, ends, marked]) assert.equal(one(first), one(chosen));
  const other = { ...chosen, world: 'agreed' };
  assert.deepEqual([...lines(other).keys()], ['one']);
  assert.deepEqual(ways(other), []);
  assert.equal(others(other), null);
  const compared = { ...other, compare: true, world2: 'alleged' };
  assert.deepEqual(difference(compared), { onlyLeft: ['one'], onlyRight: ['two'], both: [], changed: [] });
  assert.deepEqual([...marked({ ...first, panel: 'questions', question: 'who' })], ['two', 'three']);
});

test('steps are written at once, what goes along when it rests, and nothing twice', () => {
  const written = [];
  let waiting = null;
  const history = createHistory(
    (fragment, step) => written.push([fragment, step]),
    action => (waiting = action),
    () => (waiting = null),
  );
  history.at('');
  history.tell('on=1', 'along');
  history.tell('on=2', 'along');
  assert.deepEqual(written, [['', false]]);
  waiting();
  history.tell('on=2', 'step');
  history.tell('sel=a', 'step');
  history.tell('on=3', 'along');
  history.tell('sel=b', undefined);
  assert.equal(waiting, null);
  assert.deepEqual(written, [['', false], ['on=2', false], ['sel=a', true], ['sel=b', false]]);
});

test('a page opens with ties between actors, and a link of before means what it meant', () => {
  assert.equal(initial(data).projection, 'actors');
  assert.equal(initial(example({ statements: {} })).projection, 'both');
  assert.equal(initial(example({ rules: { ...data.rules, glance: 5 } })).projection, 'both', 'so few are seen with all their lines');
  assert.deepEqual(['', 'sel=two', 'two', 'odd=1'].map(text => read(text, data).projection), ['actors', 'both', 'both', 'actors']);
  const usual = initial(data);
  assert.equal(write(usual, data), '');
  assert.equal(write({ ...usual, sel: 'two' }, data), 'sel=two&projection=actors');
  const held = text => read(text, data).held;
  assert.deepEqual(['', 'on=2020-02-01', 'on=2020-02-01&certain=1', 'vs=all&vson=2020-02-01'].map(held), ['attested', 'possible', 'certain', 'possible']);
  assert.equal(write({ ...usual, on: '2020-02-01' }, data), 'on=2020-02-01&held=attested&projection=actors');
});

test('a caption tells whose world it is, the day, and what is left out', () => {
  const words = text => caption(data, read(text, data));
  assert.equal(words(''), 'Everything, with its status; only ties between actors, 3 other lines left out');
  assert.equal(words('projection=both'), 'Everything, with its status');
  assert.equal(words('world=voice:council'), 'Accepted, plus 1 line that Town Council asserts, less 0 that it denies');
  assert.equal(words('world=voice:guard'), 'Accepted, plus 0 lines that River Guard asserts, less 0 that it denies');
  assert.equal(words('world=voice:writer'), 'Accepted, plus 3 lines that The Courier asserts, less 0 that it denies; of what is accepted it asserts 1 itself');
  assert.equal(words('world=only:council'), 'Only what Town Council asserts: 1 line');
  assert.equal(words('world=alleged:council'), 'Only alleged, by Town Council');
  assert.equal(words('on=2020-02-01'), 'Everything, with its status; on 1 February 2020, what held or may have held');
  assert.equal(words('near=ford~2'), 'Everything, with its status; only within 2 steps of The Ford, 1 other line left out');
  assert.equal(caption(data, read('world=agreed&vs=alleged', data), 2), 'What only one side alleges');
});

test('what is asked about brings the lines that it needs', () => {
  const lines = change => needed(data, { ...initial(data), ...change });
  assert.equal(lines({}), 'actors');
  assert.equal(lines({ from: 'council', to: 'guard' }), 'actors');
  assert.equal(lines({ from: 'council', to: 'ford' }), 'both');
  assert.equal(lines({ near: 'mill' }), 'both');
  assert.equal(lines({ question: 'who' }), 'both');
  assert.equal(lines({ sel: 'says:shells' }), 'both');
  assert.equal(lines({ near: 'ford', projection: 'ties' }), 'ties');
  assert.equal(lines({ world: 'voice:guard' }), 'actors');
  assert.equal(lines({ world: 'voice:writer' }), 'actors', 'one of its lines is there');
  assert.equal(lines({ world: 'only:council' }), 'both', 'none of its lines would be there');
  assert.equal(lines({ world: 'voice:council' }), 'both');
  assert.equal(lines({ compare: true, world: 'agreed' }), 'both', 'what differs would not be there');
  assert.equal(lines({ compare: true, world: 'agreed', world2: 'agreed' }), 'actors');
});

test('on a day, what was not there a moment before and what is gone a moment later are marked', () => {
  const { turns, own, classes } = selectors(data);
  const all = { ...initial(data), projection: 'both', held: 'possible' };
  assert.deepEqual(turns(all).map(one => one.size), [0, 0]);
  const two = example({ statements: {
    early: { ...data.statements.get('five'), spans: ['2020-01-01/2020-02-01 attested 2020-01-01'] },
    late: { ...data.statements.get('one'), spans: ['2020-02-02/2020-03-01 attested 2020-02-02'] },
    fought: data.statements.get('fought'),
  } });
  two.drawn.lines = new Map(['early', 'late'].map((id, i) => [id, { id: `e${i}`, of: id }]));
  const on = day => selectors(two).turns({ ...initial(two), projection: 'both', on: day })[0];
  assert.deepEqual([...on('2020-02-01')], [['early', '−']]);
  assert.deepEqual([...on('2020-02-02')], [['late', '+']]);
  assert.deepEqual(own.map(of => of({ ...all, world: 'voice:council' })), [new Set(['two']), null]);
  assert.deepEqual(classes({ ...all, on: '2020-02-01', held: 'attested' }), { shown: '', others: '1 may have held, 3 without a date' });
});
