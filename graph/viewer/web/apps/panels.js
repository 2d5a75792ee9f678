// The panel beside the drawing: which of its tabs is open.
import { memo } from '../state/memo.js';
import * as dom from '../ui/dom.js';
import { agreements } from '../views/agreements.js';
import { differences } from '../views/differences.js';
import { evidence } from '../views/evidence.js';
import { questions } from '../views/questions.js';
import { sequences } from '../views/sequences.js';

// Each with what it shows, as it is looked at; it is built anew only if something of that is another.
const PANELS = {
  evidence: [evidence, ({ state, first, second, ways }) => [
    state.sel, state.from, state.to, ways, first, second, state.on, state.near, state.depth, state.opened,
  ]],
  questions: [questions, ({ state, first, second }) => [state.question, first, second]],
  sequences: [sequences, ({ state, first, second }) => [state.followed, state.toggled, first, second]],
  agreements: [agreements, ({ state }) => [state.sel]],
  differences: [differences, ({ state, first, second }) => [
    first, second, state.world, state.world2, state.on, state.on2,
  ]],
};
const built = new Map(Object.entries(PANELS).map(([name, [made, inputs]]) => [
  name,
  memo(inputs, app => dom.find(`#panel-${name}`).replaceChildren(...made(app).filter(Boolean))),
]));

// Fills the panel that is chosen; the one about the case stands in the page already.
export function show(app) {
  const { panel } = app.state;
  for (const tab of dom.findAll('#tabs [role=tab]')) {
    const chosen = tab.id === `tab-${panel}`;
    tab.setAttribute('aria-selected', String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    dom.find(`#${tab.getAttribute('aria-controls')}`).hidden = !chosen;
  }
  built.get(panel)?.(app);
}
