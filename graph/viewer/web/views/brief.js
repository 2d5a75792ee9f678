// The case on one page, as it stands in the page already: what it tells of can be opened, printed and copied.
import { memo } from '../state/memo.js';
import * as dom from '../ui/dom.js';
import { direction, language } from '../words/index.js';

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

// Puts the brief in the language of the page in place of the one that the page was built with.
/** @type {(html: string) => void} */
export function told(html) {
  const place = find('#brief');
  // Of our own, its texts escaped when the page was built, as all that stands in it; nothing in it is run.
  place.replaceChildren(...new DOMParser().parseFromString(html, 'text/html').body.childNodes);
  Object.assign(place, { lang: language(), dir: direction() });
}

export function show(app) {
  watch(app);
}
