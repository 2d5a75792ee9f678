// Agreements with their stages, parties and clauses.
import * as model from '../core/index.js';
import * as dom from '../ui/dom.js';
import { button, element } from '../ui/dom.js';
import { say } from '../words/index.js';
import { clauseCard, stated, told } from './parts/clause.js';
import { foldable, heading, statusMark } from './parts/common.js';

export function agreements(app) {
  const found = model.agreements(app.data);
  return [
    heading(say('agreements.title', { n: found.length }), 'h2'),
    element('p', say('agreements.lead')),
    ...found.map(node => agreement(app, node)),
  ];
}

function agreement(app, node) {
  const { data } = app;
  const fact = model.concluded(data, node.id);
  const summary = element('summary', `${node.name} `);
  if (fact) summary.append(statusMark(data, fact.status), element('small', ` ${model.when(data, fact)}`));
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
      [say('field.kind'), node.kind && model.word(data, node.kind)],
      [say('field.talks'), node.process && model.nodeName(data, node.process)],
      [say('field.replaces'), node.replaces && model.nodeName(data, node.replaces)],
      [say('field.time'), fact && model.period(data, fact)],
      [say('field.note'), node.note],
    ]),
    element('p', '', { className: 'actions' },
      button(say('agreements.all'), () => app.open(node.id)),
      ...model.precursors(data, node.id).map(earlier => beside(app, earlier, node.id))),
    stages.length ? heading(say('agreements.stages')) : '',
    dom.list('openers', stages.map(s => stated(app, s, s.status === 'accepted' ? model.object(data, s) : told(data, s)))),
    roles.length ? heading(say('agreements.roles')) : '',
    dom.list('openers', roles.map(s => stated(app, s, model.phrase(data, s, node.id)))),
    clauses.length ? heading(say('agreements.clauses', { n: clauses.length })) : '',
    ...clauses.map(clause => clauseCard(app, clause)),
  ].filter(Boolean);
}

// Leads to what became of an earlier agreement, clause by clause.
function beside(app, earlier, later) {
  const show = () => app.set({ show: 'deals', earlier, later, sheet: 'shut' });
  return button(say('agreements.beside', { earlier: model.nodeName(app.data, earlier) }), show, { id: `beside-${earlier}-${later}` });
}
