// What follows from what is looked at; each is computed anew only if something it reads is another.
import * as model from '../core/index.js';
import { caption, leftOut, seen } from './caption.js';
import { memo } from './memo.js';

/** @type {(state: State, side: 1 | 2) => unknown[]} */
const inputs = (state, side) => Object.values(seen(state, side));

// The selectors of a case, each a function of the state.
/** @param {Case} data */
export function selectors(data) {
  /** @type {<T>(state: State, of: (data: Case, view: Seen) => T) => T | null} */
  const second = (state, of) => (state.compare ? of(data, seen(state, 2)) : null);

  const lines = memo(/** @param {State} s */ s => inputs(s, 1), s => model.lines(data, seen(s, 1)));
  const others = memo(
    /** @param {State} s */ s => (s.compare ? inputs(s, 2) : [null]),
    s => second(s, model.lines),
  );
  const statements = memo(/** @param {State} s */ s => inputs(s, 1), s => model.statements(data, seen(s, 1)));
  const otherStatements = memo(
    /** @param {State} s */ s => (s.compare ? inputs(s, 2) : [null]),
    s => second(s, model.statements),
  );
  const says = memo(
    /** @param {State} s */ s => [s.asked, s.compare, ...inputs(s, 1), ...(s.compare ? inputs(s, 2) : [])],
    s => model.matrix(data, [seen(s, 1), ...(s.compare ? [seen(s, 2)] : [])], s.asked === 'several'),
  );
  const difference = memo(/** @param {State} s */ s => [lines(s), others(s)], s => {
    const right = others(s);
    return right && model.differences(lines(s), right);
  });
  const ways = memo(
    /** @param {State} s */ s => [lines(s), s.from, s.to, s.sign],
    s => (s.from && s.to ? model.ways(data, lines(s), s.from, s.to, s.sign) : []),
  );
  const ends = memo(
    /** @param {State} s */ s => [lines(s), others(s)],
    s => model.ends(data, [...lines(s).keys(), ...(others(s)?.keys() ?? [])]),
  );
  // The lines with the predicate that is chosen, or in which the mechanism that is chosen is seen.
  const pattern = memo(/** @param {State} s */ s => [s.sel], s => {
    const held = new Set(data.nodes.get(s.sel)?.seen);
    const drawn = () => [...data.drawn.lines.keys()].filter(id => {
      const { s: one, o = one } = data.statements.get(id);
      return held.has(id) || held.has(one) || held.has(o);
    });
    const found = held.size ? drawn() : model.saying(data, s.sel).map(({ id }) => id);
    return found.length ? new Set(found) : null;
  });
  // What is marked while all else is dimmed: answers to a question, or ways; or nothing.
  const marked = memo(
    /** @param {State} s */ s => [s.panel === 'questions' && s.question, ways(s), pattern(s)],
    s => {
      if (pattern(s)) return pattern(s);
      if (s.panel === 'questions' && s.question) {
        return new Set(model.answers(data, s.question).map(({ id }) => id));
      }
      return ways(s).length ? new Set(ways(s).flatMap(way => way.steps.flat())) : null;
    },
  );
  // What stands in this of two worlds only.
  const only = memo(/** @param {State} s */ s => [difference(s), marked(s)], s => {
    const told = marked(s) ? null : difference(s);
    return told && [new Set(told.onlyLeft), new Set(told.onlyRight)];
  });

  // What stands for what, on each side: what is marked, and a neighbourhood, is not gathered.
  const outlines = [lines, others].map(found => memo(
    /** @param {State} s */ s => [found(s), s.near ? model.ALL : s.opened, marked(s)],
    s => {
      const all = found(s) ?? new Map();
      const apart = model.ends(data, [...(marked(s) ?? [])].filter(id => all.has(id)));
      return model.outline(data, all, s.near ? model.ALL : s.opened, apart);
    },
  ));

  const left = /** @type {(1 | 2)[]} */ ([1, 2]).map(side => memo(
    /** @param {State} s */ s => inputs(s, side), s => leftOut(data, s, side),
  ));
  const captions = /** @type {(1 | 2)[]} */ ([1, 2]).map(side => memo(
    /** @param {State} s */ s => inputs(s, side), s => caption(data, s, side, () => left[side - 1](s)),
  ));

  // How many lines are in each class of the day, in words.
  const classes = memo(/** @param {State} s */ s => inputs(s, 1), s => (
    model.classesInWords(model.lines(data, { ...seen(s, 1), held: 'all' }).values(), s.held)
  ));
  // The lines of each drawing that were not there a moment before its day, or are gone a moment later.
  const turns = /** @type {(1 | 2)[]} */ ([1, 2]).map(side => memo(
    /** @param {State} s */ s => [(side === 1 ? lines : others)(s)],
    s => turned(side === 1 ? lines(s) : others(s), seen(s, side)),
  ));
  /** @type {(now: Found | null, view: Seen) => Map<Id, string>} */
  function turned(now, view) {
    const moments = model.moments(data);
    const [before, after] = [moments.findLast(day => day < view.on), moments.find(day => day > view.on)];
    const found = new Map();
    if (!now || !view.on) return found;
    for (const [mark, day] of [['−', after], ['+', before]]) {
      const then = day && model.lines(data, { ...view, on: day });
      if (then) for (const id of now.keys()) if (!then.has(id)) found.set(id, mark);
    }
    return found;
  }
  // The lines that the voice of the world of each drawing asserts; all others are what is accepted.
  const own = /** @type {(1 | 2)[]} */ ([1, 2]).map(side => memo(
    /** @param {State} s */ s => [(side === 1 ? lines : others)(s)],
    s => {
      const { mode, voice } = model.parseWorld(seen(s, side).world);
      if (mode !== 'voice') return null;
      const found = (side === 1 ? lines(s) : others(s)) ?? new Map();
      return new Set([...found.keys()].filter(id => model.inWorld(data, data.statements.get(id), { mode: 'only', voice })));
    },
  ));

  return { captions, classes, left, own, turns: /** @param {State} s */ s => turns.map(of => of(s)), lines, outlines, others, statements, otherStatements, says, difference, ways, ends, marked, only };
}
