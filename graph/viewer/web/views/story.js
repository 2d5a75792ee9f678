// The storyline: what happened, in lanes along time; a bar opens its evidence.
import * as model from '../core/index.js';
import * as brush from '../draw/brush.js';
import { pageFonts, ruler } from '../draw/canvas.js';
import * as painter from '../draw/story.js';
import { laid } from '../scene/lanes.js';
import { span } from '../scene/time-axis.js';
import { worldInWords } from '../state/caption.js';
import { memo } from '../state/memo.js';
import * as dom from '../ui/dom.js';
import { apart, say } from '../words/index.js';
import { flip } from './parts/common.js';

const LEAST = 560; // Pixels of its width; a narrower screen scrolls.
const OPENED = 'lane:'; // Before the name of a lane, among what is opened.
const WORDS = 8; // So many that took part are named.

/** @type {{ items: StoryItems; bars: Map<Id, SVGElement>; found: Found } | null} */
let drawn = null;
let measure;
let size = [0, 0];

// What a storyline shows: all of a world that passes the filters, on whatever day.
const told = memo(
  ({ data, state }) => [data, state.world, state.hidden],
  ({ data, state: { world, hidden } }) => {
    const found = model.statements(data, /** @type {any} */ ({ world, hidden, on: '', during: '', held: 'all' }));
    return { found, story: model.story(data, found) };
  },
);

const build = memo(
  app => [app.data, told(app), app.state.spanFrom, app.state.spanTo, app.state.toggled, app.state.label, ...size],
  app => {
    const { data, state } = app;
    const { found, story } = told(app);
    measure ??= ruler(pageFonts());
    const [width, height] = size;
    const opened = lane => state.toggled.has(OPENED + lane);
    const time = span(data, state);
    const items = laid(data, story, { time, width: Math.max(LEAST, width - 2), height: height - 2, measure, label: state.label, opened });
    const { root, bars } = painter.story(items, say('story.label'), of => titleOf(data, of));
    drawn = { items, bars, found };
    const inTime = items.bars.map(({ bar }) => bar).sort((a, b) => model.inTime(a.statement, b.statement));
    for (const bar of inTime) dress(app, bar, bars.get(bar.statement.id));
    bars.get(inTime[0]?.statement.id)?.setAttribute('tabindex', '0');
    const place = dom.find('#story');
    const { scrollTop, scrollLeft } = place;
    place.replaceChildren(root, ...items.lanes.filter(lane => lane.more || opened(lane.name)).map(lane => more(app, lane, opened(lane.name))));
    Object.assign(place, { scrollTop, scrollLeft });
    dom.tell(dom.find('#story-count'), countOf(data, state, story, items));
    return drawn;
  },
);

const mark = memo(
  (app, made) => [made, app.state.sel, app.state.during],
  ({ state }, { items, bars }) => {
    brush.mark(dom.find('#story'), items, model.daysOf(state.during));
    for (const { id, bar } of items.bars) bars.get(id)?.classList.toggle('chosen', [id, bar.statement.s].includes(state.sel));
  },
);

// Sets up what is done with hands and keys, once; it is drawn anew when its room changes.
const watch = memo(app => [app.data], app => {
  const place = dom.find('#story');
  place.addEventListener('keydown', event => key(app, event));
  place.addEventListener('click', event => {
    const of = event.target.closest('[data-bar], [data-of]');
    if (of) app.open(of.dataset.of ?? subject(of.dataset.bar));
  });
  brush.brushed(place, () => drawn?.items, during => during !== app.state.during && app.set({ during }));
  dom.find('#story-span').addEventListener('click', () => chooseSpan(app));
  for (const [name, shown] of [['pointerover', true], ['focusin', true], ['pointerout', false], ['focusout', false]]) {
    place.addEventListener(name, event => tip(app, shown ? event.target.closest('[data-bar]') : null));
  }
  new ResizeObserver(() => {
    if (app.state.show === 'story') show(app);
  }).observe(place);
});

export function show(app) {
  watch(app);
  const place = dom.find('#story');
  size = [place.clientWidth, place.clientHeight];
  if (!size[0]) return;
  mark(app, build(app));
}

// All of the time that is shown as a span, to be made shorter by its fields.
function chooseSpan(app) {
  const { from, to } = span(app.data, app.state);
  if (!app.state.during) app.set({ during: [from, to].map(model.toDay).join('/') });
  dom.find('#during-from').focus();
}

const subject = id => itemOf(id).bar.statement.s;
const itemOf = id => drawn.items.bars.find(item => item.id === id);

// --- Words ---------------------------------------------------------------------------------------

