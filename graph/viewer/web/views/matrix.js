// Who says what: a table of the open questions and the voices, with their stances and answers.
import * as model from '../core/index.js';
import { memo } from '../state/memo.js';
import * as dom from '../ui/dom.js';
import { crossing, stop } from '../ui/roving.js';
import { say } from '../words/index.js';
import { flip } from './parts/common.js';

const { element } = dom;
const CLASH = '≠';
const ROWS = 25; // So many questions are made at first, and again when more are asked for.
const MUCH = 2; // A voice with more answers than this for a question has a broad column.
const VOICES = 24; // So many voices have a column until all are asked for.
const ITEMS = 'button';
const ALL_VOICES = 'says-voices'; // In what is toggled.

let shown = { rows: [], voices: [], broad: new Set() };
let chosen = [];

const build = memo(
  ({ state, select }) => [select.says(state), state.toggled.has(ALL_VOICES)],
  app => {
    const { data, state } = app;
    const found = app.select.says(state);
    const voices = state.toggled.has(ALL_VOICES) ? found.voices : kept(found);
    const broad = new Set(voices.filter(voice => found.said.get(voice) > MUCH * found.rows.length));
    shown = { rows: found.rows, voices, broad };
    const left = found.left ? say('says.left', { n: found.left }) : '';
    dom.tell(dom.find('#says-count'), data.questions.size ? countOf(found) + left : say('says.none'));
    const hidden = found.voices.length - voices.length;
    dom.find('#says-voices').hidden = !hidden;
    dom.tell(dom.find('#says-voices'), say('says.voices', { n: hidden }));
    dom.find('#says-key').replaceChildren(...key(data, found));
    const table = dom.find('#says');
    table.replaceChildren(head(app, found, voices), element('tbody'));
    chosen = [];
    more(app);
    stop(table, ITEMS, table.querySelector('.saying'));
  },
);

const countOf = ({ rows, voices }) => say('says.counted', { questions: say('n.question', { n: rows.length }), voices: say('n.voice', { n: voices.length }) });

// The voices that say most, and what nobody named says.
function kept({ voices, said }) {
  const most = new Set([...voices].sort((a, b) => said.get(b) - said.get(a)).slice(0, VOICES));
  return voices.filter(voice => most.has(voice) || voice === model.REPORTEDLY);
}

const watch = memo(() => [], app => {
  crossing(dom.find('#says'), ITEMS, () => more(app));
  dom.find('#says-rows').addEventListener('click', () => {
    const { length } = dom.findAll('#says tbody tr');
    more(app);
    dom.findAll('#says tbody tr')[length].querySelector(ITEMS).focus();
  });
  dom.find('#says-voices').addEventListener('click', () => {
    const { length } = shown.voices;
    flip(app, ALL_VOICES);
    dom.findAll('#says thead th')[length].querySelector(ITEMS)?.focus();
  });
});

export function show(app) {
  watch(app);
  build(app);
  mark(app.state.sel);
}

// Marks what is chosen.
function mark(sel) {
  for (const one of chosen) one.classList.remove('chosen');
  chosen = sel ? dom.findAll(`#says [data-statement="${CSS.escape(sel)}"]`) : [];
  for (const one of chosen) one.classList.add('chosen');
}

// Makes further rows.
function more(app, count = ROWS) {
  const body = dom.find('#says tbody');
  const begun = body.childElementCount;
  body.append(...shown.rows.slice(begun, begun + count).map(row => rowOf(app, row)));
  const rest = shown.rows.length - body.childElementCount;
  dom.find('#says-rows').hidden = !rest;
  dom.tell(dom.find('#says-rows'), say('says.rows', { n: rest }));
}

// Makes all rows, as for paper.
export function fill(app) {
  if (app.state.show === 'says') more(app, shown.rows.length);
}

// What the signs mean that occur.
function key(data, { rows }) {
  const found = new Set(rows.flatMap(({ cells }) => [...cells.values()].flat().flatMap(({ stances }) => stances)));
  const told = Object.keys(data.styles.stances).filter(stance => found.has(stance));
  const items = told.map(stance => [sign(data, stance), model.word(data, stance)]);
  if (rows.some(({ disputed }) => disputed)) items.push([clash(), say('says.contradicts')]);
  return items.map(([glyph, text]) => element('li', '', {}, glyph, element('span', text)));
}

function sign(data, stance) {
  const { asserting, denying } = data.rules;
  const side = asserting.has(stance) ? 'for' : denying.has(stance) ? 'against' : '';
  const made = element('span', data.styles.stances[stance] ?? '·', { className: `sign ${side}` });
  made.setAttribute('aria-hidden', 'true');
  return made;
}

function clash() {
  const made = element('span', CLASH, { className: 'clash' });
  made.setAttribute('aria-hidden', 'true');
  return made;
}

const voiceName = (data, voice) => (voice === model.REPORTEDLY ? say('says.reportedly') : model.nodeName(data, voice));

function head(app, { said, camps }, voices) {
  const { data } = app;
  const row = element('tr', '', {}, element('th', say('says.question'), { scope: 'col' }));
  for (const voice of voices) {
    const name = voiceName(data, voice);
    const open = () => app.open(voice);
    const made = voice === model.REPORTEDLY
      ? element('span', name, { title: say('says.nobody') })
      : dom.button(name, open, { className: 'plain', tabIndex: -1, title: name });
    const cell = element('th', '', { scope: 'col' }, made, element('small', ` ${said.get(voice)}`));
    if (camps.has(voice)) cell.prepend(element('small', say('says.camp', { name: model.nodeName(data, camps.get(voice)) }), { className: 'camp' }));
    row.append(cell);
  }
  return element('thead', '', {}, row);
}

function rowOf(app, { question, cells, disputed }) {
  const ask = dom.button(question.name, () => app.ask(question.id), { className: 'plain', tabIndex: -1 });
  const first = element('th', '', { scope: 'row' }, ask);
  if (disputed) first.append(element('small', '', {}, clash(), ` ${say('says.contradictions', { n: disputed })}`));
  if (question.exclusive) first.append(element('small', say('says.only')));
  if (!cells.size) first.append(element('small', say('says.silent')));
  const row = element('tr', '', {}, first);
  for (const voice of shown.voices) row.append(cellOf(app, question, voice, cells.get(voice) ?? []));
  return row;
}

function cellOf(app, question, voice, cell) {
  const made = element('td');
  if (!cell.length) return made;
  if (shown.broad.has(voice)) made.className = 'broad';
  made.dataset.voice = voiceName(app.data, voice);
  made.append(...cell.map(one => opener(app, question, made.dataset.voice, one)));
  return made;
}

function opener({ data, open }, question, name, { statement, stances, disputed }) {
  const made = dom.button('', () => open(statement.id), { className: disputed ? 'saying disputed' : 'saying', tabIndex: -1 });
  const whole = say('says.whole', { name, stances: stances.map(stance => model.word(data, stance)).join(say('words.comma')), sentence: model.sentence(data, statement) });
  made.dataset.statement = statement.id;
  made.dataset.stances = stances.join(' ');
  made.title = whole;
  made.setAttribute('aria-label', disputed ? say('says.whole-disputed', { whole, why: say('says.contradicts') }) : whole);
  made.append(...stances.map(stance => sign(data, stance)), element('span', model.shortAnswer(data, question.id, statement), { className: 'answer' }));
  if (disputed) made.append(clash());
  return made;
}
