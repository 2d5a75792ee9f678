// The strip under the drawing: events and agreements of a span of time, each as a bar from the
// first day on which it may have begun to the last on which it may have ended.
import * as model from '../core/index.js';
import { LABEL_SHARE, bars, marks, rows, span } from '../scene/time-axis.js';
import { memo } from '../state/memo.js';
import * as dom from '../ui/dom.js';
import { roving, stop } from '../ui/roving.js';
import { say } from '../words/index.js';

const LEAST = 640; // Pixels that the strip is scrolled over on a narrow screen.
const NARROW = 320; // Pixels of a strip that is not laid out yet.
const EVENT = 'button.event';

let drawnOf = []; // Each bar that stands there, with its button.
let cursorsOf = [];
let field;

function percent(share) {
  return `${(100 * share).toFixed(2)}%`;
}

// The bars of a span and its ticks; what is chosen and how the day lies is marked in them by `mark`.
const build = memo(
  ({ data, state }, width) => [data, state.spanFrom, state.spanTo, width],
  (app, width) => {
    const time = span(app.data, app.state);
    const found = bars(app.data, time);
    const count = rows(found);
    const strip = dom.find('#strip');
    field = dom.element('div', '', { className: 'axis' });
    field.style.height = `${count * 1.35 + 1.6}rem`;
    field.style.setProperty('--label', `${LABEL_SHARE * Math.max(width, LEAST) - 8}px`);
    drawnOf = found.map(bar => [bar, drawn(app, bar)]);
    cursorsOf = [];
    field.append(...ticks(time, width || NARROW), ...drawnOf.map(([, made]) => made));
    const scrolled = strip.scrollTop;
    strip.replaceChildren(field);
    strip.scrollTop = scrolled;
    stop(strip, EVENT);
    dom.tell(dom.find('#span-count'), say('timeline.count', { n: found.length }));
    return time;
  },
);

const mark = memo(
  ({ state }, time) => [time, state.on, state.compare && state.on2, state.sel],
  ({ state }, time) => {
    for (const [{ statement }, made] of drawnOf) {
      const held = model.held(statement, state.on);
      made.classList.toggle('past', held === 'out' || held === 'beyond');
      made.classList.toggle('chosen', state.sel === statement.s || state.sel === statement.id);
    }
    for (const one of cursorsOf) one.remove();
    cursorsOf = cursors(state, time);
    field.append(...cursorsOf);
  },
);

// Draws the strip anew when its width has changed, which is measured only when it has been laid out.
let wide;
const watch = memo(app => [app.data], app => {
  const strip = dom.find('#strip');
  wide = strip.clientWidth;
  roving(strip, EVENT);
  new ResizeObserver(() => {
    if (strip.clientWidth === wide) return;
    wide = strip.clientWidth;
    show(app);
  }).observe(strip);
});

export function show(app) {
  watch(app);
  mark(app, build(app, wide));
}

function ticks(time, width) {
  return marks(time, width).map(({ day, text, year }) => {
    const tick = dom.element('span', text, { className: year ? 'tick year' : 'tick' });
    tick.style.left = percent((day - time.from) / (time.to - time.from));
    return tick;
  });
}

function drawn(app, bar) {
  const { statement } = bar;
  const name = model.nodeName(app.data, statement.s);
  const classes = ['event', statement.status, bar.openBegin && 'open-begin', bar.openEnd && 'open-end',
    bar.earlier && 'earlier', bar.later && 'later'];
  if (bar.leftward) classes.push('leftward');
  if (bar.inward) classes.push('inward');
  const when = [model.period(app.data, statement), model.besides(statement)].filter(Boolean).join(say('words.semicolon'));
  const made = dom.button('', () => app.open(statement.s), {
    className: classes.filter(Boolean).join(' '),
    title: say('timeline.title', { name, when }),
    id: `event-${statement.id}`,
    tabIndex: -1,
  });
  made.setAttribute('aria-label', say('timeline.event', { name, when, status: model.word(app.data, statement.status) }));
  made.style.left = percent(bar.begin);
  made.style.width = percent(bar.end - bar.begin);
  made.style.top = `${bar.row * 1.35 + 1.4}rem`;
  if (bar.core) made.append(core(bar));
  made.append(dom.element('span', name, { className: 'name' }));
  return made;
}

// The part of a bar during which the event went on for certain.
function core({ core: [first, last], begin, end }) {
  const made = dom.element('i');
  const width = end - begin || 1;
  const [left, right] = [first, last].map(day => Math.min(1, Math.max(0, (day - begin) / width)));
  made.style.left = percent(left);
  made.style.width = percent(right - left);
  return made;
}

function cursors(state, { from, to }) {
  const days = [state.on, state.compare ? state.on2 : ''];
  return days.flatMap((day, i) => {
    const share = day && (model.fromDay(day) - from) / (to - from);
    if (!day || share < 0 || share > 1) return [];
    const made = dom.element('b', '', { className: i ? 'cursor second' : 'cursor', title: day });
    made.style.left = percent(share);
    return [made];
  });
}
