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
  const DAYS_OF_A_MONTH = 365.2425 / 12;
  const TICK_ROOM = 48; // Pixels that the name of a year takes, with a gap.
  const NARROW = 320; // Pixels of a strip that is not laid out yet.
  let watcher;

  // The span that is shown: what the state says, or all that is dated.
  function span(data, state) {
    const days = model.moments(data).map(model.fromDay);
    const [first, last] = [days[0] ?? 0, days.at(-1) ?? 1];
    const from = state.spanFrom ? model.fromDay(state.spanFrom) : first - 20;
    const to = state.spanTo ? model.fromDay(state.spanTo) : last + 20;
    return from < to ? { from, to } : { from: to, to: from + 1 };
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
        core: sure && [share(model.fromDay(statement.lb)), share(model.fromDay(statement.ee))],
      }];
    });
  }

  // Puts bars into as few rows as they need with their names.
  function rows(found) {
    const ends = [];
    for (const bar of found) {
      const leftward = bar.begin > 1 - LABEL_SHARE;
      const begin = leftward ? bar.begin - LABEL_SHARE : bar.begin;
      const end = Math.max(bar.end, bar.begin) + (leftward ? 0 : LABEL_SHARE);
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
    field.append(...ticks(time, strip.clientWidth || NARROW), ...found.map(bar => drawn(app, bar)), ...cursors(app, time));
    const scrolled = strip.scrollTop;
    strip.replaceChildren(field);
    strip.scrollTop = scrolled;
    dom.find('#span-count').textContent = `${found.length} events and agreements in this span`;
    redrawnWhenWide(app, strip);
  }

  // Draws the strip anew when its width has changed.
  function redrawnWhenWide(app, strip) {
    watcher?.disconnect();
    const width = strip.clientWidth;
    watcher = new ResizeObserver(() => strip.clientWidth !== width && show(app));
    watcher.observe(strip);
  }

  // The first days of months and years, so many apart that no name of one runs into the next.
  function marks({ from, to }, width) {
    const least = (TICK_ROOM / width) * ((to - from) / DAYS_OF_A_MONTH);
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
    const classes = ['event', statement.status, bar.openBegin && 'open-begin', bar.openEnd && 'open-end'];
    if (held === 'out' || held === 'beyond') classes.push('past');
    if (app.state.sel === statement.s || app.state.sel === statement.id) classes.push('chosen');
    if (bar.leftward) classes.push('leftward');
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

  hudna.timeline = { bars, marks, show, span };
})();
