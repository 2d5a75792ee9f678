// Which groups are open: as a list beside the filters, and all at once at the legend.
import * as model from '../core/index.js';
import { memo } from '../state/memo.js';
import { button, find, list, tell } from '../ui/dom.js';
import { turn } from '../views/parts/group.js';
import { say } from '../words/index.js';

export function setUp(app) {
  const { data } = app;
  const { groups } = data.drawn;
  find('#groups-key').hidden = !groups;
  if (!groups) return;
  const [some, count] = [groups.list.length, groups.rewired];
  tell(find('#groups-told'), say(some ? 'groups.told' : 'groups.none', { count }));
  find('#groups-turn').hidden = find('#groups').hidden = !some;
  find('#groups-open').addEventListener('click', () => app.set({ opened: model.ALL }, { refit: true }));
  find('#groups-close').addEventListener('click', () => app.set({ opened: '', ...letGo(app) }, { refit: true }));
}

// What stands within a group is no longer chosen once all are closed.
function letGo({ data, state }) {
  const group = model.groupOf(data, state.sel);
  if (group) return { sel: group.id };
  return data.statements.has(state.sel) ? { sel: '' } : {};
}

const made = memo(({ state }) => [state.opened, state.near], app => {
  const { data, state } = app;
  const items = [...model.groups(data).values()].map(group => {
    const open = model.isOpen(state.opened, group);
    const words = `${model.groupName(data, group)} (${group.members.length})`;
    return button(words, () => turn(app, group, !open), { id: group.drawn, className: 'plain', ariaExpanded: String(open) });
  });
  find('#groups-list').replaceChildren(list('', items));
});

export function sync(app) {
  if (!model.groups(app.data).size) return;
  const { opened, near } = app.state;
  made(app);
  find('#groups-closed').hidden = !app.select.outlines[0](app.state).closed.size;
  find('#groups-open').disabled = opened === model.ALL || Boolean(near);
  find('#groups-close').disabled = opened === '' || Boolean(near);
}
