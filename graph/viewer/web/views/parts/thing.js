// A thing with all that is stated of it.
import * as model from '../../core/index.js';
import * as dom from '../../ui/dom.js';
import { button, element } from '../../ui/dom.js';
import { say } from '../../words/index.js';
import { citeAll } from './citing.js';
import { spokenOf } from './clause.js';
import { closer } from './group.js';
import { byTime, cited, foldable, heading, notesOn, opener, thing, topics } from './common.js';

const FEW = 3; // Up to so many others are open at once.

export function nodePanel(app, node) {
  const { data } = app;
  const statements = data.about.get(node.id) ?? [];
  const lines = statements.filter(statement => data.drawn.lines.has(statement.id));
  const others = statements.filter(statement => !data.drawn.lines.has(statement.id));
  const isDrawn = data.drawn.places.has(node.id);
  return [
    heading(node.name, 'h2'),
    ...model.names(data, node).map(({ tag, direction, text }) => element('p', text, { lang: tag, dir: direction, className: 'name' })),
    dom.definitions([
      [say('field.case'), (node.cases ?? []).join(say('words.semicolon'))],
      [say('thing.also'), (node.also ?? []).join(say('words.semicolon'))],
      [say('thing.class'), model.word(data, node.class)],
      [say('field.kind'), node.kind && model.word(data, node.kind)],
      [say('thing.identity'), node.identity && model.word(data, node.identity)],
      [say('thing.that-is'), node.other],
      [say('field.topic'), topics(data, node)],
      [say('thing.text'), node.text],
      [say('thing.pattern'), node.pattern],
      [say('thing.steps'), (node.steps ?? []).join(say('words.semicolon'))],
      [say('field.scope'), node.scope],
      [say('thing.size'), (node.sizes ?? []).join(say('words.semicolon'))],
      [say('thing.where'), node.where],
      [say('field.note'), node.note],
      [say('thing.lists'), (node.lists ?? []).join(say('words.semicolon'))],
      [say('field.id'), node.id],
    ]),
    links(node),
    nodeActions(app, node),
    element('p', !isDrawn || app.shownEnds().has(node.id) ? '' : say('thing.absent')),
    ...seenIn(app, node),
    ...(isDrawn ? [heading(say('thing.ties', { n: lines.length }))] : []),
    ...tiesOf(app, node, byTime(lines)),
    ...(others.length ? [heading(say('thing.others', { n: others.length })), phrases(app, node, byTime(others))] : []),
    ...spoken(app, node),
    ...asked(app, node),
    ...patterns(app, node),
    ...alike(app, node),
    ...notesOn(app, model.notesAbout(data, node.id)),
    ...mentions(app, node),
  ];
}

// What a mechanism is seen in: what, when, who, and through which means.
function seenIn(app, node) {
  const { data } = app;
  const found = model.seenIn(data, node);
  const shown = found.map(({ id, statement, who, when, means }) => {
    const item = element('div', '', { className: 'seen-in' }, statement ? opener(app, statement, { from: 'panel' }) : thing(app, id));
    const parts = [
      ...(when && !statement ? [[when]] : []),
      ...who.map(([one, words]) => [`${words} `, thing(app, one)]),
      ...means.map(([word, one]) => [`${word} `, data.nodes.has(one) ? thing(app, one) : one]),
    ];
    if (parts.length) item.append(element('small', '', {}, ...parts.flatMap((part, i) => (i ? [' · ', ...part] : part))));
    return item;
  });
  return found.length ? [heading(say('thing.seen', { n: found.length })), dom.list('openers', shown)] : [];
}

// The mechanisms that are seen in a thing, and through which statements.
function patterns(app, node) {
  const found = model.patterns(app.data, node).map(({ mechanism, through }) => element('div', '', {},
    thing(app, mechanism.id), ` ${mechanism.pattern ?? ''}`, ...through.map(one => opener(app, one, { from: 'panel' }))));
  return found.length ? [heading(say('thing.patterns')), dom.list('openers', found)] : [];
}

// What it says as a voice.
function spoken(app, node) {
  const { data } = app;
  const found = model.saidBy(data, node.id);
  const row = ({ claim, statement }) => {
    const words = say('thing.says', { stance: model.word(data, claim.st), sure: model.sureness(data, claim), sentence: model.sentence(data, statement) });
    return opener(app, statement, { from: 'panel', words });
  };
  return found.length ? [foldable(app, `${node.id} says`, {
    summary: element('summary', say('thing.spoken', { n: found.length })),
    fill: () => [dom.list('openers', found.map(row))],
    properties: { className: 'ties own' },
  })] : [];
}

