// A group of things, and all lines between a closed group and another or a thing.
import * as model from '../../core/index.js';
import { button, element, list } from '../../ui/dom.js';
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
  const words = open ? 'Close its group' : 'Open its group';
  return button(words, () => turn(app, group, !open), { id: 'turn-group', ariaExpanded: String(open) });
}

export function groupPanel(app, group) {
  const { data, first, state } = app;
  const members = new Set(group.members);
  const both = [...first.keys()].filter(id => [...model.ends(data, [id])].every(end => members.has(end)));
  const open = model.isOpen(state.opened, group);
  const row = element('p', '', { className: 'actions' });
  row.append(button(open ? 'Close the group' : 'Open the group', () => turn(app, group, !open), { id: 'turn-group', ariaExpanded: String(open) }));
  row.append(button('Show in the drawing', () => app.point(group.id), { id: 'point' }));
  return [
    heading(`Group of ${model.groupName(data, group)}`, 'h2'),
    element('p', `${model.counted(group.members.length, 'thing')} that ${model.plural(group.members.length, 'is', 'are')} tied more among themselves than by chance. Nobody says that they are a group. Within it are ${model.amount(data, both, first)}.`),
    row,
    heading('Members, the most tied first'),
    list('', group.of.concat(group.members.filter(id => !group.of.includes(id))).slice(0, AT_ONCE).map(id => thing(app, id))),
    group.members.length > AT_ONCE ? element('p', `and ${group.members.length - AT_ONCE} more`) : '',
  ];
}

export function bundlePanel(app, id) {
  const { data, first } = app;
  const [from, to] = model.endsOfBundle(data, id);
  const lines = model.between(data, first, from, to);
  return [
    heading(`Between ${model.endName(data, from)} and ${model.endName(data, to)}`, 'h2'),
    element('p', `${model.amount(data, lines, first)}. Each stands by itself:`),
    openers(app, lines.slice(0, AT_ONCE).map(one => data.statements.get(one))),
    lines.length > AT_ONCE ? element('p', `and ${lines.length - AT_ONCE} more, which the table has`) : '',
  ];
}
