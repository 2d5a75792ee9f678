// Ties state, drawing and panels together: whatever is done changes the state, and the state is
// shown.
import * as model from '../core/index.js';
import * as sigma from '../draw/sigma.js';
import * as vis from '../draw/vis.js';
import * as looks from '../scene/looks.js';
import * as states from '../state/url.js';
import * as dom from '../ui/dom.js';
import { citation } from '../views/parts/reasons.js';
import * as table from '../views/table.js';
import * as timeline from '../views/timeline.js';
import * as controls from './controls.js';
import * as panels from './panels.js';

const { find } = dom;

const FONTS = 'system-ui, Noto Sans, Noto Naskh Arabic, sans-serif';
const PAN = 60;
const NARROW = window.matchMedia('(max-width: 59.99rem)');
const DARK = window.matchMedia('(prefers-color-scheme: dark)');

const data = model.prepare(JSON.parse(find('#data').textContent));
const fromDrawing = new Map(
  [...data.drawn.places, ...data.drawn.lines].map(([id, { id: drawn }]) => [drawn, id]),
);
const painter = { vis, sigma }[data.drawn.by];
const drawings = [];
let untouched = true; // Until somebody moves the picture, it fits the window.

const app = {
  data,
  state: states.read(location.hash || document.documentElement.dataset.view || '', data),
  moments: model.moments(data),
  voices: new Set(model.voices(data).map(voice => voice.id)),
  suggestions: suggestions(),
  first: new Map(),
  second: null,
  difference: null,
  ways: [],
  items: [],
  set,
  open,
  ask: question => set({ question, panel: 'questions' }, true),
  reset: () => set(states.initial(data), true),
  address,
  caption,
  isShown: id => app.first.has(id) || Boolean(app.second?.has(id)),
  shownEnds: () => model.ends(data, [...app.first.keys(), ...(app.second?.keys() ?? [])]),
  told: () => [model.statements(data, view(1)), app.state.compare ? model.statements(data, view(2)) : null],
  suggested,
  point,
  zoom,
  pan,
  stepNode,
  dress,
  physics: on => drawings.forEach(drawing => drawing.physics(on)),
  view: () => drawings[0].view(),
};

// --- What there is to compare ----------------------------------------------------------------

function suggestions() {
  const name = id => model.nodeName(data, id);
  const rivals = model.rivals(data).map(([a, b]) => ({
    group: 'Voices that contradict each other',
    label: `${name(a)} – ${name(b)}`,
    change: compared({ world: `voice:${a}`, world2: `voice:${b}` }),
  }));
  const after = fact => model.toDay(model.fromDay(fact.le) + 1);
  const before = fact => model.toDay(model.fromDay(fact.eb) - 1);
  const days = model.successions(data).map(([earlier, later]) => ({
    group: 'With one agreement and after the next',
    label: `${name(earlier.s)} – ${name(later.s)}`,
    change: compared({ on: earlier.le, on2: after(later) }),
  }));
  const turns = model.turns(data).map(fact => ({
    group: 'Before and after an agreement',
    label: `Before and after: ${name(fact.s)}`,
    change: compared({ on: before(fact), on2: after(fact) }),
  }));
  const chosen = data.days.map(([on, on2]) => ({
    group: "Days of the editor's choice",
    label: `${on} – ${on2}`,
    change: compared({ on, on2 }),
  }));
  const sides = { group: 'What is sure', label: 'What all agree on – what only one side alleges', change: compared({ world: 'agreed', world2: 'alleged' }) };
  return [...chosen, ...days, ...rivals, sides, ...turns];
}

function compared(change) {
  const usual = { world: 'all', world2: 'all', on: '', on2: '', near: '', from: '', to: '', question: '', sel: '' };
  return { ...usual, ...change, compare: true, panel: 'differences' };
}

function suggested() {
  const { state } = app;
  const same = ({ change }) => ['world', 'world2', 'on', 'on2'].every(key => change[key] === state[key]);
  const found = state.compare ? app.suggestions.findIndex(same) : -1;
  return found < 0 ? '' : String(found);
}

// --- State -----------------------------------------------------------------------------------

// Changes the state and shows it; the drawing is brought into view anew if so wished.
function set(change, refit = false) {
  Object.assign(app.state, change);
  if (refit) untouched = true;
  show();
  if (refit) fit();
}

