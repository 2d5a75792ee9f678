// Who stands where: camps with their members, ties between them, and the same small for each phase.
import * as model from '../core/index.js';
import { pageFonts, ruler } from '../draw/canvas.js';
import * as painter from '../draw/camps.js';
import { CLOSED, arranged, bundled, standing } from '../scene/camps.js';
import { colourOf } from '../scene/looks.js';
import { duringInWords, seen, worldInWords } from '../state/caption.js';
import { memo } from '../state/memo.js';
import * as dom from '../ui/dom.js';
import { roving, stop } from '../ui/roving.js';
import { say } from '../words/index.js';
import { flip } from './parts/common.js';

const CHIP = '[data-chip], [data-more]';
const OPENED = 'camp:'; // Before the id of a box, among what is opened.
const SMALL = 190; // Pixels of the width of a phase.
const LOOKS = { fresh: { width: 1.9, fade: 1 }, going: { width: 0.9, fade: 0.7 }, gone: { width: 0.8, fade: 0.22 } };

const words = n => (n ? say('camps.open', { n }) : say('camps.close'));
const bundle = some => (some.length > 1 ? say('camps.bundle', { from: some[0].from.full, to: some[0].to.full, ties: say('n.tie', { n: some.length }) }) : some[0].title);

let measure;
let drawn = null;

// Places hang on the world alone, so that they are the same on each day and in each phase.
const placed = memo(
  ({ data, state }, width) => [data, state.world, state.hidden, state.label, state.toggled, width],
  ({ data, state: { world, hidden, label, toggled } }, width) => {
    const found = model.camps(data, { world, hidden });
    measure ??= ruler(pageFonts());
    const items = arranged(data, found, { width, measure, label, words: { between: say('camps.between'), outside: say('camps.outside') }, opened: id => toggled.has(OPENED + id) });
    return { found, items, of: standing(items) };
  },
);

// The ties between actors that a view holds, as lines between those that are shown.
/** @type {(data: Case, ids: Id[], of: Map<Id, CampChip>, look?: (id: Id) => { width: number; fade: number }) => any[]} */
function linesOf(data, ids, of, look = () => LOOKS.going) {
  return ids.flatMap(id => {
    const statement = data.statements.get(id);
    const [from, to] = [of.get(statement.s), of.get(statement.o)];
    if (!statement.actors || !from || !to || from === to) return [];
    const style = data.styles.statuses[statement.status];
    const { width, fade } = look(id);
    return [{
      id, from, to, colour: colourOf(data, statement, 'sign'), dashes: style.dashes, opacity: style.opacity * fade, width,
      title: say('words.status', { what: model.sentence(data, statement), status: model.word(data, statement.status) }), hostile: model.predicate(data, statement).sign < 0,
    }];
  });
}

const build = memo(
  (app, width) => [placed(app, width), ...Object.values(seen(app.state, 1)), app.state.theme],
  (app, width) => {
    const { data, state } = app;
    const { found, items, of } = placed(app, width);
    const now = model.statements(data, seen(state, 1));
    const outside = new Set(found.outside.flatMap(id => [id, of.get(id)?.id ?? id]));
    // Hostility is drawn where it crosses; all else is seen of who is pointed at.
    const usual = ({ hostile, from, to }) => hostile && from.camp !== to.camp && !outside.has(from.id) && !outside.has(to.id);
    const each = linesOf(data, [...now.keys()], of).map(line => ({ ...line, usual: usual(line) }));
    const all = [...bundled(each.filter(line => line.usual), bundle), ...bundled(each.filter(line => !line.usual), bundle)];
    const shown = all.filter(line => line.usual);
    const { root, chips, strokes } = painter.camps(items, [...shown, ...all.filter(line => !line.usual)], say('camps.label'), words);
    drawn = { items, chips, strokes };
    for (const chip of items.chips) {
      const group = chips.get(chip.id);
      group.id = `camp-${chip.id}`;
      const past = !told(found, chip, now);
      group.classList.toggle('past', past);
      group.setAttribute('aria-label', [chip.full, placeOf(data, found, chip), past && say('camps.past')].filter(Boolean).join(say('words.comma')));
    }
    dom.find('#camps').replaceChildren(root);
    stop(dom.find('#camps'), CHIP);
    const sided = found.camps.filter(one => one.sided).length;
    dom.tell(dom.find('#camps-count'), say('camps.counted', {
      where: [worldInWords(data, state.world), duringInWords(state)].filter(Boolean).join(say('words.semicolon')),
      camps: say('n.camp', { n: sided }),
      bodies: say('n.body', { n: found.camps.length - sided }),
      between: say('n.between', { n: found.between.length }),
      outside: found.outside.length,
      hostile: say('camps.hostile', { n: each.filter(line => line.usual).length }),
    }));
    return drawn;
  },
);

// Whether what puts somebody into a box is told of the span and the day that are shown; who a box is called by always is.
function told({ placing }, { id, camp }, now) {
  const own = placing.get(id) ?? [];
  return !camp || camp === id || !own.length || own.some(one => now.has(one.id));
}

