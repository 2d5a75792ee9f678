// Ties state, drawing and panels together: whatever is done changes the state, and what depends on
// that is shown.
import * as model from '../core/index.js';
import { needed } from '../state/caption.js';
import { createHistory } from '../state/history.js';
import { selectors } from '../state/selectors.js';
import { createStore } from '../state/store.js';
import * as states from '../state/url.js';
import { announce } from '../ui/announce.js';
import * as dom from '../ui/dom.js';
import { unpacked } from '../ui/packed.js';
import * as brief from '../views/brief.js';
import * as camps from '../views/camps.js';
import * as deals from '../views/deals.js';
import * as matrix from '../views/matrix.js';
import * as story from '../views/story.js';
import * as table from '../views/table.js';
import * as timeline from '../views/timeline.js';
import * as tour from '../views/tour.js';
import { direction, language, row, say, speak, spoken } from '../words/index.js';
import * as arranging from './arranging.js';
import * as controls from './controls.js';
import { createDrawings } from './drawings.js';
import * as embed from './embed.js';
import * as finder from './finder.js';
import * as groups from './groups.js';
import * as moving from './moving.js';
import * as panels from './panels.js';
import * as room from './room.js';
import * as tongues from './tongues.js';
import { tellOf } from './telling.js';

const { find } = dom;
const INSTEAD = { story, camps, deals, table, brief, says: matrix }; // What can be shown instead of the drawing.
const ASKED = ['from', 'to', 'near', 'question', 'world', 'world2', 'compare'];

const address = location.hash || document.documentElement.dataset.view || '';

// What a page knows is told in English; another language is unpacked when it is asked for.
const told = JSON.parse(find('#data').textContent);
const wanted = states.tongueOf(address) ?? '';
const packed = Object.hasOwn(told.packed ?? {}, wanted) && told.packed[wanted];
if (packed) unpacked(packed).catch(() => null).then(found => begin(wanted, found));
else begin();

// Shows the page, in English or in a language with its words for the page and the case.
/** @type {(tag?: string, found?: any) => void} */
function begin(tag = 'en', found = null) {
  speak({ en: told.said, ...(found && { [tag]: found.said }) }, tag);
  Object.assign(document.documentElement, { lang: language(), dir: direction() });
  if (found) spoken(document);
  if (found?.brief) brief.told(found.brief);
  tie({ ...told, tongue: found?.tongue });
}

