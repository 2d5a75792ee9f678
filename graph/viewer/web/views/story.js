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

/** @typedef {{ id: string; group: SVGElement; of: Id; item?: BarItem; arrow?: StoryArrow; ends: Id[] }} Mark a bar or an arrow, what it opens, and the bars that it stands for */
/** @type {{ items: StoryItems; marks: Mark[]; bars: Map<Id, SVGElement>; found: Found; story: Story } | null} */
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
    const { root, bars, arrows } = painter.story(items, say('story.label'), of => titleOf(data, of));
    drawn = { items, bars, found, story, marks: marksOf(items, bars, arrows) };
    for (const one of drawn.marks) dress(app, one);
    drawn.marks[0]?.group.setAttribute('tabindex', '0');
    legend(story);
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
  (app, { items, bars }) => {
    const { state } = app;
    light(app, '');
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
    place.addEventListener(name, event => {
      const group = shown ? event.target.closest('[data-bar]') : null;
      tip(app, group);
      light(app, group ? subject(group.dataset.bar) : '', shown ? event.target.closest('[data-arrow]') : null);
    });
    // Whoever is named beside it.
    dom.find('#panel').addEventListener(name, event => light(app, shown ? namedIn(app, event.target) : ''));
  }
  const narrow = window.matchMedia('(max-width: 60rem)');
  dom.find('#story-legend').open = !narrow.matches;
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

// --- What belongs together ---------------------------------------------------------------------------

// The thing that a button of the panel names: itself, or that of its statement.
function namedIn(app, target) {
  const { thing, statement } = target.closest?.('[data-thing], [data-statement]')?.dataset ?? {};
  return thing ?? app.data.statements.get(statement)?.s ?? '';
}

// Lights what belongs to a thing, or else to what is chosen, or the ends of an arrow; all else is dimmed, unless nothing or
// nothing else belongs to it.
function light(app, thing, arrow = null) {
  if (!drawn) return;
  const { found, story, marks, bars } = drawn;
  const id = thing || (app.data.nodes.has(app.state.sel) ? app.state.sel : '');
  const ends = arrow ? marks.find(({ group }) => group === arrow)?.ends ?? [] : [];
  const lit = arrow ? new Set(ends) : id ? model.belonging(app.data, found, story, id) : new Set();
  const some = [...lit].filter(one => bars.has(one)).length > (app.data.nodes.get(id)?.lane ? 1 : 0);
  dom.find('#story svg')?.classList.toggle('lighting', some);
  for (const { group, item, ends: both } of marks) {
    group.classList.toggle('lit', some && (item ? lit.has(item.id) : both.every(end => lit.has(end))));
  }
}

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

/** @type {(app: any, mark: Mark) => void} */
function dress(app, { id, group, item, arrow }) {
  group.setAttribute('role', 'button');
  group.setAttribute('tabindex', '-1');
  group.setAttribute('id', `story-${id}`);
  group.setAttribute('aria-label', item ? lines(app.data, drawn.found, item.bar).join('. ') : titleOf(app.data, arrow));
}

// What the numbers in bars mean.
function legend({ kinds }) {
  const lists = ['stages', 'ticks'].map(of => {
    const some = kinds.map((kind, i) => ({ ...kind, number: i + 1 })).filter(kind => kind.of === of);
    const items = some.map(({ words, number }) => dom.element('li', '', { value: number }, dom.element('b', String(number)), ' ', dom.element('span', words)));
    const label = dom.element('span', say(`story.${of}`), { id: `story-${of}` });
    const list = dom.element('ol', '', {}, ...items);
    list.setAttribute('aria-labelledby', label.id);
    return some.length ? [label, list] : [];
  });
  dom.find('#story-legend').hidden = !kinds.length;
  dom.find('#story-kinds').replaceChildren(...lists.flat());
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

// The marks in the order of time: each bar, and after it the arrows that begin at it.
/** @type {(items: StoryItems, bars: Map<Id, SVGElement>, arrows: SVGElement[]) => Mark[]} */
function marksOf(items, bars, arrows) {
  const inTime = [...items.bars].sort((a, b) => model.inTime(a.bar.statement, b.bar.statement));
  return inTime.flatMap(item => [
    { id: item.id, group: bars.get(item.id), of: item.bar.statement.s, item, ends: [item.id] },
    ...items.arrows.flatMap(({ arrow }, i) => (arrow.from === item.bar ? [arrowMark(arrow, arrows[i], i)] : [])),
  ]);
}

function arrowMark(arrow, group, i) {
  group.dataset.arrow = i;
  return { id: `arrow-${i}`, group, of: arrow.id, arrow, ends: [arrow.from, arrow.to].map(({ statement }) => statement.id) };
}

// Left and right go along bars and arrows by time, up and down to the nearest bar of another lane, or to the ends of an arrow.
function key(app, event) {
  const { marks } = drawn;
  const at = marks.findIndex(({ group }) => group === event.target);
  if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    app.open(marks[at].of);
    return;
  }
  const next = {
    ArrowRight: () => marks[at + 1],
    ArrowLeft: () => marks[at - 1],
    ArrowDown: () => nearest(marks[at], 1),
    ArrowUp: () => nearest(marks[at], -1),
    Home: () => marks[0],
    End: () => marks.at(-1),
  }[event.key];
  if (!next) return;
  event.preventDefault();
  const found = next();
  if (found) go(marks[at], found);
}

/** @type {(mark: Mark, direction: number) => Mark | undefined} */
function nearest({ item, ends }, direction) {
  const bars = drawn.marks.filter(one => one.item);
  if (!item) {
    const [first, last] = bars.filter(one => ends.includes(one.id)).sort((a, b) => a.item.y - b.item.y);
    return direction < 0 ? first : last;
  }
  const far = one => Math.abs(one.item.x - item.x);
  return bars.filter(one => one.item.lane === item.lane + direction).sort((a, b) => far(a) - far(b))[0];
}

function go(from, { group }) {
  from.group.setAttribute('tabindex', '-1');
  group.setAttribute('tabindex', '0');
  group.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  group.focus({ preventScroll: true });
}
