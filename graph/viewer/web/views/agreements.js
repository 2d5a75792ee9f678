// Agreements with their stages, parties and clauses.
import * as model from '../core/index.js';
import * as dom from '../ui/dom.js';
import { button, element } from '../ui/dom.js';
import { clauseCard, stated, told } from './parts/clause.js';
import { foldable, heading, statusMark } from './parts/common.js';

const WORDS = {
  all: 'All that is stated of it',
  beside: earlier => `Clause by clause beside ${earlier}`,
};

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
    element('p', '', { className: 'actions' },
      button(WORDS.all, () => app.open(node.id)),
      ...model.precursors(data, node.id).map(earlier => beside(app, earlier, node.id))),
    stages.length ? heading('Stages') : '',
    dom.list('openers', stages.map(s => stated(app, s, s.status === 'accepted' ? model.object(data, s) : told(data, s)))),
    roles.length ? heading('Parties and other roles') : '',
    dom.list('openers', roles.map(s => stated(app, s, model.phrase(data, s, node.id)))),
    clauses.length ? heading(`Clauses (${clauses.length})`) : '',
    ...clauses.map(clause => clauseCard(app, clause)),
  ].filter(Boolean);
}

// Leads to what became of an earlier agreement, clause by clause.
function beside(app, earlier, later) {
  const show = () => app.set({ show: 'deals', earlier, later, sheet: 'shut' });
  return button(WORDS.beside(model.nodeName(app.data, earlier)), show, { id: `beside-${earlier}-${later}` });
}