// Ties all parts together.
/** @type {(given: any) => void} */
function tie(given) {
  const data = model.prepare(given);
  const store = createStore(states.read(address, data));
  const select = selectors(data);
  const history = createHistory((fragment, step) => {
    try {
      window.history[step ? 'pushState' : 'replaceState'](null, '', `#${fragment}`);
    } catch {
      // A page inside a notebook has no address of its own.
    }
  });

  // What views and controls are given: what is known, what is looked at, and what they can do.
  const app = {
    data,
    select,
    get state() {
      return store.get();
    },
    moments: model.moments(data),
    voices: new Set(model.voices(data).map(voice => voice.id)),
    suggestions: model.suggestions(data),
    get first() {
      return select.lines(store.get());
    },
    get second() {
      return select.others(store.get());
    },
    get difference() {
      return select.difference(store.get());
    },
    get ways() {
      return select.ways(store.get());
    },
    get items() {
      return drawings.items(store.get());
    },
    set,
    refresh: () => show(store.get()),
    open,
    take,
    ask: question => set({ question, panel: 'questions' }, { refit: true }),
    reset: () => set({ ...states.initial(data), lang: language() }, { refit: true }),
    visit,
    menu: room.closesByItself,
    address: () => `${location.href.split('#')[0]}#${states.write(store.get(), data)}`,
    caption: side => select.captions[side - 1](store.get()),
    isShown: id => app.first.has(id) || Boolean(app.second?.has(id)),
    shownEnds: () => select.ends(store.get()),
    suggested,
    point,
    counted,
  };
  const drawings = createDrawings(app);
  const { bringIntoView, colours, drawn, forPaper, pan, physics, view, zoom } = drawings;
  Object.assign(app, { bringIntoView, colours: () => colours(store.get()), drawn, forPaper, pan, physics, view, zoom });

  function suggested() {
    const { state } = app;
    const same = ({ change }) => ['world', 'world2', 'on', 'on2'].every(key => change[key] === state[key]);
    const found = state.compare ? app.suggestions.findIndex(same) : -1;
    return found < 0 ? '' : String(found);
  }

  // --- Doing ---------------------------------------------------------------------------------------

  // Whether some lines are marked if this is chosen.
  function marks(id = '') {
    return id.startsWith(model.SAYS) || Boolean(data.nodes.get(id)?.seen);
  }

  // What is seen in the drawing alone leads there from other pictures.
  /** @type {(change: Partial<State>) => Partial<State>} */
  function inDrawing({ near, from, to, compare, show: asked }) {
    return states.PICTURES.includes(store.get().show) && !asked && (near || (from && to) || compare) ? { show: 'drawing' } : {};
  }

  // Changes the state and shows it; the drawing is brought into view anew if so wished.
  /** @type {(change: Partial<State>, options?: { refit?: boolean; how?: How }) => void} */
  function set(change, { refit = false, how } = {}) {
    const pointed = 'sel' in change ? { pointed: '' } : {};
    const asked = (ASKED.some(key => change[key]) || marks(change.sel)) && !change.projection;
    const lines = asked ? { projection: needed(data, { ...store.get(), ...change }) } : {};
    const { opened } = { ...store.get(), ...change };
    // Whatever is chosen is seen.
    const seen = change.sel ? { opened: model.opening(data, opened, [change.sel]) } : {};
    store.set({ ...pointed, ...room.sheetFor(change, store.get()), ...change, ...inDrawing(change), ...lines, ...seen, ...(refit ? { at: '' } : {}) }, how);
    if (refit) drawings.fit();
  }

  // Chooses a thing or a statement: shows its evidence and moves the drawing there.
  function open(id) {
    set({ sel: id, panel: 'evidence' });
    drawings.bringIntoView(id);
    const panel = find('#panel-evidence');
    panel.scrollTop = 0;
    panel.focus({ preventScroll: true });
  }

  // Goes where a road of the search leads.
  function take(change) {
    if (change.sel) open(change.sel);
    else set(change, { refit: Boolean(change.compare || change.from || change.question) });
    if (change.panel) find(`#panel-${change.panel}`).focus({ preventScroll: true });
  }

  // Goes back from the evidence to the drawing.
  function point(id) {
    set({ show: 'drawing', sheet: 'shut' });
    drawings.bringIntoView(id);
    find('#picture').scrollIntoView({ block: 'nearest' });
    find('#drawing-1').focus({ preventScroll: true });
  }

  // --- Showing -------------------------------------------------------------------------------------

  // Each part shows itself anew only if something that it shows is another.
  function show(state) {
    const focused = document.activeElement?.id;
    controls.sync(app);
    room.sync(app);
    arranging.sync(app);
    groups.sync(app);
    tour.show(app);
    embed.sync(app);
    showPicture(state);
    if (state.show === 'drawing') drawings.show(state);
    panels.show(app);
    timeline.show(app);
    INSTEAD[state.show]?.show(app);
    keepFocus(focused);
    room.settle(app);
  }

  // Where something is built anew, who works with the keyboard stays where they were, or in the panel.
  function keepFocus(id) {
    if (!id || document.activeElement !== document.body) return;
    (document.getElementById(id) ?? find(`#panel-${app.state.panel}`)).focus({ preventScroll: true });
  }

  // The drawing is made when it is first seen.
  let drawable = true;
  function draw(state) {
    if (state.show !== 'drawing' || drawings.any() || !drawable) return;
    try {
      drawings.create(1);
    } catch (error) {
      drawable = false;
      announce(say('app.no-drawing', { why: error.message }), true);
    }
  }

  function showPicture(state) {
    draw(state);
    const shown = drawable || state.show in INSTEAD ? state.show : 'table';
    find('#drawings').hidden = shown !== 'drawing';
    for (const name of Object.keys(INSTEAD)) find(`#${name}-view`).hidden = shown !== name;
    find('#second').hidden = !state.compare;
    find('#drawings').classList.toggle('two', state.compare);
    for (const side of [1, 2]) dom.tell(find(`#caption-${side}`), app.caption(side));
    dom.tell(find('#count'), counted());
  }

  function counted() {
    const nodes = app.shownEnds().size;
    const [all, lines] = [data.drawn.places.size, data.drawn.lines.size];
    const shown = row([app.first, app.second].filter(Boolean).map(({ size }) => String(size)));
    return say('app.counted', { nodes, shown, all: say('n.node', { n: all }), lines: say('n.line', { n: lines }) });
  }

  // --- Start ---------------------------------------------------------------------------------------

  // The sheet is there with what is to be read, where an address leads to that; on a tour the card has that.
  /** @type {(state: Partial<State>) => string} */
  function sheetOf({ sel, from, to, tour: toured }) {
    return !toured && (sel || (from && to)) ? 'half' : 'shut';
  }

  // Shows what the address tells, with what it does not tell left as it is.
  function follow() {
    const next = states.told(states.read(location.hash, data), data);
    /** @type {any} */ (document.activeElement)?.blur();
    store.set({ ...next, pointed: '', sheet: sheetOf(next) }, 'none');
    arrive();
  }

  // Goes to a view as a link has it.
  /** @type {(fragment: string) => void} */
  function visit(fragment) {
    const next = states.told(states.read(fragment, data), data);
    const { embed: framed, theme, label, lang } = store.get();
    store.set({ ...next, embed: framed, theme, label, lang, pointed: '', sheet: sheetOf(next) });
    arrive();
  }

  // Shows what the address leads to: where hands had moved the drawing, or all of it and what is chosen.
  function arrive() {
    const { sel } = store.get();
    history.at(states.write(store.get(), data));
    if (drawings.look(store.get())) return;
    drawings.fit();
    if (sel) drawings.bringIntoView(sel);
  }

  store.listen((state, keys, how) => {
    if (keys.length && how !== 'none') {
      history.tell(states.write(state, data), how ?? (states.isStep(keys, data) ? 'step' : undefined));
    }
    if (keys.includes('lang') && state.lang !== language()) {
      location.reload(); // All is made anew, in the language that the address tells.
      return;
    }
    if (!keys.length || keys.some(key => key !== 'at')) show(state);
    tellOf(app, keys);
  });

  function start() {
    find('#no-script').remove();
    find('#limits').append(...drawings.limits.map(key => dom.element('li', say(key))));
    find('#physics').hidden = !drawings.movable;
    for (const part of [controls, finder, groups, moving, arranging, room, tongues, tour, embed]) part.setUp(app);
    if (room.NARROW.matches) store.set({ sheet: sheetOf(store.get()) }, 'none');
    app.refresh();
    arrive();
    drawings.watch();
    window.addEventListener('hashchange', follow);
  }

  start();
  Object.assign(globalThis, { hudna: { app, citation: model.citation, panels } });
}