// Chooses a thing or a statement: shows its evidence and moves the drawing there.
function open(id) {
  set({ sel: id, panel: 'evidence' });
  bringIntoView(id);
  const panel = find('#panel-evidence');
  panel.scrollTop = 0;
  if (NARROW.matches) find('#panel').scrollIntoView({ block: 'start' });
  panel.focus({ preventScroll: true });
}

function bringIntoView(id) {
  const statement = data.statements.get(id);
  const ends = statement ? [statement.s, statement.o] : [id];
  const shown = app.shownEnds();
  const drawn = ends.filter(end => shown.has(end)).map(end => data.drawn.places.get(end).id);
  if (!drawn.length || app.state.show === 'table') return;
  untouched = false;
  for (const drawing of drawings) drawing.fit(drawn);
}

// Goes back from the evidence to the drawing.
function point(id) {
  if (app.state.show === 'table') set({ show: 'drawing' });
  bringIntoView(id);
  find('#picture').scrollIntoView({ block: 'nearest' });
  find('#drawing-1').focus({ preventScroll: true });
}

function address() {
  return `${location.href.split('#')[0]}#${states.write(app.state, data)}`;
}

function writeAddress() {
  try {
    history.replaceState(null, '', `#${states.write(app.state, data)}`);
  } catch {
    // A page inside a notebook has no address of its own.
  }
}

function view(side) {
  const { state } = app;
  const first = side === 1;
  return {
    world: first ? state.world : state.world2,
    on: first ? state.on : state.on2,
    certainOnly: state.certainOnly,
    hidden: state.hidden,
    projection: state.projection,
    near: state.near,
    depth: state.depth,
  };
}

// --- Showing ---------------------------------------------------------------------------------

function show() {
  const focused = document.activeElement?.id;
  compute();
  writeAddress();
  controls.sync(app);
  dress();
  draw();
  panels.show(app);
  timeline.show(app);
  if (app.state.show === 'table') table.show(app);
  keepFocus(focused);
}

// Panels are built anew; who works with the keyboard stays where they were, or in the panel.
function keepFocus(id) {
  if (!id || document.activeElement !== document.body) return;
  (document.getElementById(id) ?? find(`#panel-${app.state.panel}`)).focus({ preventScroll: true });
}

function compute() {
  const { state } = app;
  app.first = model.lines(data, view(1));
  app.second = state.compare ? model.lines(data, view(2)) : null;
  app.difference = app.second && model.differences(app.first, app.second);
  app.ways = state.from && state.to ? found() : [];
}

// Makes the drawn items, in the colours that the page has now.
function dress() {
  const { state } = app;
  looks.forget();
  const strong = stressed();
  const look = { label: state.label, colour: state.colour, strong, chosen: state.sel };
  const only = ids => (app.second && !strong ? new Set(ids) : null);
  app.items = [looks.items(data, app.first, { ...look, only: only(app.difference?.onlyLeft) })];
  if (app.second) {
    app.items.push(looks.items(data, app.second, { ...look, only: only(app.difference.onlyRight) }));
  }
}

function found() {
  const { from, to, sign } = app.state;
  return model.ways(data, app.first, from, to, sign);
}

// The statements that are marked while all others are dimmed: answers to a question, or ways.
function stressed() {
  const { question, panel } = app.state;
  if (question && panel === 'questions') {
    return new Set(model.answers(data, question).map(statement => statement.id));
  }
  if (app.ways.length) return new Set(app.ways.flatMap(way => way.steps.flat()));
  return null;
}

function draw() {
  const { state } = app;
  const tabular = state.show === 'table' || !drawings.length;
  find('#drawings').hidden = tabular;
  find('#table-view').hidden = !tabular;
  find('#second').hidden = !state.compare;
  find('#drawings').classList.toggle('two', state.compare);
  for (const side of [1, 2]) find(`#caption-${side}`).textContent = caption(side);
  if (state.compare && drawings.length === 1) create(2);
  const chosen = data.drawn.places.get(state.sel) ?? data.drawn.lines.get(state.sel);
  drawings.forEach((drawing, i) => {
    drawing.theme(looks.theme());
    drawing.show(app.items[i]?.nodes ?? [], app.items[i]?.edges ?? []);
    drawing.select(chosen?.id ?? null);
  });
  find('#count').textContent = counted();
}

function counted() {
  const nodes = app.shownEnds().size;
  const [all, lines] = [data.drawn.places.size, data.drawn.lines.size];
  const shown = app.items.map(({ edges }) => edges.length).join(' and ');
  return `${nodes} of ${model.counted(all, 'node')}, ${shown} of ${model.counted(lines, 'line')}`;
}

