// What followed what, as the rules of `hudna sequences` found it.
import { inTime } from './time.js';

const SUREST = ['certain', 'told', 'possible', 'overtaken'];

// What came after a trigger, the surest first and of those the earliest.
/** @type {(data: Case, then: Followed[]) => Followed[]} */
export function afterwards(data, then) {
  return [...then].sort((a, b) => SUREST.indexOf(a.k) - SUREST.indexOf(b.k)
    || inTime(data.statements.get(a.s), data.statements.get(b.s)));
}
