// What several panels are made of.
import * as model from '../../core/index.js';
import * as dom from '../../ui/dom.js';
import { button, element } from '../../ui/dom.js';
import { row, say } from '../../words/index.js';

const AT_ONCE = 40; // Statements that stand in a list before one asks for more.

export function statusMark(data, status) {
  return element('span', model.word(data, status), { className: `status ${status}` });
}

// A statement as a button that opens its evidence.
export function opener(app, statement, { from = '', words = model.sentence(app.data, statement) } = {}) {
  const made = button(`${words} `, () => app.open(statement.id), { className: 'opener' });
  made.dataset.statement = statement.id;
  made.append(statusMark(app.data, statement.status));
  if (statement.when) made.append(element('small', ` ${model.when(app.data, statement)}`));
  if (statement.case) made.append(element('small', ` (${statement.case})`));
  const sure = app.first.get(statement.id);
  if (sure && !model.SHOWN.attested.includes(sure)) made.append(element('small', ` ${say('common.held', { how: model.saidOfDay(sure) })}`));
  if (from && !app.isShown(statement.id)) made.classList.add('unseen');
  return made;
}

export function thing(app, id, words) {
  const name = words ?? model.nodeName(app.data, id);
  if (!app.data.nodes.has(id)) return element('span', name);
  const made = button(name, () => app.open(id), { className: 'plain' });
  made.dataset.thing = id;
  return made;
}

export function openers(app, statements) {
  return dom.list('openers', statements.map(statement => opener(app, statement, { from: 'panel' })));
}

export function heading(text, level = 'h3') {
  return element(level, text);
}

export function names(data, ids) {
  return row([...new Set(ids.filter(Boolean))].map(id => model.nodeName(data, id)));
}

export function stances(data, statement) {
  const by = new Map();
  for (const claim of statement.claims) {
    if (!by.has(claim.st)) by.set(claim.st, []);
    by.get(claim.st).push(claim.by);
  }
  return [...by].map(([stance, voices]) => element('span', say('common.stance', { names: names(data, voices), stance: model.word(data, stance) })));
}

export function topics(data, clause) {
  return (clause.topic ?? []).map(topic => (topic === 'other' && clause.other) || model.word(data, topic)).join(say('words.semicolon'));
}

// A list with what is open in it before all else, so that it is seen.
export function chosenFirst(list, isChosen) {
  return [...list.filter(isChosen), ...list.filter(one => !isChosen(one))];
}

export function byTime(statements) {
  return [...statements].sort(model.inTime);
}

// Remarks of the editors: notes, and which names mean something.
export function notesOn({ data }, found) {
  return found.map(({ text, names: called, c, at }) => {
    const card = element('article', '', { className: 'editors' });
    const what = called.length ? say('common.names', { names: called.map(name => say('words.quoted', { name })).join(say('words.comma')) }) : say('common.note');
    card.append(element('p', '', {}, element('strong', what), c ? ` (${model.word(data, c)})` : ''), element('p', text), cited(at));
    return card;
  });
}

// The sentences that a remark cites.
export function cited(at = []) {
  return at.length ? element('small', at.map(one => `[${one}]`).join(' ')) : '';
}

// Something that can be opened: it stays as it was left while all around it is built anew.
//   id: its name in the state; usual: whether it is open as long as nobody has touched it
//   fill: makes what is in it, once it is open
export function foldable(app, id, { usual = false, summary, fill, properties = {} }) {
  const box = element('details', '', properties, summary);
  let filled = false;
  const open = () => {
    if (!filled) box.append(...fill().filter(Boolean));
    filled = true;
  };
  remembered(app, box, id, usual);
  if (box.open) open();
  box.addEventListener('toggle', () => box.open && open());
  return box;
}

// Opens in the state what is not open, or closes what is.
export function flip(app, id) {
  const toggled = new Set(app.state.toggled);
  if (!toggled.delete(id)) toggled.add(id);
  app.set({ toggled });
}

// Keeps in the state whether something is open.
export function remembered(app, box, id, usual = false) {
  box.open = app.state.toggled.has(id) !== usual;
  const keep = () => {
    if (app.state.toggled.has(id) !== (box.open !== usual)) flip(app, id);
  };
  box.addEventListener('toggle', keep);
  // That event comes some time after the click, and whatever is built anew in between has to know.
  box.querySelector('summary').addEventListener('click', event => {
    event.preventDefault();
    box.open = !box.open;
    keep();
  });
}

// Where to begin: the contested statements, the first of them at once, and pairs of worlds that differ.
export function suggested(app) {
  const contested = model.contested(app.data);
  const rest = contested.length > AT_ONCE && foldable(app, 'contested', {
    summary: element('summary', say('common.contested', { n: contested.length - AT_ONCE })),
    fill: () => [openers(app, contested.slice(AT_ONCE))],
  });
  const pairs = app.suggestions.map(({ label, change }, i) => {
    const compare = () => app.set({ ...change }, { refit: true });
    return button(label, compare, { className: 'opener', id: `compare-${i}` });
  });
  const details = foldable(app, 'comparisons', {
    usual: true,
    summary: element('summary', say('common.beside')),
    fill: () => [dom.list('openers', pairs)],
    properties: { id: 'comparisons' },
  });
  return [
    ...(contested.length ? [heading(say('common.what')), openers(app, contested.slice(0, AT_ONCE)), rest] : []),
    ...(pairs.length ? [details] : []),
  ];
}
