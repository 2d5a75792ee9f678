// Deal against deal: the clauses of two agreements side by side, who says what of them, and what became of them.
import * as model from '../core/index.js';
import { memo } from '../state/memo.js';
import * as dom from '../ui/dom.js';
import { say } from '../words/index.js';
import { citeAll } from './parts/citing.js';
import { clauseCard } from './parts/clause.js';
import { statusMark } from './parts/common.js';

const { element, find } = dom;

const watch = memo(() => [], app => {
  const found = model.comparable(app.data);
  for (const [id, key] of [['deal-1', 'earlier'], ['deal-2', 'later']]) {
    const select = find(`#${id}`);
    select.append(...found.map(node => dom.option(node.id, named(app.data, node))));
    select.addEventListener('change', () => app.set({ [key]: select.value }));
  }
  find('#deals-swap').addEventListener('click', () => {
    const { earlier, later } = app.state;
    app.set({ earlier: later, later: earlier });
  });
});

function named(data, node) {
  const day = model.when(data, model.concluded(data, node.id));
  return day ? `${node.name} (${day})` : node.name;
}

const build = memo(
  ({ state }) => [state.earlier, state.later, state.label],
  app => {
    const { data, state } = app;
    const both = [state.earlier, state.later].filter(id => data.nodes.has(id));
    find('#deals-pickers').hidden = !model.usualPair(data);
    if (both.length < 2) {
      dom.tell(find('#deals-count'), say('deals.none'));
      find('#deals').replaceChildren();
      return;
    }
    const rows = model.changes(data, state.earlier, state.later);
    const sames = rows.filter(isSame).length;
    dom.tell(find('#deals-count'), say(sames ? 'deals.counted-same' : 'deals.counted', { rows: say('n.row', { n: rows.length }), n: sames }));
    const stated = () => [...new Set(rows.flatMap(({ before, after }) => [before, after]).flatMap(one => (one ? statedOf(data, one) : [])))];
    find('#deals-cite').replaceChildren(citeAll(app, stated, 'deals-cite-all'));
    find('#deals').replaceChildren(head(app, both), body(app, rows));
  },
);

export function show(app) {
  watch(app);
  build(app);
  for (const [id, key] of [['deal-1', 'earlier'], ['deal-2', 'later']]) {
    if (find(`#${id}`).value !== app.state[key]) find(`#${id}`).value = app.state[key];
  }
  for (const one of dom.findAll('#deals [data-statement]')) one.classList.toggle('chosen', one.dataset.statement === app.state.sel);
}

// All that is stated of a clause or under it.
function statedOf(data, clause) {
  return (data.about.get(clause.id) ?? []).filter(({ s, o, under }) => [s, o, under].includes(clause.id));
}

/** @type {(row: { before?: Thing; after?: Thing }) => boolean} */
const isSame = ({ before, after }) => Boolean(before?.text) && before.text === after?.text;

function head({ data, open }, both) {
  const row = element('tr', '', {}, element('th', say('deals.clause'), { scope: 'col' }));
  for (const id of both) {
    const fact = model.concluded(data, id);
    const cell = element('th', '', { scope: 'col' }, dom.button(data.nodes.get(id).name, () => open(id), { className: 'plain' }));
    if (fact) cell.append(' ', statusMark(data, fact.status), element('small', ` ${model.when(data, fact)}`));
    row.append(cell);
  }
  return element('thead', '', {}, row);
}

function body(app, rows) {
  return element('tbody', '', {}, ...rows.map(row => {
    const first = element('th', say(`deals.${row.change.replaceAll(' ', '-')}`), { scope: 'row' });
    if (isSame(row)) first.append(element('small', say('deals.same')));
    const made = element('tr', '', {}, first, ...['before', 'after'].map(side => cellOf(app, row[side], side, app.state)));
    made.dataset.change = row.change;
    return made;
  }));
}

function cellOf(app, clause, side, { earlier, later }) {
  const cell = element('td');
  cell.dataset.deal = model.nodeName(app.data, side === 'before' ? earlier : later);
  if (clause) cell.append(clauseCard(app, clause));
  else cell.append(element('p', say('deals.nothing'), { className: 'nothing' }));
  return cell;
}