function asked(app, node) {
  const found = model.questionsOf(app.data, node.id).filter(({ id }) => id !== node.id);
  const row = one => button(one.name, () => app.set({ panel: 'questions', question: one.id }), { className: 'opener' });
  return found.length ? [heading(say('thing.questions', { n: found.length })), dom.list('openers', found.map(row))] : [];
}

// Whether it is another thing, as the editors judge.
function alike(app, node) {
  const found = (app.data.judged ?? []).filter(({ on }) => on.includes(node.id));
  return found.map(({ on, out, how, c, why, at }) => element('article', '', { className: 'editors' },
    element('p', '', {}, element('strong', say('thing.judged', { how })), `(${model.word(app.data, c)}): `, out ? say('thing.outside', { out }) : thing(app, on.find(id => id !== node.id))),
    element('p', why),
    cited(at),
  ));
}

function mentions(app, { told = {} }) {
  const found = Object.entries(told).map(([source, sentences]) => say('thing.mention', { title: app.data.sources.get(source).title, sentences }));
  return found.length ? [heading(say('thing.named')), dom.list('plain', found.map(text => element('span', text)))] : [];
}

// The ties of a thing below what they join it to, told from its own end.
function tiesOf(app, node, statements) {
  const found = model.byOther(app.data, node.id, statements);
  const [several, single] = [true, false].map(many => found.filter(([, ties]) => (ties.length > 1) === many));
  const usual = several.length <= FEW;
  return [
    ...several.map(([other, ties]) => foldable(app, `${node.id} ${other}`, {
      usual,
      summary: element('summary', `${model.nodeName(app.data, other)} `, {}, element('small', say('n.tie', { n: ties.length }))),
      fill: () => [phrases(app, node, ties, other), element('p', '', {}, say('thing.all-of'), thing(app, other))],
      properties: { className: 'ties' },
    })),
    phrases(app, node, single.flatMap(([, ties]) => ties)),
  ];
}

function phrases(app, node, statements, other = '') {
  const words = statement => model.phrase(app.data, statement, node.id, other);
  return dom.list('openers', statements.map(one => opener(app, one, { from: 'panel', words: words(one) })));
}

function links({ id, links: found = [] }) {
  const { things } = document.documentElement.dataset;
  const own = things && element('a', say('thing.page'), { href: `${things}${encodeURIComponent(id)}` });
  const plain = things && element('a', say('thing.json'), { href: `${things}../things/${encodeURIComponent(id)}.json` });
  const made = [own, plain, ...found.map(url => dom.link(new URL(url).host, url))].filter(Boolean);
  return made.length ? element('p', '', {}, say('thing.elsewhere'), ...made.flatMap((a, i) => (i ? [say('words.comma'), a] : [a]))) : '';
}

function nodeActions(app, node) {
  const { state, data } = app;
  const row = element('p', '', { className: 'actions' });
  if (node.class === 'Clause') row.append(spokenOf(app, node));
  if (app.shownEnds().has(node.id)) row.append(button(say('panel.point'), () => app.point(node.id), { id: 'point' }));
  if (data.drawn.places.has(node.id)) {
    if (state.near === node.id) row.append(...depths(app));
    else row.append(button(say('thing.near'), () => app.set({ near: node.id, depth: 1 }, { refit: true }), { id: 'near' }));
    row.append(
      button(say('thing.way-from'), () => app.set({ from: node.id, to: state.to === node.id ? '' : state.to }), { id: 'way-from' }),
      button(say('thing.way-to'), () => app.set({ to: node.id, from: state.from === node.id ? '' : state.from }), { id: 'way-to' }),
    );
  }
  if (app.voices.has(node.id)) {
    row.append(button(say('thing.world'), () => app.set({ world: `voice:${node.id}` }), { id: 'its-world' }));
  }
  row.append(button(say('panel.share'), () => dom.copy(app.address(), row), { id: 'share' }), citeAll(app, () => byTime(data.about.get(node.id) ?? [])));
  const group = model.groupOf(data, node.id);
  if (group && !state.near) row.append(closer(app, group));
  return row;
}

function depths(app) {
  const { depth } = app.state;
  const label = element('span', say('thing.depth', { steps: say('n.step', { n: depth }) }));
  return [
    label,
    button('−', () => app.set({ depth: Math.max(1, depth - 1) }, { refit: true }), { id: 'nearer', ariaLabel: say('thing.less'), disabled: depth === 1 }),
    button('+', () => app.set({ depth: Math.min(4, depth + 1) }, { refit: true }), { id: 'farther', ariaLabel: say('thing.further'), disabled: depth === 4 }),
    button(say('thing.near-off'), () => app.set({ near: '' }, { refit: true }), { id: 'near-off' }),
  ];
}
