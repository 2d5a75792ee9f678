// The search: what fits what is typed, and what becomes of it.
import * as model from '../core/index.js';
import { VIEWS } from '../state/url.js';
import { announce } from '../ui/announce.js';
import { combobox } from '../ui/combobox.js';
import { element, find } from '../ui/dom.js';
import { say } from '../words/index.js';

const MATCHES = 12;
const LEAST = 3; // So many predicates and so many roads are listed at the least, if so many fit.

export function setUp(app) {
  const views = VIEWS.filter(view => !(find(`#show-${view}`)?.hidden ?? true));
  combobox(find('#query'), find('#matches'), text => {
    const found = model.search(app.data, text);
    const words = model.searchWords(app.data, text);
    const led = model.roads(app.data, text, views).filter(({ change }) => !change.sel || !found.some(({ node }) => node.id === change.sel));
    const told = text.trim() ? answer(found.length + words.length + led.length) : '';
    find('#found').textContent = told;
    announce(told);
    const names = found.map(({ node, name }) => row(node.name, [
      name === node.name ? '' : name, model.sort(app.data, node), ties(app.data, node),
    ], () => app.open(node.id)));
    const roads = led.map(({ label, sort, change }) => row(label, [sort], () => app.take(change)));
    const said = words.map(({ id, label, count }) => row(`… ${label} …`, [
      say('finder.words'), say('n.statement', { n: count }),
    ], () => app.open(`${model.SAYS}${id}`)));
    return shared([names, roads, said]);
  });
}

// As many rows as there is room for, some of each kind.
function shared([names, ...others]) {
  const least = others.map(rows => Math.min(rows.length, LEAST));
  const first = names.slice(0, MATCHES - least[0] - least[1]);
  const roads = others[0].slice(0, MATCHES - first.length - least[1]);
  return [...first, ...roads, ...others[1].slice(0, MATCHES - first.length - roads.length)];
}

function row(name, more, take) {
  const told = more.filter(Boolean).join(' · ');
  return { content: [element('span', name), ' ', element('small', `· ${told}`)], take };
}

function ties(data, { id, seen = [] }) {
  const count = model.degree(data, id);
  if (!count && seen.length) return say('finder.seen', { n: seen.length });
  return count ? say('n.tie', { n: count }) : say('finder.no-tie');
}

function answer(count) {
  if (count === 0) return say('finder.nothing');
  const more = count - MATCHES;
  const matches = say('n.match', { n: count });
  return more > 0 ? say('finder.more', { matches, n: more }) : matches;
}
