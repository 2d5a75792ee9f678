// What there is to compare: pairs of worlds and of days that differ in something.
import { say } from '../words/index.js';
import { successions, turns } from './agreements.js';
import { nodeName } from './case.js';
import { dayInWords, fromDay, toDay } from './time.js';
import { rivals } from './worlds.js';

/** @typedef {{ group: string; label: string; change: Partial<State> }} Suggestion */

/** @type {(data: Case) => Suggestion[]} */
export function suggestions(data) {
  /** @type {(id: Id) => string} */
  const name = id => nodeName(data, id);
  const voices = rivals(data).map(([a, b]) => ({
    group: say('compare.voices'),
    label: say('compare.two', { one: name(a), other: name(b) }),
    change: compared({ world: `voice:${a}`, world2: `voice:${b}` }),
  }));
  /** @type {(fact: Statement) => Day} */
  const after = fact => toDay(fromDay(fact.le ?? '') + 1);
  /** @type {(fact: Statement) => Day} */
  const before = fact => toDay(fromDay(fact.eb ?? '') - 1);
  const days = successions(data).map(([earlier, later]) => ({
    group: say('compare.days'),
    label: say('compare.day', { earlier: name(earlier.s), later: name(later.s) }),
    change: compared({ on: earlier.le ?? '', on2: after(later) }),
  }));
  const agreed = turns(data).map(fact => ({
    group: say('compare.around'),
    label: say('compare.around-one', { name: name(fact.s) }),
    change: compared({ on: before(fact), on2: after(fact) }),
  }));
  const chosen = data.days.map(([on, on2]) => ({
    group: say('compare.chosen'),
    label: say('compare.two', { one: dayInWords(on), other: dayInWords(on2) }),
    change: compared({ on, on2 }),
  }));
  const sides = { group: say('compare.sure'), label: say('compare.two', { one: say('caption.agreed'), other: say('compare.alleged') }), change: compared({ world: 'agreed', world2: 'alleged' }) };
  return [...chosen, ...days, ...voices, sides, ...agreed];
}

/** @type {(change: Partial<State>) => Partial<State>} */
function compared(change) {
  const usual = { world: 'all', world2: 'all', on: '', on2: '', near: '', from: '', to: '', question: '', sel: '' };
  return { ...usual, ...change, compare: true, panel: 'differences' };
}
