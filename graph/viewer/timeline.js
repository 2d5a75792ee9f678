'use strict';

// The strip under the drawing: events and agreements of a span of time, each as a bar from the
// first day on which it may have begun to the last on which it may have ended.
(() => {
  const hudna = (globalThis.hudna ??= {});
  const { model, dom } = hudna;

  const OPEN_SHARE = 0.03; // Width of a bar whose beginning or end is not told.
  const LABEL_SHARE = 0.19; // Room for a name beside a bar.
  const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

  const STEPS = [1, 3, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000]; // Months between two names.
  const DAYS = [1, 2, 5, 10]; // Days between two names, where a month would be too long.
  const MARGIN = 0.04; // Of the span that is shown, on each side of what happened in it.
  const DAYS_OF_A_MONTH = 365.2425 / 12;
  const TICK_ROOM = 48; // Pixels that the name of a year takes, with a gap.
  const LEAST = 640; // Pixels that the strip is scrolled over on a narrow screen.
  const NARROW = 320; // Pixels of a strip that is not laid out yet.
  let watcher;

  // The span that is shown: what the state says, or the usual one.
  function span(data, state) {
    const usual = closest(data);
    const from = state.spanFrom ? model.fromDay(state.spanFrom) : usual.from;
    const to = state.spanTo ? model.fromDay(state.spanTo) : usual.to;
    return from < to ? { from, to } : { from: to, to: from + 1 };
  }

  // The shortest span that nothing dated can have missed: what is dated vaguely, as "by December",
  // does not set the scale for days that are known.
  function closest(data) {
    const events = model.events(data);
    return spread(events.map(s => s.lb ?? s.le ?? s.ee), events.map(s => s.ee ?? s.eb ?? s.lb));
  }

  // From the first day on which something may have begun to the last on which something may have ended.
  function whole(data) {
    const days = model.moments(data);
    return spread(days, days);
  }

  // The span between the first of some days and the last of others, with a margin.
  function spread(begun, ended) {
    const ends = [begun.filter(Boolean).sort()[0], ended.filter(Boolean).sort().at(-1)];
    const [from, to] = ends.filter(Boolean).sort().map(model.fromDay);
    const margin = Math.max(1, Math.round(MARGIN * ((to ?? from) - from)));
    return from === undefined ? { from: 0, to: 1 } : { from: from - margin, to: (to ?? from) + margin };
  }

  // What falls into the span, with shares of its width.
  function bars(data, { from, to }) {
    const share = day => (day - from) / (to - from);
    return model.events(data).flatMap(statement => {
      const days = [statement.eb ?? null, statement.le ?? null];
      const [first, last] = days.map(day => day && share(model.fromDay(day)));
      const inner = statement.lb ?? statement.ee;
      const known = inner ? share(model.fromDay(inner)) : 0;
      const begin = first ?? Math.min(last ?? known, known || Infinity) - OPEN_SHARE;
      const end = last ?? Math.max(first ?? known, known) + OPEN_SHARE;
      if (end < 0 || begin > 1) return [];
      const whole = !statement.when?.startsWith('{'); // A set may leave days out.
      const sure = whole && statement.lb && statement.ee && statement.lb <= statement.ee;
      return [{
        statement,
        begin: Math.max(0, begin),
        end: Math.min(1, Math.max(end, begin)),
        openBegin: first === null,
        openEnd: last === null,
        earlier: first !== null && begin < 0,
        later: last !== null && end > 1,
        core: sure && [share(model.fromDay(statement.lb)), share(model.fromDay(statement.ee))],
      }];
    });
  }

  // How much of the width of a bar is only dated vaguely.
  function vague({ begin, end, core }) {
    return end - begin - (core ? Math.min(end, core[1]) - Math.max(begin, core[0]) : 0);
  }

  // Puts bars into as few rows as they need with their names, those on top that are dated well.
  function rows(found) {
    const ends = [];
    const well = found.filter(bar => vague(bar) <= LABEL_SHARE);
    for (const bar of [...well, ...found.filter(one => !well.includes(one))]) {
      const leftward = bar.end > 1 - LABEL_SHARE && bar.begin > LABEL_SHARE;
      bar.inward = bar.end > 1 - LABEL_SHARE && !leftward;
      const begin = leftward ? bar.begin - LABEL_SHARE : bar.begin;
      const end = Math.max(bar.end, bar.begin) + (leftward || bar.inward ? 0 : LABEL_SHARE);
      let row = ends.findIndex(taken => taken <= begin);
      if (row < 0) row = ends.push(0) - 1;
      ends[row] = end;
      Object.assign(bar, { row, leftward });
    }
    return ends.length;
  }

  function percent(share) {
    return `${(100 * share).toFixed(2)}%`;
  }

  function show(app) {
    const { data, state } = app;
    const time = span(data, state);
    const found = bars(data, time);
    const count = rows(found);
    const strip = dom.find('#strip');
    const field = dom.element('div', '', { className: 'field' });
    field.style.height = `${count * 1.35 + 1.6}rem`;
    field.style.setProperty('--label', `${LABEL_SHARE * Math.max(strip.clientWidth, LEAST) - 8}px`);
    field.append(...ticks(time, strip.clientWidth || NARROW), ...found.map(bar => drawn(app, bar)), ...cursors(app, time));
    const scrolled = strip.scrollTop;
    strip.replaceChildren(field);
    strip.scrollTop = scrolled;
    dom.find('#span-count').textContent = `${model.counted(found.length, 'event or agreement', 'events and agreements')} in this span`;
    redrawnWhenWide(app, strip);
  }

  // Draws the strip anew when its width has changed.
  function redrawnWhenWide(app, strip) {
    watcher?.disconnect();
    const width = strip.clientWidth;
    watcher = new ResizeObserver(() => strip.clientWidth !== width && show(app));
    watcher.observe(strip);
  }

  // Days, or the first days of months and years, so many apart that no name of one runs into the next.
  function marks({ from, to }, width) {
    const room = (TICK_ROOM / width) * (to - from);
    const least = room / DAYS_OF_A_MONTH;
    const few = to - from < 2 * DAYS_OF_A_MONTH && DAYS.find(days => days >= room);
    if (few) return days({ from, to }, few);
    const step = STEPS.find(months => months >= least) ?? STEPS.at(-1);
    const begun = new Date(from * 86_400_000);
    let month = (Math.floor((begun.getUTCFullYear() * 12 + begun.getUTCMonth()) / step) + 1) * step;
    const found = [];
    for (let day = firstDay(month); day <= to; month += step, day = firstDay(month)) {
      const [year, ofYear] = [Math.floor(month / 12), month % 12];
      found.push({ day, text: ofYear ? MONTHS[ofYear] : String(year), year: !ofYear });
    }
    return found;
  }

  function days({ from, to }, step) {
    const found = [];
    for (let day = Math.floor(from / step + 1) * step; day <= to; day += step) {
      const date = new Date(day * 86_400_000);
      found.push({ day, text: `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`, year: false });
    }
    return found;
  }

  function ticks(time, width) {
    return marks(time, width).map(({ day, text, year }) => {
      const tick = dom.element('span', text, { className: year ? 'tick year' : 'tick' });
      tick.style.left = percent((day - time.from) / (time.to - time.from));
      return tick;
    });
  }

  // The first day of a month that is counted from the year 0 on.
  function firstDay(month) {
    return Math.round(new Date(0).setUTCFullYear(Math.floor(month / 12), month % 12, 1) / 86_400_000);
  }

  function drawn(app, bar) {
    const { statement } = bar;
    const name = model.nodeName(app.data, statement.s);
    const held = model.held(statement, app.state.on);
    const classes = ['event', statement.status, bar.openBegin && 'open-begin', bar.openEnd && 'open-end',
      bar.earlier && 'earlier', bar.later && 'later'];
    if (held === 'out' || held === 'beyond') classes.push('past');
    if (app.state.sel === statement.s || app.state.sel === statement.id) classes.push('chosen');
    if (bar.leftward) classes.push('leftward');
    if (bar.inward) classes.push('inward');
    const when = [model.period(app.data, statement), model.besides(statement)].filter(Boolean).join('; ');
    const made = dom.button('', () => app.open(statement.s), {
      className: classes.filter(Boolean).join(' '),
      title: `${name}: ${when}`,
      id: `event-${statement.id}`,
    });
    made.setAttribute('aria-label', `${name}, ${when}, ${statement.status}`);
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

  function cursors({ state }, { from, to }) {
    const days = [state.on, state.compare ? state.on2 : ''];
    return days.flatMap((day, i) => {
      const share = day && (model.fromDay(day) - from) / (to - from);
      if (!day || share < 0 || share > 1) return [];
      const made = dom.element('b', '', { className: i ? 'cursor second' : 'cursor', title: day });
      made.style.left = percent(share);
      return [made];
    });
  }

  hudna.timeline = { bars, marks, show, span, whole };
})();
