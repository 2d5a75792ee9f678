// The case on one page, as it stands in the page already: what it tells of can be opened, printed and copied.
import { memo } from '../state/memo.js';
import * as dom from '../ui/dom.js';

const { find } = dom;

const watch = memo(() => [], app => {
  for (const head of dom.findAll('#brief [data-opens]')) {
    const { opens } = head.dataset;
    const { data } = app;
    const open = data.questions.has(opens) ? () => app.ask(opens) : () => app.open(opens);
    if (!data.questions.has(opens) && !data.nodes.has(opens)) continue;
    head.replaceChildren(dom.button(head.textContent, open, { className: 'plain' }));
  }
  find('#brief-print').addEventListener('click', () => window.print());
  find('#brief-copy').addEventListener('click', () => dom.copy(find('#brief').innerText, find('#brief-tools')));
});

export function show(app) {
  watch(app);
}
