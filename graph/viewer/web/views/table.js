// The statements of the current view as a table: the same content without a drawing.
import * as model from '../core/index.js';
import { memo } from '../state/memo.js';
import * as dom from '../ui/dom.js';
import { roving, stop } from '../ui/roving.js';
import { language, say } from '../words/index.js';
import { citeAll } from './parts/citing.js';

// Each with its id, by which its title is known, its text and, if it is in another order than its text, its key.
/** @type {[string, (data: Case, s: Statement, held: Sure, app: any) => string, ((s: Statement) => string)?][]} */
const COLUMNS = [
  ['subject', (data, s) => model.nodeName(data, s.s)],
  ['predicate', (data, s) => model.predicate(data, s).label],
  ['object', (data, s) => model.object(data, s)],
  ['status', (data, s) => model.word(data, s.status)],
  ['when', (data, s) => model.when(data, s), s => model.start(s)],
  ['held', (_data, _s, held) => model.saidOfDay(held)],
  ['family', (data, s) => model.word(data, model.predicate(data, s).family)],
  ['certainty', (data, s) => model.word(data, s.c)],
  ['voices', (data, s) => voices(data, s)],
  ['case', (_data, s) => s.case ?? ''],
  ['world', (_data, s, _held, app) => side(app, s.id)],
];

const AT_ONCE = 500; // So many rows are made at first, and again when the last of them comes near.
const OPENER = 'tbody button';

let rows = [];
let shown = [];
let chosen; // The row that is marked.

function voices(data, statement) {
  const found = statement.claims.map(claim => `${model.nodeName(data, claim.by)} ${model.word(data, claim.st)}`);
  return [...new Set(found)].join(say('words.semicolon'));
}

const sides = memo(
  difference => [difference],
  ({ onlyLeft, onlyRight }) => [new Set(onlyLeft), new Set(onlyRight)],
);

function side({ difference, state }, id) {
  if (!state.compare) return '';
  const [left, right] = sides(difference);
  if (left.has(id)) return say('table.first');
  return right.has(id) ? say('table.second') : say('table.both');
}

// What is told of, from the two worlds if there are two.
const statements = memo(
  ({ state, select }) => (state.rows === 'all'
    ? [select.statements(state), select.otherStatements(state)]
    : [select.lines(state), select.others(state)]),
  ({ state, select }) => {
    const all = state.rows === 'all';
    const first = all ? select.statements(state) : select.lines(state);
    const second = all ? select.otherStatements(state) : select.others(state);
    return new Map([...(second ?? []), ...first]);
  },
);

const build = memo(
  app => [statements(app), app.state.on, app.difference, app.state.sort],
  app => {
    const { data, state } = app;
    const several = [...data.sources.values()].some(source => source.case);
    const kept = { case: several, held: state.on, world: state.compare };
    shown = COLUMNS.filter(([id]) => kept[id] ?? true);
    const name = state.sort.replace('-', '');
    const [, text, key] = shown.find(([id]) => id === name) ?? shown[0];
    const found = [...statements(app)].map(([id, held]) => {
      const statement = data.statements.get(id);
      return { statement, held, key: key?.(statement) ?? text(data, statement, held, app) };
    });
    const collator = new Intl.Collator(language());
    const sign = state.sort.startsWith('-') ? -1 : 1;
    rows = found.sort((a, b) => sign * collator.compare(a.key, b.key) || model.order(a.statement.id, b.statement.id));
    dom.tell(dom.find('#table-count'), say('n.statement', { n: rows.length }));
    dom.find('#table-cite').replaceChildren(citeAll(app, () => rows.map(({ statement }) => statement), 'table-cite-all'));
    const table = dom.find('#statements');
    table.setAttribute('aria-rowcount', rows.length + 1);
    table.replaceChildren(head(app), dom.element('tbody'));
    chosen = undefined;
    more(app);
    stop(table, OPENER);
  },
);

const watch = memo(() => [], app => {
  const place = dom.find('#table-view .scroll');
  place.addEventListener('scroll', () => {
    if (place.scrollTop + 2 * place.clientHeight > place.scrollHeight) more(app);
  });
  roving(dom.find('#statements'), OPENER, () => more(app));
});

export function show(app) {
  watch(app);
  build(app);
  const row = document.getElementById(`row-${app.state.sel}`)?.closest('tr');
  if (row === chosen) return;
  chosen?.classList.remove('chosen');
  row?.classList.add('chosen');
  chosen = row;
}

// Makes further rows.
function more(app, count = AT_ONCE) {
  const body = dom.find('#statements tbody');
  const begun = body.childElementCount;
  body.append(...rows.slice(begun, begun + count).map((row, i) => rowOf(app, row, begun + i)));
}

// Makes all rows, as for paper.
export function fill(app) {
  if (app.state.show === 'table') more(app, rows.length);
}

function head(app) {
  const { sort } = app.state;
  const [name, down] = [sort.replace('-', ''), sort.startsWith('-')];
  const sorted = shown.some(([id]) => id === name) ? name : shown[0][0];
  const row = dom.element('tr');
  for (const [id] of shown) {
    const cell = dom.element('th', '', { scope: 'col' });
    const direction = down ? 'descending' : 'ascending';
    cell.setAttribute('aria-sort', id === sorted ? direction : 'none');
    const mark = id === sorted ? (down ? ' ▼' : ' ▲') : '';
    const next = id === sorted && !down ? `-${id}` : id;
    cell.append(dom.button(say(`table.${id}`) + mark, () => app.set({ sort: next }), { id: `sort-${id}` }));
    row.append(cell);
  }
  return dom.element('thead', '', {}, row);
}

function rowOf(app, { statement, held }, place) {
  const row = dom.element('tr');
  row.setAttribute('aria-rowindex', place + 2);
  shown.forEach(([id, told], i) => {
    const text = told(app.data, statement, held, app);
    const cell = dom.element(i ? 'td' : 'th');
    if (!i) cell.scope = 'row';
    if (id === 'predicate') cell.append(opener(app, statement, text));
    else if (id === 'status') cell.append(dom.element('span', text, { className: `status ${statement.status}` }));
    else Object.assign(cell, { textContent: text, dir: 'auto' });
    row.append(cell);
  });
  return row;
}

function opener(app, statement, text) {
  const made = dom.button(text, () => app.open(statement.id), { className: 'plain', id: `row-${statement.id}`, tabIndex: -1 });
  made.setAttribute('aria-label', say('table.evidence', { sentence: model.sentence(app.data, statement) }));
  return made;
}
