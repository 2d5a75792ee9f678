// The statements of the current view as a table: the same content without a drawing.
import * as model from '../core/index.js';
import * as dom from '../ui/dom.js';

/** @type {Record<string, string>} */
const HELD = { '': '', certain: 'held', attested: 'had begun, not known to have ended', possible: 'may have held' };

// Each with its id, its title, its text and, if it is in another order than its text, its key.
/** @type {[string, string, (data: Case, s: Statement, held: Sure, app: any) => string, ((s: Statement) => string)?][]} */
const COLUMNS = [
  ['subject', 'Subject', (data, s) => model.nodeName(data, s.s)],
  ['predicate', 'Predicate', (data, s) => model.predicate(data, s).label],
  ['object', 'Object', (data, s) => model.object(data, s)],
  ['status', 'Status', (_data, s) => s.status],
  ['when', 'When', (data, s) => model.when(data, s), s => model.start(s)],
  ['held', 'On that day', (_data, _s, held) => HELD[held]],
  ['family', 'Family', (data, s) => model.predicate(data, s).family],
  ['certainty', 'Certainty', (_data, s) => s.c],
  ['voices', 'Voices', (data, s) => voices(data, s)],
  ['case', 'Case', (_data, s) => s.case ?? ''],
  ['world', 'World', (_data, s, _held, app) => side(app, s.id)],
];

let sorting = { column: 0, down: false };

function voices(data, statement) {
  const found = statement.claims.map(claim => `${model.nodeName(data, claim.by)} ${model.word(data, claim.st)}`);
  return [...new Set(found)].join('; ');
}

function side({ difference, state }, id) {
  if (!state.compare) return '';
  if (difference.onlyLeft.includes(id)) return 'only the first';
  return difference.onlyRight.includes(id) ? 'only the second' : 'both';
}

function statements(app) {
  const all = dom.find('#table-all').checked;
  const [first, second] = all ? app.told() : [app.first, app.second];
  return new Map([...(second ?? []), ...first]);
}

export function show(app) {
  const { data, state } = app;
  const several = [...data.sources.values()].some(source => source.case);
  const kept = { case: several, held: state.on, world: state.compare };
  const shown = COLUMNS.filter(([id]) => kept[id] ?? true);
  const rows = [...statements(app)].map(([id, held]) => {
    const statement = data.statements.get(id);
    return { statement, cells: shown.map(([, , text]) => text(data, statement, held, app)) };
  });
  const place = Math.min(sorting.column, shown.length - 1);
  const key = ({ statement, cells }) => shown[place][3]?.(statement) ?? cells[place];
  const sign = sorting.down ? -1 : 1;
  rows.sort((a, b) => sign * key(a).localeCompare(key(b), 'en') || model.order(a.statement.id, b.statement.id));
  dom.find('#table-count').textContent = model.counted(rows.length, 'statement');
  dom.find('#statements').replaceChildren(head(app, shown, place), body(app, shown, rows));
}

function head(app, shown, place) {
  const row = dom.element('tr');
  shown.forEach(([id, label], i) => {
    const cell = dom.element('th', '', { scope: 'col' });
    const sorted = sorting.down ? 'descending' : 'ascending';
    cell.setAttribute('aria-sort', i === place ? sorted : 'none');
    const mark = i === place ? (sorting.down ? ' ▼' : ' ▲') : '';
    cell.append(dom.button(label + mark, () => sort(app, i), { id: `sort-${id}` }));
    row.append(cell);
  });
  return dom.element('thead', '', {}, row);
}

function sort(app, column) {
  sorting = { column, down: sorting.column === column && !sorting.down };
  show(app);
  dom.find(`#statements thead th:nth-child(${column + 1}) button`).focus();
}

function body(app, shown, rows) {
  return dom.element('tbody', '', {}, ...rows.map(({ statement, cells }) => {
    const row = dom.element('tr', '', { className: app.state.sel === statement.id ? 'chosen' : '' });
    cells.forEach((text, i) => {
      const cell = dom.element(i ? 'td' : 'th');
      if (!i) cell.scope = 'row';
      const [id] = shown[i];
      if (id === 'predicate') cell.append(opener(app, statement, text));
      else if (id === 'status') cell.append(dom.element('span', text, { className: `status ${text}` }));
      else Object.assign(cell, { textContent: text, dir: 'auto' });
      row.append(cell);
    });
    return row;
  }));
}

function opener(app, statement, text) {
  const made = dom.button(text, () => app.open(statement.id), { className: 'plain', id: `row-${statement.id}` });
  made.setAttribute('aria-label', `Evidence: ${model.sentence(app.data, statement)}`);
  return made;
}
