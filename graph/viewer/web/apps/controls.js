// What stands around the drawing: search, worlds, day, filters, ways, and what leaves the page.
import * as model from '../core/index.js';
import * as axis from '../scene/time-axis.js';
import * as states from '../state/url.js';
import { announce } from '../ui/announce.js';
import * as dom from '../ui/dom.js';
import { moveOf } from '../ui/roving.js';
import * as matrix from '../views/matrix.js';
import * as table from '../views/table.js';
import * as tour from '../views/tour.js';
import { apart, language, say } from '../words/index.js';
import { afterPaper, onPaper, setUpPictures, unfold } from './pictures.js';

const { find } = dom;

const BEAT = 1400; // Milliseconds between two moments while time plays.

// --- Setting up ------------------------------------------------------------------------------

export function setUp(app) {
  setUpWorlds(app);
  setUpTime(app);
  setUpFilters(app);
  setUpWays(app);
  setUpTools(app);
  setUpPictures(app);
  setUpTabs(app);
}

function on(selector, event, action) {
  find(selector).addEventListener(event, action);
}

// --- Worlds ----------------------------------------------------------------------------------

function setUpWorlds(app) {
  const voices = model.voices(app.data);
  const told = model.alleging(app.data);
  for (const id of ['world', 'world-2']) {
    const select = find(`#${id}`);
    const named = voice => say('controls.voice', { name: voice.name, own: voice.own || say('controls.silent') });
    const worlds = voices.map(voice => [`voice:${voice.id}`, named(voice)]);
    const telling = voices.filter(voice => voice.own);
    const alleging = voices.filter(voice => told.has(voice.id));
    select.append(
      dom.option('all', say('caption.all')),
      dom.option('agreed', say('caption.agreed')),
      dom.option('alleged', say('caption.alleged')),
      dom.options(say('controls.worlds'), worlds),
      dom.options(say('controls.only'), telling.map(voice => [`only:${voice.id}`, named(voice)])),
      dom.options(say('controls.alleged'), alleging.map(voice => [`alleged:${voice.id}`, voice.name])),
    );
  }
  on('#world', 'change', () => app.set({ world: find('#world').value }));
  on('#world-2', 'change', () => app.set({ world2: find('#world-2').value, compare: true }));
  on('#compare', 'click', () => app.set({ compare: !app.state.compare, on2: app.state.on2 || app.state.on, panel: app.state.compare ? app.state.panel : 'differences' }, { refit: true }));
  on('#swap', 'click', () => swap(app));
  setUpSuggestions(app);
}

function swap(app) {
  const { world, on: day, world2, on2 } = app.state;
  app.set({ world: world2, on: on2, world2: world, on2: day });
}

function setUpSuggestions(app) {
  const select = find('#suggested');
  select.append(dom.option('', say('controls.choose')));
  for (const group of new Set(app.suggestions.map(one => one.group))) {
    const members = app.suggestions.map((one, i) => [one, i]).filter(([one]) => one.group === group);
    select.append(dom.options(group, members.map(([one, i]) => [String(i), one.label])));
  }
  on('#suggested', 'change', () => {
    const chosen = app.suggestions[select.value];
    if (chosen) app.set({ ...chosen.change }, { refit: true });
  });
}

// --- Time ------------------------------------------------------------------------------------

let beat;

function setUpTime(app) {
  for (const [suffix, key] of [['', 'on'], ['-2', 'on2']]) {
    const slider = find(`#moment${suffix}`);
    slider.max = String(app.moments.length);
    slider.addEventListener('input', () => app.set({ [key]: app.moments[slider.value - 1] ?? '' }, { how: 'along' }));
    on(`#day${suffix}`, 'change', () => {
      const { value } = find(`#day${suffix}`);
      if (!value || model.isDay(value)) app.set({ [key]: value });
    });
    on(`#any-day${suffix}`, 'click', () => app.set({ [key]: '' }));
  }
  on('#held', 'change', () => app.set({ held: find('#held').value }, { refit: true }));
  on('#earlier', 'click', () => step(app, -1));
  on('#later', 'click', () => step(app, 1));
  on('#play', 'click', () => app.set({ playing: !app.state.playing, ...(app.state.playing ? {} : beginning(app)) }));
  for (const [id, key] of [['span-from', 'spanFrom'], ['span-to', 'spanTo']]) {
    on(`#${id}`, 'change', () => app.set({ [key]: model.isDay(find(`#${id}`).value) ? find(`#${id}`).value : '' }));
  }
  on('#span-closer', 'click', () => zoomSpan(app, 0.5));
  on('#span-further', 'click', () => zoomSpan(app, 2));
  on('#span-all', 'click', () => app.set(spanned(axis.whole(app.data))));
}

// The next moment in a direction, from the day that is set, whether it is a moment or not.
function step(app, direction, how) {
  const { on: day } = app.state;
  const { moments } = app;
  const next = direction > 0
    ? moments.find(moment => moment > day)
    : moments.findLast(moment => moment < (day || '0'));
  app.set({ on: next ?? (direction > 0 ? day : '') }, { how });
  return Boolean(next);
}