// What one of the two drawings shows, in words.
function caption(side) {
  const { state } = app;
  const [world, day] = side === 1 ? [state.world, state.on] : [state.world2, state.on2];
  const { mode, voice } = model.parseWorld(world);
  const name = voice && model.nodeName(data, voice);
  const words = {
    all: 'Everything, with its status',
    agreed: 'What all agree on',
    alleged: name ? `Only alleged, by ${name}` : 'What only one side alleges',
    voice: `The world as told by ${name}`,
  }[mode];
  return day ? `${words}, on ${day}` : words;
}

// --- Drawings --------------------------------------------------------------------------------

function create(side) {
  
  const drawing = painter.create(find(`#drawing-${side}`), {
    label: 'The network as a drawing. The table shows the same as text.',
    fonts: FONTS,
    on: {
      node: id => choose(id),
      edge: id => choose(id),
      nothing: () => {},
      open: id => set({ near: fromDrawing.get(id), sel: fromDrawing.get(id), panel: 'evidence' }, true),
      moved: seen => moved(side, seen),
    },
  });
  drawing.theme(looks.theme());
  drawings.push(drawing);
  if (side === 2) requestAnimationFrame(() => (untouched ? fit() : drawing.look(drawings[0].view())));
}

function choose(drawn) {
  untouched = false;
  set({ sel: fromDrawing.get(drawn), panel: 'evidence' });
  find('#panel-evidence').scrollTop = 0;
}

function moved(side, seen) {
  untouched = false;
  const other = drawings[side === 1 ? 1 : 0];
  if (other && app.state.compare) other.look(seen);
}

// Brings into view what the state is about: what is marked, what differs, or else all.
function fit() {
  if (!drawings.length) return;
  const all = app.shownEnds();
  const special = model.ends(data, [...(stressed() ?? differing())].filter(app.isShown));
  const wanted = special.size ? special : all;
  const ids = [...wanted].map(id => data.drawn.places.get(id)?.id).filter(Boolean);
  const whole = wanted === all && !app.state.near;
  for (const drawing of drawings.slice(0, app.state.compare ? 2 : 1)) {
    drawing.fit(whole ? undefined : ids);
  }
  if (app.state.compare && drawings[1]) drawings[1].look(drawings[0].view());
}

function differing() {
  return app.difference ? [...app.difference.onlyLeft, ...app.difference.onlyRight] : [];
}

function zoom(factor) {
  untouched = factor === 0;
  if (untouched) fit();
  else for (const drawing of drawings) drawing.zoom(factor);
}

function pan(across, down) {
  untouched = false;
  for (const drawing of drawings) {
    const seen = drawing.view();
    drawing.look({ ...seen, x: seen.x + (across * PAN) / seen.scale, y: seen.y + (down * PAN) / seen.scale });
  }
}

// Chooses the next or the last node of the drawing, from left to right.
function stepNode(direction) {
  const nodes = [...app.shownEnds()].filter(id => data.drawn.places.has(id));
  if (!nodes.length) return;
  nodes.sort((a, b) => data.drawn.places.get(a).x - data.drawn.places.get(b).x || model.order(a, b));
  const place = nodes.indexOf(app.state.sel);
  const next = nodes[(place + direction + nodes.length) % nodes.length];
  set({ sel: next, panel: 'evidence' });
  bringIntoView(next);
  dom.say(model.nodeName(data, next));
}

// --- Start -----------------------------------------------------------------------------------

function start() {
  find('#no-script').remove();
  const { limits, forces } = painter;
  find('#limits').append(...limits.map(text => dom.element('li', text)));
  find('#physics').hidden = !forces;
  if (NARROW.matches) find('#filters').open = false;
  controls.setUp(app);
  try {
    create(1);
  } catch (error) {
    app.state.show = 'table';
    dom.say(`${error.message} The table shows the same.`);
  }
  set({}, true);
  if (app.state.sel) bringIntoView(app.state.sel);
  new ResizeObserver(() => untouched && queueMicrotask(fit)).observe(find('#drawings'));
  DARK.addEventListener('change', show);
  window.addEventListener('hashchange', () => {
    app.state = states.read(location.hash, data);
    /** @type {any} */ (document.activeElement)?.blur();
    set({}, true);
    if (app.state.sel) bringIntoView(app.state.sel);
  });
}

start();
globalThis.hudna = { app, citation, panels };
