// What one of the two drawings shows, in words: as its caption, and in the titles of saved pictures.
import * as model from '../core/index.js';

/** @type {Record<string, string>} */
const LINES = {
  actors: 'ties between actors',
  ties: 'ties between actors and places',
  participation: 'roles in events and agreements',
};
/** @type {Record<string, string>} */
const HELD = {
  certain: 'what held for certain',
  attested: 'what held for certain or had begun and is not known to have ended',
  possible: 'what held or may have held',
  all: 'what held, may have held or cannot be placed',
};

// The whole of it: whose world, which day, which lines, and how much of what there is is left out.
/** @type {(data: Case, state: State, side?: 1 | 2) => string} */
export function caption(data, state, side = 1) {
  const [world, on] = side === 1 ? [state.world, state.on] : [state.world2, state.on2];
  const day = on && `on ${model.dayInWords(on)}, ${HELD[state.held]}`;
  return [worldInWords(data, world), day, linesInWords(data, state, side)].filter(Boolean).join('; ');
}

// The same as in_words of graph/read/rules.py, of what the page can draw.
/** @type {(data: Case, world: string) => string} */
export function worldInWords(data, world) {
  const { mode, voice } = model.parseWorld(world);
  const name = voice && model.nodeName(data, voice);
  if (mode === 'agreed') return 'What all agree on';
  if (mode === 'alleged') return name ? `Only alleged, by ${name}` : 'What only one side alleges';
  if (mode === 'all') return 'Everything, with its status';
  const { own, plus, less } = model.shares(data, voice);
  if (mode === 'only') return `Only what ${name} asserts: ${model.counted(own, 'line')}`;
  const shared = own > plus ? `; of what is accepted it asserts ${own - plus} itself` : '';
  return `Accepted, plus ${model.counted(plus, 'line')} that ${name} asserts, less ${less} that it denies${shared}`;
}

/** @type {(data: Case, state: State, side: 1 | 2) => string} */
function linesInWords(data, state, side) {
  const { projection, near, depth } = state;
  const around = near && `within ${model.counted(depth, 'step')} of ${model.nodeName(data, near)}`;
  const words = [LINES[projection], around].filter(Boolean).join(' ');
  return words && `only ${words}${left(data, state, side)}`;
}

/** @type {(data: Case, state: State, side: 1 | 2) => string} */
function left(data, state, side) {
  const of = /** @type {(view: Seen) => number} */ (view => model.lines(data, view).size);
  const out = of({ ...seen(state, side), projection: 'both', near: '' }) - of(seen(state, side));
  return out ? `, ${model.counted(out, 'other line')} left out` : '';
}

// What one of the two drawings shows.
/** @type {(state: State, side: 1 | 2) => Seen} */
export function seen(state, side) {
  const { held, hidden, projection, near, depth } = state;
  const [world, on] = side === 1 ? [state.world, state.on] : [state.world2, state.on2];
  return { world, on, held, hidden, projection, near, depth };
}