// Where time begins to play: at the first moment if it is at the last, or at none.
function beginning({ state, moments }) {
  return !state.on || state.on >= moments.at(-1) ? { on: moments[0] } : {};
}

function syncPlaying(app) {
  const { playing } = app.state;
  find('#play').setAttribute('aria-pressed', String(playing));
  dom.tell(find('#play'), say(playing ? 'controls.pause' : 'controls.play'));
  if (playing === Boolean(beat)) return;
  announce(playing ? say('controls.plays') : say('controls.rests', { day: app.state.on }));
  clearInterval(beat);
  beat = playing ? setInterval(() => step(app, 1, 'along') || app.set({ playing: false }), BEAT) : undefined;
}

function zoomSpan(app, factor) {
  const { from, to } = axis.span(app.data, app.state);
  const centre = app.state.on && factor < 1 ? model.fromDay(app.state.on) : (from + to) / 2;
  const half = Math.max(1, ((to - from) * factor) / 2);
  app.set(spanned({ from: centre - half, to: centre + half }));
}

function spanned({ from, to }) {
  return { spanFrom: model.toDay(Math.round(from)), spanTo: model.toDay(Math.round(to)) };
}

function syncTime(app) {
  syncPlaying(app);
  const { data, state, moments } = app;
  for (const [suffix, day] of [['', state.on], ['-2', state.on2]]) {
    const before = day ? moments.filter(moment => moment <= day).length : 0;
    const slider = find(`#moment${suffix}`);
    keep(slider, String(before));
    slider.setAttribute('aria-valuetext', day || say('controls.any-day'));
    keep(find(`#day${suffix}`), day);
  }
  keep(find('#held'), state.held);
  const span = spanned(axis.span(data, state));
  keep(find('#span-from'), span.spanFrom);
  keep(find('#span-to'), span.spanTo);
  dom.tell(find('#day-words'), dayWords(app));
  find('#second-time').hidden = !state.compare;
}

function dayWords({ data, state, select }) {
  if (!state.on) return '';
  const { shown, others } = select.classes(state);
  const turns = [...select.turns(state)[0].values()];
  const marked = (mark, words) => {
    const n = turns.filter(one => one === mark).length;
    return n ? say(words, { lines: say('n.line', { n }), mark }) : '';
  };
  const now = [...new Set(model.onMoment(data, state.on).map(s => model.nodeName(data, s.s)))];
  const few = now.slice(0, 3).map(apart).join(say('words.semicolon'));
  const first = now.length > 3 ? say('words.more', { some: few, n: now.length - 3 }) : few;
  return [
    say('controls.shown', { day: model.dayInWords(state.on), what: shown || say('controls.nothing') }),
    others && say('controls.hidden', { what: others }),
    [marked('+', 'controls.came'), marked('−', 'controls.goes')].filter(Boolean).join(say('words.comma')),
    now.length && say('controls.moment', { what: first }),
  ].filter(Boolean).join('. ') + '.';
}

// --- Filters ---------------------------------------------------------------------------------

function boxes(name) {
  return dom.findAll(`[data-filter="${name}"] input`);
}

function setUpFilters(app) {
  for (const group of dom.findAll('[data-filter]')) {
    const name = group.dataset.filter;
    group.addEventListener('change', () => {
      const hidden = new Set(boxes(name).filter(box => !box.checked).map(box => box.value));
      app.set({ hidden: { ...app.state.hidden, [name]: hidden } });
    });
  }
  on('#more-lines', 'click', () => {
    const actors = app.state.projection === 'actors';
    app.set({ projection: actors ? 'both' : 'actors' }, { refit: true });
  });
  on('#filters-off', 'click', () => app.set({ hidden: states.initial(app.data).hidden, projection: states.initial(app.data).projection }));
  for (const id of ['label', 'colour', 'theme', 'projection', 'sign']) {
    on(`#${id}`, 'change', () => app.set({ [id]: find(`#${id}`).value }, { refit: id === 'projection' }));
  }
}

// Sets a value only if it is another, so that typing in a list goes on undisturbed.
function keep(control, value) {
  if (control.value !== value) control.value = value;
}

function syncFilters({ data, state, select }) {
  const actors = state.projection === 'actors';
  const out = actors ? select.left[0](state) : 0;
  find('#more-lines').hidden = actors ? !out : states.initial(data).projection !== 'actors';
  dom.tell(find('#more-lines'), actors ? say('controls.more-lines', { lines: say('n.line', { n: out }) }) : say('controls.fewer-lines'));
  for (const name of states.HIDDEN) {
    for (const box of boxes(name)) box.checked = !state.hidden[name].has(box.value);
  }
  for (const by of ['group', 'sign', 'family']) find(`#${by}-key`).hidden = state.colour !== by;
  for (const id of ['label', 'colour', 'theme', 'projection', 'sign', 'world', 'world-2']) {
    keep(find(`#${id}`), state[id.replace('-', '')]);
  }
  const root = document.documentElement;
  if (state.theme === 'auto') delete root.dataset.theme;
  else root.dataset.theme = state.theme;
  root.dataset.colour = state.colour;
}

