// Agreements with their stages, parties and clauses.
import * as model from '../core/index.js';
import * as dom from '../ui/dom.js';
import { button, element } from '../ui/dom.js';
import { foldable, heading, stances, statusMark, thing, topics } from './parts/common.js';

export function agreements(app) {
  const found = model.agreements(app.data);
  return [
    heading(`Agreements (${found.length})`, 'h2'),
    element('p', 'Those that were concluded, and those that were only sought or thought of, in order of time.'),
    ...found.map(node => agreement(app, node)),
  ];
}

function agreement(app, node) {
  const { data } = app;
  const fact = model.concluded(data, node.id);
  const summary = element('summary', `${node.name} `);
  if (fact) summary.append(statusMark(fact.status), element('small', ` ${model.when(data, fact)}`));
  const box = foldable(app, node.id, {
    summary,
    fill: () => agreementParts(app, node, fact),
    properties: { className: 'agreement', id: `agreement-${node.id}` },
  });
  if (app.state.sel === node.id) box.open = true;
  return box;
}

function agreementParts(app, node, fact) {
  const { data } = app;
  const roles = (data.about.get(node.id) ?? []).filter(s => s.s === node.id && s.draw === 'role');
  const stages = model.statedOf(data, node.id, 'stage');
  const clauses = model.clauses(data, node.id);
  return [
    dom.definitions([
      ['Kind', node.kind && model.word(data, node.kind)],
      ['Talks', node.process && model.nodeName(data, node.process)],
      ['Replaces', node.replaces && model.nodeName(data, node.replaces)],
      ['Time', fact && model.period(data, fact)],
      ['Note', node.note],
    ]),
    element('p', '', { className: 'actions' }, button('All that is stated of it', () => app.open(node.id))),
    ...model.changesSince(data, node.id).map(since => changed(app, node, since)),
    stages.length ? heading('Stages') : '',
    dom.list('openers', stages.map(s => stated(app, s, s.status === 'accepted' ? model.object(data, s) : told(data, s)))),
    roles.length ? heading('Parties and other roles') : '',
    dom.list('openers', roles.map(s => stated(app, s, model.phrase(data, s, node.id)))),
    clauses.length ? heading(`Clauses (${clauses.length})`) : '',
    ...clauses.map(clause => clauseCard(app, clause)),
  ].filter(Boolean);
}

// What changed from an earlier agreement to this one, clause by clause.
function changed(app, node, { earlier, changes }) {
  const { data } = app;
  const text = (label, clause) => [label, clause && (clause.text || clause.name)];
  return foldable(app, `${earlier} ${node.id}`, {
    summary: element('summary', `What changed since ${model.nodeName(data, earlier)}`),
    fill: () => changes.map(({ change, before, after }) => {
      const card = element('article', '', { className: 'clause' }, element('p', change, { className: 'label' }));
      card.append(dom.definitions([text('Before', before), text('After', after), ['Topic', topics(data, before ?? after)]]));
      return card;
    }),
  });
}

// A statement in few words, since its subject stands above.
function stated(app, statement, words) {
  const made = button(`${words} `, () => app.open(statement.id), { className: 'opener' });
  made.append(statusMark(statement.status));
  if (statement.when) made.append(element('small', ` ${model.when(app.data, statement)}`));
  return made;
}

// What a statement says of its subject, and who says so; that somebody only wishes it goes first.
function told(data, statement) {
  const parts = [model.object(data, statement), stances(data, statement).map(span => span.textContent).join('; ')];
  return (statement.status === 'accepted' ? parts : parts.reverse()).join(' – ');
}

function clauseCard(app, clause) {
  const { data } = app;
  const card = element('article', '', { className: 'clause' });
  const contained = (data.about.get(clause.id) ?? []).find(s => s.p === 'containsClause');
  card.append(element('p', '', {}, thing(app, clause.id), ' ', contained && contained.status !== 'accepted' ? statusMark(contained.status) : ''));
  if (clause.text) card.append(element('p', clause.text));
  const obligors = model.statedOf(data, clause.id, 'obligor').map(s => model.object(data, s));
  card.append(dom.definitions([
    ['Topic', topics(data, clause)],
    ['Owed by', obligors.join('; ')],
    ['Replaces', clause.replaces && model.nodeName(data, clause.replaces)],
  ]));
  const carried = model.statedOf(data, clause.id, 'fulfilment');
  card.append(element('p', carried.length ? 'Carried out?' : 'Carried out? Not told.', { className: 'label' }));
  card.append(dom.list('openers', carried.map(s => stated(app, s, told(data, s)))));
  return card;
}