// Where somebody stands, in words.
function placeOf(data, found, { id, camp: own }) {
  const camp = own && found.camps.find(one => one.id === own);
  if (camp) return say(camp.sided ? 'camps.in' : 'camps.with', { name: model.nodeName(data, camp.id) });
  if (found.between.some(one => one.id === id)) return say('camps.is-between');
  const may = found.unsure.filter(one => one.s === id && one.o);
  return may.length ? say('camps.may', { what: may.map(one => model.sentence(data, one)).join(say('words.semicolon')) }) : say('camps.none');
}

// The same for each phase, at the same places: what is new is bold, what ended is faint.
const small = memo(
  (app, width) => [placed(app, width), app.state.theme],
  (app, width) => {
    const { data, state } = app;
    const { found, items } = placed(app, width);
    const outside = new Set(found.outside);
    const core = inner(items, outside);
    const of = standing(core);
    const within = ({ from, to }) => [...model.statements(data, { ...seen(state, 1), on: '', during: `${from}/${to}` }).keys()].filter(id => {
      const { actors, always, s, o } = data.statements.get(id);
      return actors && !always && of.has(s) && of.has(o);
    });
    const phases = model.phases(data).map(phase => ({ phase, ids: within(phase) }));
    const panels = phases.map(({ phase, ids }, i) => {
      const before = phases[i - 1]?.ids ?? ids;
      const [known, now] = [new Set(before), new Set(ids)];
      const ended = before.filter(id => !now.has(id));
      const fresh = ids.filter(id => !known.has(id)).length;
      const look = id => (!now.has(id) ? LOOKS.gone : known.has(id) ? LOOKS.going : LOOKS.fresh);
      const lines = linesOf(data, [...ended, ...ids], of, look);
      return panel(app, phase, painter.small(core, bundled(lines, bundle), SMALL), [
        say('n.tie', { n: ids.length }), i && say('camps.new', { n: fresh }), i && say('camps.ended', { n: ended.length }),
      ].filter(Boolean).join(say('words.comma')));
    });
    const place = dom.find('#phases');
    place.replaceChildren(...panels);
    place.hidden = !panels.length;
    dom.find('#phases-key').hidden = !panels.length;
    stop(place, 'button');
    return panels;
  },
);

// The boxes without that of who stands outside.
function inner(items, outside) {
  const regions = items.regions.filter(({ kind }) => kind !== 'outside');
  const height = Math.max(0, ...regions.map(one => one.y + one.height));
  return { ...items, height, regions, chips: items.chips.filter(({ id }) => !outside.has(id)) };
}

function panel(app, phase, picture, counts) {
  const { data } = app;
  const during = `${phase.from}/${phase.to}`;
  const made = dom.button('', () => app.set({ during: app.state.during === during ? '' : during }), { className: 'phase', id: `phase-${phase.from}` });
  made.dataset.during = during;
  made.append(
    dom.element('b', model.phaseName(data, phase, app.state.label)), dom.element('small', say('camps.days', { from: model.dayInWords(phase.from), to: model.dayInWords(phase.to) })),
    picture, dom.element('small', counts),
  );
  return made;
}

const mark = memo(
  (app, made, panels) => [made, panels, app.state.sel, app.state.during],
  ({ state }, made, panels) => {
    for (const [id, chip] of made.chips) chip.classList.toggle('chosen', id === state.sel);
    for (const one of panels) one.setAttribute('aria-pressed', String(one.dataset.during === state.during));
    light(made.chips.has(state.sel) ? state.sel : null);
  },
);

// Lights the ties of somebody and who is at their ends, or shows the usual ones.
function light(id) {
  const near = new Set([id]);
  for (const [line, made] of drawn.strokes) {
    const own = line.from.id === id || line.to.id === id;
    made.classList.toggle('off', id ? !own : !line.usual);
    if (own) near.add(line.from.id).add(line.to.id);
  }
  for (const [other, chip] of drawn.chips) chip.classList.toggle('dim', Boolean(id) && !near.has(other));
}

const watch = memo(app => [app.data], app => {
  const place = dom.find('#camps');
  roving(place, CHIP);
  roving(dom.find('#phases'), 'button');
  const choose = event => {
    const of = event.target.closest('[data-chip], [data-of], [data-more]');
    if (of?.dataset.more) flip(app, OPENED + of.dataset.more);
    else if (of) app.open(of.dataset.chip ?? of.dataset.of);
  };
  place.addEventListener('click', choose);
  place.addEventListener('keydown', event => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    choose(event);
  });
  for (const [name, shown] of [['pointerover', true], ['focusin', true], ['pointerout', false], ['focusout', false]]) {
    place.addEventListener(name, event => {
      const chip = event.target.closest(CHIP);
      if (chip) light(shown ? chip.dataset.chip ?? CLOSED + chip.dataset.more : drawn.chips.has(app.state.sel) ? app.state.sel : null);
    });
  }
  new ResizeObserver(() => {
    if (app.state.show === 'camps') show(app);
  }).observe(place);
});

export function show(app) {
  watch(app);
  const wide = dom.find('#camps').clientWidth;
  if (!wide) return;
  mark(app, build(app, wide), small(app, wide));
}
