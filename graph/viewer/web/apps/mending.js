// What the editor and its results lack for people who hear the page or use keys alone.

import { say } from '../words/index.js';

const LABELS = { 'select.tableSizer': 'workbench.rows', '.yasr textarea': 'workbench.answer', '.yasqe .CodeMirror-scroll': 'workbench.query-scroll' };

// Names, and ways out of the editor for those without a mouse.
export function accessible(tab) {
  const input = tab.getYasqe()?.getInputField();
  input?.setAttribute('aria-label', say('workbench.query'));
  tab.getYasqe()?.addKeyMap({
    Esc: editor => {
      editor.getInputField().blur();
      tab.getYasqe().rootEl.querySelector('.yasqe_queryButton')?.focus();
    },
  });
}

// Mends what stands there now, and whatever comes.
export function mended(root) {
  const mend = () => {
    besideTabs(root);
    for (const [selector, key] of Object.entries(LABELS)) {
      const label = say(key);
      for (const one of root.querySelectorAll(selector)) {
        if (one.getAttribute('aria-label') !== label) one.setAttribute('aria-label', label);
      }
    }
    for (const one of root.querySelectorAll('.yasr .dataTable th:first-child .dt-column-title:empty')) {
      one.textContent = say('workbench.row');
      one.className += ' unseen';
    }
    for (const one of root.querySelectorAll('.CodeMirror-scroll[tabindex="-1"]')) {
      one.tabIndex = 0; // What scrolls can be scrolled by keys.
      one.setAttribute('role', 'group');
    }
  };
  mend();
  new MutationObserver(mend).observe(root, { childList: true, subtree: true });
}

// The button for a further tab is no tab, so it stands beside their list. The library goes on putting
// new tabs before it.
function besideTabs(root) {
  const list = root.querySelector('.tabsList[role=tablist]');
  const more = list?.querySelector(':scope > :has(> .addTab)');
  if (!more) return;
  list.insertBefore = (tab, before) => Node.prototype.insertBefore.call(list, tab, before?.parentNode === list ? before : null);
  list.after(more);
}