// --- Ways ------------------------------------------------------------------------------------

function setUpWays(app) {
  const drawn = [...app.data.nodes.values()].filter(node => app.data.drawn.places.has(node.id));
  const { compare } = new Intl.Collator(language());
  drawn.sort((a, b) => compare(a.name, b.name));
  find('#names').append(...drawn.map(node => dom.element('option', '', { value: node.name })));
  on('#ways-form', 'keydown', event => event.key === 'Enter' && event.target.list && findWays(app));
  on('#find-ways', 'click', () => findWays(app));
  on('#during-off', 'click', () => app.set({ during: '' }, { refit: true }));
  for (const id of ['#during-from', '#during-to']) {
    on(id, 'change', () => {
      const [first, last] = [find('#during-from').value, find('#during-to').value];
      if (first && last) app.set({ during: [first, last].sort().join('/') });
    });
  }
  on('#near-off-2', 'click', () => app.set({ near: '' }, { refit: true }));
}

function findWays(app) {
  const [from, to] = ['#from', '#to'].map(id => model.search(app.data, find(id).value)[0]?.node.id ?? '');
  if (!from || !to || from === to) announce(say('controls.two-names'), true);
  else app.set({ from, to, sel: '', panel: 'evidence' }, { refit: true });
}

function syncWays(app) {
  const { state, data } = app;
  for (const key of ['from', 'to']) {
    if (document.activeElement !== find(`#${key}`)) find(`#${key}`).value = state[key] && model.nodeName(data, state[key]);
  }
  const span = model.daysOf(state.during);
  find('#during-note').hidden = !span;
  if (span) ['#during-from', '#during-to'].forEach((id, i) => keep(find(id), span[i]));
  find('#near-note').hidden = !state.near;
  const near = state.near && say('controls.near', { name: model.nodeName(data, state.near), n: state.depth });
  dom.tell(find('#near-words'), near);
}

// --- Tools -----------------------------------------------------------------------------------

function setUpTools(app) {
  for (const view of states.VIEWS) on(`#show-${view}`, 'click', () => app.set({ show: view }));
  on('#says-all', 'change', () => app.set({ asked: find('#says-all').checked ? 'all' : 'several' }));
  on('#table-all', 'change', () => app.set({ rows: find('#table-all').checked ? 'all' : 'lines' }));
  on('#copy-link', 'click', () => dom.copy(app.address(), find('#more')));
  on('#print', 'click', () => window.print());
  on('#start-again', 'click', () => app.reset());
  window.addEventListener('beforeprint', () => layOutForPaper(app));
  window.addEventListener('afterprint', () => afterPaper(app));
  for (const control of dom.findAll('[data-zoom]')) {
    control.addEventListener('click', () => app.zoom(Number(control.dataset.zoom)));
  }
  on('#physics', 'click', () => {
    const wanted = find('#physics').getAttribute('aria-pressed') !== 'true';
    find('#physics').setAttribute('aria-pressed', String(wanted));
    app.physics(wanted);
  });
}

// Paper has the whole of what is drawn, in the colours of a light screen, and all that can be opened.
function layOutForPaper(app) {
  document.documentElement.dataset.theme = 'light';
  app.forPaper(() => find('#printed').replaceChildren(...tour.onPaper(app), ...onPaper(app)));
  syncFilters(app);
  app.refresh();
  for (const view of [table, matrix]) view.fill(app);
  unfold(app);
}

// --- Tabs ------------------------------------------------------------------------------------

function setUpTabs(app) {
  const tabs = dom.findAll('#tabs [role=tab]');
  tabs.forEach((tab, i) => {
    tab.addEventListener('click', () => app.set({ panel: tab.id.replace('tab-', '') }));
    tab.addEventListener('keydown', event => {
      const last = tabs.length - 1;
      const move = /^Arrow(Right|Left)$/.test(event.key) && moveOf(tab, event.key);
      const to = { Home: 0, End: last }[event.key] ?? (move ? i + move + tabs.length : undefined);
      if (to === undefined) return;
      event.preventDefault();
      const next = tabs[to % tabs.length];
      next.focus();
      next.click();
    });
  });
}

export function sync(app) {
  syncTime(app);
  syncFilters(app);
  syncWays(app);
  const { state } = app;
  find('#compare').setAttribute('aria-pressed', String(state.compare));
  find('#second-world').hidden = !state.compare;
  for (const view of states.VIEWS) find(`#show-${view}`).setAttribute('aria-pressed', String(state.show === view));
  find('#show-deals').hidden = !model.usualPair(app.data);
  keep(find('#suggested'), app.suggested());
  find('#table-all').checked = state.rows === 'all';
  find('#says-all').checked = state.asked === 'all';
}
