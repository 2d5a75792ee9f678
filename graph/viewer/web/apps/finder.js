// The search: what fits what is typed, and what becomes of it.
import * as model from '../core/index.js';
import { announce } from '../ui/announce.js';
import { combobox } from '../ui/combobox.js';
import { element, find } from '../ui/dom.js';

const MATCHES = 12;

export function setUp(app) {
  combobox(find('#query'), find('#matches'), text => {
    const found = model.search(app.data, text);
    const told = text.trim() ? answer(found.length) : '';
    find('#found').textContent = told;
    announce(told);
    return found.slice(0, MATCHES).map(({ node, name }) => ({
      content: [element('span', node.name), ...(name === node.name ? [] : [' ', element('small', name)])],
      take: () => app.open(node.id),
    }));
  });
}

function answer(count) {
  if (count === 0) return 'Nothing is called so.';
  return count > MATCHES ? `${MATCHES} of ${count} names` : model.counted(count, 'name');
}
