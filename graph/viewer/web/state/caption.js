// What one of the two drawings shows, in words: as its caption, and in the titles of saved pictures.
import * as model from '../core/index.js';
import { apart, say } from '../words/index.js';

// The whole of it: whose world, which day, which lines, and how much of what there is is left out.
/** @type {(data: Case, state: State, side?: 1 | 2, left?: () => number) => string} */
export function caption(data, state, side = 1, left = () => leftOut(data, state, side)) {
  const [world, on] = side === 1 ? [state.world, state.on] : [state.world2, state.on2];
  const day = on && say('caption.on', { day: model.dayInWords(on), held: say(`caption.held.${state.held}`) });
  return [worldInWords(data, world), duringInWords(state), day, linesInWords(data, state, left)].filter(Boolean).join(say('words.semicolon'));
}

// A span of which only what may have held in it is shown.
/** @type {(state: State) => string} */
export function duringInWords({ during }) {
  const span = model.daysOf(during);
  return span ? say('caption.during', { from: model.dayInWords(span[0]), to: model.dayInWords(span[1]) }) : '';
}

// The same as in_words of graph/read/rules.py, of what the page can draw.
/** @type {(data: Case, world: string) => string} */
export function worldInWords(data, world) {
  const { mode, voice } = model.parseWorld(world);
  const name = voice && model.nodeName(data, voice);
  if (mode === 'agreed') return say('caption.agreed');
  if (mode === 'alleged') return name ? say('caption.alleged-by', { name }) : say('caption.alleged');
  if (mode === 'all') return say('caption.all');
  const { own, plus, less } = model.shares(data, voice);
  if (mode === 'only') return say('caption.only', { name, lines: say('n.line', { n: own }) });
  return say('caption.voice', { name, lines: say('n.line', { n: plus }), less }) + (own > plus ? say('caption.voice.own', { n: own - plus }) : '');
}

/** @type {(data: Case, state: State, left: () => number) => string} */
function linesInWords(data, state, left) {
  const { projection, near, depth } = state;
  const around = near && say('caption.near', { steps: say('n.step', { n: depth }), name: model.nodeName(data, near) });
  const words = [projection !== 'both' && say(`caption.lines.${projection}`), around].filter(Boolean).join(' ');
  const out = words && left();
  return words && say('caption.lines', { what: words }) + (out ? say('caption.left', { n: out }) : '');
}

// How many lines of the world, the day and the filters are no lines that are asked for, or not near by.
/** @type {(data: Case, state: State, side?: 1 | 2) => number} */
export function leftOut(data, state, side = 1) {
  const of = /** @type {(view: Seen) => number} */ (view => model.lines(data, view).size);
  return of({ ...seen(state, side), projection: 'both', near: '' }) - of(seen(state, side));
}

// A world and a day in few words.
/** @type {(data: Case, state: State, side: 1 | 2) => string} */
export function shortly(data, state, side) {
  const { world, on } = seen(state, side);
  const { voice } = model.parseWorld(world);
  return [voice ? apart(model.nodeName(data, voice)) : worldInWords(data, world), on && model.dayInWords(on)].filter(Boolean).join(say('words.comma'));
}

// The lines that are needed for what is asked about: all, where those chosen do not hold the ends of a way
// or a way between them, the middle of a neighbourhood, the answers to a question or the
// statements with a predicate, or what a mechanism is seen in; or hold nothing of what a voice asserts, or of
// what differs.
/** @type {(data: Case, state: State) => string} */
export function needed(data, state) {
  const { from, to, near, question, projection } = state;
  if (projection === 'both') return projection;
  const view = { ...seen(state, 1), near: '' };
  const lines = model.lines(data, view);
  const ends = model.ends(data, lines.keys());
  const told = question ? model.answers(data, question) : model.saying(data, state.sel);
  const answers = [...told.map(({ id }) => id), ...(data.nodes.get(state.sel)?.seen ?? [])];
  const all = model.lines(data, { ...view, projection: 'both' });
  const there = [from, to, near].every(id => !id || ends.has(id))
    && answers.every(id => lines.has(id) || !all.has(id))
    && !(from && to && !model.ways(data, lines, from, to, state.sign, 1).length);
  return there && !empty(data, state) ? projection : 'both';
}

// Whether nothing is shown of what a voice asserts, or of what differs, and with all lines something would be.
/** @type {(data: Case, state: State) => boolean} */
function empty(data, state) {
  const views = [seen(state, 1), ...(state.compare ? [seen(state, 2)] : [])].map(view => ({ ...view, near: '' }));
  /** @type {(view: Seen) => number} */
  const told = view => {
    const { mode, voice } = model.parseWorld(view.world);
    const only = voice && mode === 'voice' ? `only:${voice}` : view.world;
    return voice ? model.lines(data, { ...view, world: only }).size : 1;
  };
  /** @type {(projection: string) => number} */
  const differing = projection => {
    const [one, other] = views.map(view => model.lines(data, { ...view, projection }));
    if (!other) return 1;
    const { onlyLeft, onlyRight } = model.differences(one, other);
    return onlyLeft.length + onlyRight.length;
  };
  return views.some(view => !told(view) && told({ ...view, projection: 'both' }))
    || (!differing(state.projection) && differing('both') > 0);
}

// What one of the two drawings shows.
/** @type {(state: State, side: 1 | 2) => Seen} */
export function seen(state, side) {
  const { held, hidden, projection, near, depth, during } = state;
  const [world, on] = side === 1 ? [state.world, state.on] : [state.world2, state.on2];
  return { world, on, held, hidden, projection, near, depth, during };
}
