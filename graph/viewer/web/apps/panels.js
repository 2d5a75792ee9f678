// The panel beside the drawing: which of its tabs is open.
import * as dom from '../ui/dom.js';
import { agreements } from '../views/agreements.js';
import { differences } from '../views/differences.js';
import { evidence } from '../views/evidence.js';
import { questions } from '../views/questions.js';

const PANELS = { evidence, questions, agreements, differences };

// Fills the panel that is chosen; the one about the case stands in the page already.
export function show(app) {
  const { panel } = app.state;
  for (const tab of dom.findAll('#tabs [role=tab]')) {
    const chosen = tab.id === `tab-${panel}`;
    tab.setAttribute('aria-selected', String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    dom.find(`#${tab.getAttribute('aria-controls')}`).hidden = !chosen;
  }
  const place = dom.find(`#panel-${panel}`);
  if (PANELS[panel]) place.replaceChildren(...PANELS[panel](app).filter(Boolean));
}
