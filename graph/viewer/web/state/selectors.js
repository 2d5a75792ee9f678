// What follows from what is looked at; each is computed anew only if something it reads is another.
import * as model from '../core/index.js';
import { caption, seen } from './caption.js';
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
  // What is marked while all else is dimmed: answers to a question, or ways; or nothing.
  const marked = memo(
    /** @param {State} s */ s => [s.panel === 'questions' && s.question, ways(s)],
    s => {
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

  const captions = /** @type {(1 | 2)[]} */ ([1, 2]).map(side => memo(
    /** @param {State} s */ s => inputs(s, side), s => caption(data, s, side),
  ));

  return { captions, lines, outlines, others, statements, otherStatements, difference, ways, ends, marked, only };
}
