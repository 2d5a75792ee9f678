// The search: what fits what is typed, and what becomes of it.
import * as model from '../core/index.js';
import { announce } from '../ui/announce.js';
import { combobox } from '../ui/combobox.js';
import { element, find } from '../ui/dom.js';

const MATCHES = 12;
const WORDS = 3; // So many predicates are listed at the least, if so many fit.

export function setUp(app) {
  combobox(find('#query'), find('#matches'), text => {
    const found = model.search(app.data, text);
    const words = model.searchWords(app.data, text);
    const told = text.trim() ? answer(found.length + words.length) : '';
    find('#found').textContent = told;
    announce(told);
    const names = found.map(({ node, name }) => row(app, node.id, node.name, [
      name === node.name ? '' : name, model.sort(app.data, node), ties(app.data, node.id),
    ]));
    const said = words.map(({ id, label, count }) => row(app, `${model.SAYS}${id}`, `… ${label} …`, [
      'words of statements', model.counted(count, 'statement'),
    ]));
    const least = Math.min(said.length, WORDS);
    const first = names.slice(0, MATCHES - least);
    return [...first, ...said.slice(0, MATCHES - first.length)];
  });
}

function row(app, id, name, more) {
  const told = more.filter(Boolean).join(' · ');
  return { content: [element('span', name), ' ', element('small', `· ${told}`)], take: () => app.open(id) };
}

function ties(data, id) {
  const count = model.degree(data, id);
  return count ? model.counted(count, 'tie') : 'no tie';
}

function answer(count) {
  if (count === 0) return 'Nothing is called so.';
  const more = count - MATCHES;
  return more > 0 ? `${model.counted(count, 'match', 'matches')}, ${more} more than are listed` : model.counted(count, 'match', 'matches');
}
