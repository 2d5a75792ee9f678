// A guided tour: a card beside what it tells of, that leads from stop to stop; and on paper all stops as a list.
import * as model from '../core/index.js';
import * as states from '../state/url.js';
import * as dom from '../ui/dom.js';
import { button, element } from '../ui/dom.js';
import { say } from '../words/index.js';

const { find } = dom;

let shown = ''; // The stop whose title had the keyboard last.

// What begins tours, among the tools of the page.
export function setUp(app) {
  const place = find('#tours');
  const { tours } = app.data;
  place.hidden = !tours.length;
  const begin = ({ id, title }, words) => button(words, () => go(app, { tour: id, stop: 0 }), { title: say('tour.begin', { title }), id: `tour-${id}` });
  if (tours.length === 1) {
    place.append(begin(tours[0], say('tour.one')));
  } else if (tours.length) {
    const menu = element('div', '', { className: 'menu' }, ...tours.map(tour => begin(tour, tour.title)));
    place.append(element('details', '', {}, element('summary', say('tour.several')), menu));
    app.menu(place.firstElementChild);
  }
  find('#tour').addEventListener('keydown', event => keys(app, event));
}

function keys(app, event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const forward = getComputedStyle(find('#tour')).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  if (event.key === 'Escape') leave(app);
  else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') step(app, event.key === forward ? 1 : -1);
  else return;
  event.preventDefault();
}

function step(app, direction) {
  const { tour, stop } = app.state;
  const next = { tour, stop: stop + direction };
  if (model.viewAt(app.data, next) !== undefined) go(app, next);
}

function go(app, { tour, stop }) {
  shown = '';
  app.visit(`tour=${tour}~${stop + 1}`);
}

function leave(app) {
  const { tour } = app.state;
  app.set({ tour: '', stop: 0 });
  document.getElementById(`tour-${tour}`)?.focus();
}

// Shows the card of the stop that one is at, if one is on a tour.
export function show(app) {
  const { data, state } = app;
  const card = find('#tour');
  const tour = model.tour(data, state.tour);
  card.hidden = !tour;
  document.documentElement.toggleAttribute('data-tour', Boolean(tour));
  if (!tour) {
    shown = '';
    return;
  }
  const at = [tour.id, state.stop, state.label].join(' ');
  if (card.dataset.at !== at) card.replaceChildren(...told(app, tour));
  card.dataset.at = at;
  find('#tour-strayed').hidden = states.isAtStop(state, data);
  if (shown === at) return;
  shown = at;
  find('#tour-title').focus({ preventScroll: true });
  card.scrollIntoView({ block: 'nearest' });
  // What the stop has chosen is seen, once it stands in its view.
  requestAnimationFrame(() => find('#story .chosen, #says .chosen')?.scrollIntoView({ block: 'nearest', inline: 'center' }));
}

function told(app, tour) {
  const { stop } = app.state;
  const at = tour.steps[stop];
  const last = stop === tour.steps.length - 1;
  const move = (name, label, action, disabled = false) => button(label, action, { id: `tour-${name}`, disabled });
  return [
    element('p', '', { className: 'at' }, element('span', say('tour.at', { n: stop + 1, count: tour.steps.length })), text(app, tour, 'span')),
    Object.assign(text(app, at, 'h2'), { id: 'tour-title', tabIndex: -1 }),
    element('div', '', { id: 'tour-text' }, text(app, at, 'p', 'text'), ...evidence(app, at)),
    element('div', '', { className: 'actions' },
      move('back', say('tour.back'), () => step(app, -1), !stop),
      last ? move('next', say('tour.end'), () => leave(app)) : move('next', say('tour.next'), () => step(app, 1)),
      move('strayed', say('tour.strayed'), () => go(app, app.state)),
      last ? '' : move('leave', say('tour.leave'), () => leave(app))),
  ];
}

// The title or the text of a tour or a stop, in the language that is chosen for names.
function text({ data, state }, one, name, which = 'title') {
  const { tag, direction, ...found } = model.inLanguage(data, one, state.label);
  return element(name, found[which], { lang: tag, dir: direction });
}

// What opens the evidence for what a stop says.
function evidence(app, { on = [] }) {
  const known = on.filter(id => app.data.statements.has(id) || app.data.nodes.has(id));
  if (!known.length) return [];
  const openers = known.map((id, i) => {
    const named = app.data.statements.get(id);
    const label = named ? model.sentence(app.data, named) : model.nodeName(app.data, id);
    const made = button(String(i + 1), () => app.open(id), { title: label });
    made.setAttribute('aria-label', `${i + 1}: ${label}`);
    return made;
  });
  return [element('p', '', { className: 'on' }, `${say('tour.evidence')} `, ...openers)];
}

// All stops of the tour that one is on, for paper.
export function onPaper(app) {
  const tour = model.tour(app.data, app.state.tour);
  if (!tour) return [];
  const stops = tour.steps.map((one, i) => {
    const title = element('strong', '', {}, text(app, one, 'span'));
    return element('li', '', {}, title, text(app, one, 'p', 'text'), element('small', `tour=${tour.id}~${i + 1}`));
  });
  return [element('section', '', { className: 'stops' }, text(app, tour, 'h2'), element('ol', '', {}, ...stops))];
}
