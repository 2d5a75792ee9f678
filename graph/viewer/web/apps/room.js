// How much room the parts of the page have: the filters beside the drawing, the strip of time, what is
// folded, and on a small screen the sheet with what is to be read.
import { announce } from '../ui/announce.js';
import { find, findAll, tell } from '../ui/dom.js';
import { gathered } from '../ui/roving.js';
import * as sheets from '../ui/sheet.js';
import { measured, splitter } from '../ui/splitter.js';
import { remembered } from '../views/parts/common.js';
import { say } from '../words/index.js';

export const NARROW = window.matchMedia('(max-width: 59.99rem)');
const ROOMY = window.matchMedia('(min-width: 80rem) and (min-height: 50rem)');
const TAPS = 320; // So many milliseconds after a tap a second one may make a double tap of it.

let returnTo = null; // Where the keyboard was when the sheet came.
let shown = 'shut';
let stays = false;

export function setUp(app) {
  find('#show-filters').addEventListener('click', () => app.set({ filters: !app.state.filters }));
  const { strip, bar } = { strip: find('#strip'), bar: find('#splitter') };
  splitter(bar, strip, limits, height => app.set({ strip: height }));
  new ResizeObserver(() => measured(bar, strip, limits)).observe(strip);
  remembered(app, find('#legend'), 'legend', ROOMY.matches);
  remembered(app, find('#timeline'), 'timeline', !NARROW.matches);
  for (const place of findAll('[data-roving]')) gathered(place, place.dataset.roving);
  setUpSheet(app);
  for (const button of findAll('[data-skip]')) button.addEventListener('click', () => skip(app, button.dataset.skip));
  closesByItself(find('#more'));
  closesByItself(find('#ways'));
}

// The least and the greatest height of the strip of time.
/** @type {() => [number, number]} */
const limits = () => [64, Math.max(64, Math.round(find('#middle').clientHeight * 0.6))];

// A menu closes when the keyboard leaves it, something else is pressed, or by Escape.
export function closesByItself(menu) {
  const close = () => (menu.open = false);
  document.addEventListener('pointerdown', event => menu.contains(event.target) || close());
  menu.addEventListener('focusout', event => event.relatedTarget && !menu.contains(event.relatedTarget) && close());
  menu.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || !menu.open) return;
    close();
    menu.querySelector('summary').focus();
  });
}

function skip(app, where) {
  if (where === 'panel') {
    reveal(app);
    find(`#panel-${app.state.panel}`).focus();
    return;
  }
  app.set({ show: where === 'table' ? 'table' : 'drawing' });
  (where === 'table' ? find('#statements button') : find('#drawing-1'))?.focus();
}

// --- The sheet -----------------------------------------------------------------------------------

function setUpSheet(app) {
  const set = sheet => app.set({ sheet });
  sheets.drawn(find('#panel'), [find('#sheet-head'), find('#tabs')], () => app.state.sheet, set);
  find('#sheet-size').addEventListener('click', () => set(app.state.sheet === 'full' ? 'half' : 'full'));
  find('#sheet-close').addEventListener('click', () => set('shut'));
  // Whoever has no keys needs no ring around what is read.
  document.addEventListener('keydown', () => (document.documentElement.dataset.keys = ''));
  document.addEventListener('pointerdown', () => delete document.documentElement.dataset.keys);
  find('#panel').addEventListener('keydown', event => {
    if (event.key !== 'Escape' || !NARROW.matches || app.state.sheet === 'shut') return;
    event.preventDefault();
    set('shut');
  });
}

// The keyboard stays where it is, although a sheet may come.
export function stay() {
  stays = true;
}

// How high the sheet is to be after a change: it comes with what is to be read, and goes with it.
export function sheetFor(change, { sheet }) {
  if ('sheet' in change || !NARROW.matches) return {};
  if ('panel' in change && !change.compare) return { sheet: sheet === 'shut' ? 'half' : sheet };
  return change.sel === '' ? { sheet: 'shut' } : {};
}

// Brings the sheet up.
function reveal(app) {
  if (NARROW.matches && app.state.sheet === 'shut') app.set({ sheet: 'half' });
}

let later;

// Does something at once, or on a small screen when it is sure that no second tap follows.
export function afterTaps(action) {
  clearTimeout(later);
  if (NARROW.matches) later = setTimeout(action, TAPS);
  else action();
}

export function noTap() {
  clearTimeout(later);
}

export function sync(app) {
  const { state } = app;
  const root = document.documentElement;
  root.dataset.filters = state.filters ? 'open' : 'shut';
  root.dataset.sheet = state.sheet;
  root.dataset.show = state.show;
  find('#filters').hidden = !state.filters;
  find('#show-filters').setAttribute('aria-expanded', String(state.filters));
  find('#show-filters').setAttribute('aria-pressed', String(state.filters));
  if (state.strip) root.style.setProperty('--strip', `${state.strip}px`);
  else root.style.removeProperty('--strip');
  tell(find('#sheet-size'), say(state.sheet === 'full' ? 'room.half' : 'room.up'));
  find('#sheet-size').setAttribute('aria-expanded', String(state.sheet === 'full'));
}

// Once all is shown: the keyboard goes into the sheet that came, and back from one that went.
export function settle(app) {
  const { sheet, panel } = app.state;
  if (sheet === shown) {
    stays = false;
    return;
  }
  const [came, went] = [shown === 'shut', sheet === 'shut'];
  shown = sheet;
  if (!NARROW.matches) return;
  const place = find('#panel');
  const { activeElement: active } = document;
  if (came) {
    const own = active === document.body || place.contains(active) ? find('#drawing-1') : active;
    returnTo = own.closest('.drawing') ?? own;
    const read = find(`#panel-${panel}`);
    if (!stays && !active.closest('#tabs')) read.focus({ preventScroll: true });
    announce(read.querySelector('h2')?.textContent ?? '');
  } else if (went && (place.contains(active) || active === document.body)) {
    returnTo?.focus({ preventScroll: true });
  }
  stays = false;
}
