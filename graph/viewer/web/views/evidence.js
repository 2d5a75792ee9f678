// The evidence for what is chosen: a statement, a thing, or the ways between two things.
import * as model from '../core/index.js';
import { button, element } from '../ui/dom.js';
import { say } from '../words/index.js';
import { citeAll } from './parts/citing.js';
import { byTime, heading, openers, suggested } from './parts/common.js';
import { bundlePanel, groupPanel } from './parts/group.js';
import { spokenPanel } from './parts/spoken.js';
import { statementPanel } from './parts/statement.js';
import { nodePanel } from './parts/thing.js';

function waysPanel(app) {
  const { data, state, ways } = app;
  const name = id => model.nodeName(data, id);
  const title = heading(say('ways.title', { from: name(state.from), to: name(state.to) }), 'h2');
  const close = button(say('ways.close'), () => app.set({ from: '', to: '' }), { id: 'ways-off' });
  if (!ways.length) return [title, element('p', say('ways.none')), close];
  return [
    title,
    element('p', say('ways.lead')),
    close,
    ...ways.map(({ nodes, steps, over }, i) => {
      const box = element('article');
      box.append(element('p', '', {}, element('strong', `${i + 1}. ${nodes.map(name).join(' – ')}`)));
      if (over.length) box.append(element('p', say('ways.over', { over: over.join(say('words.comma')) }), { className: 'over' }));
      for (const step of steps) box.append(openers(app, step.map(id => data.statements.get(id))));
      return box;
    }),
  ];
}

// All statements with one predicate.
function sayingPanel(app) {
  const { data, state } = app;
  const found = model.saying(data, state.sel);
  return [
    heading(`… ${model.predicate(data, found[0]).label} …`, 'h2'),
    element('p', say('evidence.saying', { n: found.length })),
    element('p', '', { className: 'actions' }, citeAll(app, () => byTime(found))),
    openers(app, byTime(found)),
  ];
}

export function evidence(app) {
  const { data, state } = app;
  if (data.statements.has(state.sel)) return statementPanel(app, data.statements.get(state.sel));
  if (data.nodes.has(state.sel)) return nodePanel(app, data.nodes.get(state.sel));
  if (model.groups(data).has(state.sel)) return groupPanel(app, model.groups(data).get(state.sel));
  if (model.clauseOf(data, state.sel)) return spokenPanel(app, model.clauseOf(data, state.sel));
  if (model.endsOfBundle(data, state.sel).length) return bundlePanel(app, state.sel);
  if (model.saying(data, state.sel).length) return sayingPanel(app);
  if (state.from && state.to) return waysPanel(app);
  return [
    heading(say('evidence.title'), 'h2'),
    element('p', say('evidence.hint'), { className: 'hint' }),
    ...suggested(app),
  ];
}