// How much there is, and how much of it is not drawn.
function countOf(data, { world }, { lanes }, items) {
  const all = lanes.reduce((sum, lane) => sum + lane.bars.length, 0);
  const hidden = items.lanes.reduce((sum, lane) => sum + lane.more, 0);
  const outside = all - hidden - items.bars.length;
  return [
    say('story.counted', { world: worldInWords(data, world), events: say('n.event', { n: all }) }),
    hidden && say('story.folded', { n: hidden }),
    outside && say('story.outside', { n: outside }),
  ].filter(Boolean).join(say('words.comma'));
}

// What a part of the picture says: an arrow, a stage or what became of a clause.
function titleOf(data, of, thing = '') {
  if ('from' in of) {
    const [from, to] = [of.from, of.to].map(({ statement }) => model.nodeName(data, statement.s));
    return say('story.arrow', { from, words: of.words, to, status: model.word(data, of.status) });
  }
  const { statement } = of;
  const said = statement.s === thing ? model.phrase(data, statement, thing) : model.sentence(data, statement);
  const what = say('words.status', { what: said, status: model.word(data, statement.status) });
  return [what, model.period(data, statement)].filter(Boolean).join(say('words.comma'));
}

// All of a bar in words, line by line: its name, when and how surely, who took part, and what became of it.
function lines(data, found, bar) {
  const { statement } = bar;
  const when = [model.period(data, statement), model.besides(statement)].filter(Boolean).join(say('words.semicolon'));
  const part = model.takingPart(data, found, bar);
  const some = part.slice(0, WORDS).map(apart).join(say('words.comma'));
  const names = part.length > WORDS ? say('words.more', { some, n: part.length - WORDS }) : some;
  return [
    model.nodeName(data, statement.s),
    [when, model.word(data, statement.status)].filter(Boolean).join(say('words.comma')),
    part.length && say('story.with', { names }),
    ...[...bar.stages, ...bar.ticks].map(turn => titleOf(data, turn, statement.s)),
  ].filter(Boolean);
}

function dress(app, bar, group) {
  group.setAttribute('role', 'button');
  group.setAttribute('tabindex', '-1');
  group.setAttribute('id', `story-${bar.statement.id}`);
  group.setAttribute('aria-label', lines(app.data, drawn.found, bar).join('. '));
}

// Shows all of a bar beside it, or nothing.
function tip(app, group) {
  const made = dom.find('#story-tip');
  made.hidden = !group;
  if (!group) return;
  const { bar } = itemOf(group.dataset.bar);
  const [name, ...rest] = lines(app.data, drawn.found, bar);
  made.replaceChildren(dom.element('b', name), ...rest.map(text => dom.element('div', text)));
  const [box, room] = [group.getBoundingClientRect(), dom.find('#picture').getBoundingClientRect()];
  const below = box.bottom - room.top + 6;
  const left = Math.max(4, Math.min(box.left - room.left, room.width - made.offsetWidth - 6));
  const top = below + made.offsetHeight > room.height ? box.top - room.top - made.offsetHeight - 6 : below;
  Object.assign(made.style, { left: `${left}px`, top: `${Math.max(2, top)}px` });
}

// A button at the end of a lane that shows all of it, or few again.
function more(app, { name, words, y, height, more: hidden }, opened) {
  const made = dom.button(opened ? say('story.fewer') : say('words.n-more', { n: hidden }), () => flip(app, OPENED + name), { className: 'more', id: `story-more-${name}` });
  made.setAttribute('aria-label', say(opened ? 'story.fewer-of' : 'story.more-of', { n: hidden, lane: words }));
  made.style.top = `${drawn.items.left ? y + height - 21 : y}px`;
  made.style.left = drawn.items.left ? '0' : '12rem';
  return made;
}

// --- Keys ----------------------------------------------------------------------------------------

// Left and right go along the bars by time, up and down to the nearest of another lane.
function key(app, event) {
  const id = event.target.dataset?.bar;
  if (!id || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    app.open(subject(id));
    return;
  }
  const inTime = [...drawn.items.bars].sort((a, b) => model.inTime(a.bar.statement, b.bar.statement));
  const at = inTime.findIndex(item => item.id === id);
  const next = {
    ArrowRight: () => inTime[at + 1],
    ArrowLeft: () => inTime[at - 1],
    ArrowDown: () => nearest(inTime[at], 1),
    ArrowUp: () => nearest(inTime[at], -1),
    Home: () => inTime[0],
    End: () => inTime.at(-1),
  }[event.key];
  if (!next) return;
  event.preventDefault();
  const found = next();
  if (found) go(id, found.id);
}

function nearest(from, direction) {
  const far = item => Math.abs(item.x - from.x);
  return drawn.items.bars.filter(({ lane }) => lane === from.lane + direction).sort((a, b) => far(a) - far(b))[0];
}

function go(from, to) {
  drawn.bars.get(from).setAttribute('tabindex', '-1');
  const group = drawn.bars.get(to);
  group.setAttribute('tabindex', '0');
  group.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  /** @type {any} */ (group).focus({ preventScroll: true });
}
