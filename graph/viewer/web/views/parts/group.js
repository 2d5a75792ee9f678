// A group of things, and all lines between a closed group and another or a thing.
import * as model from '../../core/index.js';
import { button, element, list } from '../../ui/dom.js';
import { say } from '../../words/index.js';
import { heading, openers, thing } from './common.js';

const AT_ONCE = 100;

// Opens a group in its place, or closes it again; what is chosen of it is let go then.
export function turn(app, group, open) {
  const { data, state } = app;
  const of = id => model.groupOf(data, id) === group;
  const statement = data.statements.get(state.sel);
  const within = of(state.sel) || (statement && [statement.s, statement.o].some(of));
  const opened = model.turned(data, state.opened, group, open);
  app.set(!open && within ? { opened, sel: group.id } : { opened });
}

// The button that does so.
export function closer(app, group) {
  const open = model.isOpen(app.state.opened, group);
  const words = say(open ? 'group.close-its' : 'group.open-its');
  return button(words, () => turn(app, group, !open), { id: 'turn-group', ariaExpanded: String(open) });
}

export function groupPanel(app, group) {
  const { data, first, state } = app;
  const members = new Set(group.members);
  const both = [...first.keys()].filter(id => [...model.ends(data, [id])].every(end => members.has(end)));
  const open = model.isOpen(state.opened, group);
  const row = element('p', '', { className: 'actions' });
  row.append(button(say(open ? 'group.close' : 'group.open'), () => turn(app, group, !open), { id: 'turn-group', ariaExpanded: String(open) }));
  row.append(button(say('panel.point'), () => app.point(group.id), { id: 'point' }));
  return [
    heading(say('group.of', { name: model.groupName(data, group) }), 'h2'),
    element('p', say('group.lead', { n: group.members.length, amount: model.amount(data, both, first) })),
    row,
    heading(say('group.members')),
    list('', group.of.concat(group.members.filter(id => !group.of.includes(id))).slice(0, AT_ONCE).map(id => thing(app, id))),
    group.members.length > AT_ONCE ? element('p', say('group.more', { n: group.members.length - AT_ONCE })) : '',
  ];
}

export function bundlePanel(app, id) {
  const { data, first } = app;
  const [from, to] = model.endsOfBundle(data, id);
  const lines = model.between(data, first, from, to);
  return [
    heading(say('group.between', { from: model.endName(data, from), to: model.endName(data, to) }), 'h2'),
    element('p', say('group.each', { amount: model.amount(data, lines, first) })),
    openers(app, lines.slice(0, AT_ONCE).map(one => data.statements.get(one))),
    lines.length > AT_ONCE ? element('p', say('group.table', { n: lines.length - AT_ONCE })) : '',
  ];
}
