// Who says what to the open questions: a row for each question, a column for each voice, and in a
// cell what that voice says to it.
import { campOf } from './camps.js';
import { nodeName, somebody } from './case.js';
import { once } from './kept.js';
import { order } from './order.js';
import { answers } from './questions.js';
import { object, phrase, sentence } from './sentences.js';
import { SHOWN, daysOf, held, within } from './time.js';
import { inWorld, parseWorld } from './worlds.js';

export const REPORTEDLY = ''; // The column of what nobody named says; it comes last.

/** @type {(data: Case, statement: Statement, view: Seen) => boolean} */
function isTold(data, statement, { world, on, during, held: asked }) {
  if (!inWorld(data, statement, parseWorld(world))) return false;
  if (!within(statement, daysOf(during))) return false;
  return !on || SHOWN[asked].includes(held(statement, on));
}

// What is said to a question, by voice: its answers, each with the stances that it takes to it.
/** @type {(data: Case, question: Question, views: Seen[]) => Asked} */
function asked(data, question, views) {
  const found = answers(data, question.id).filter(one => views.some(view => isTold(data, one, view)));
  const ids = new Set(found.map(({ id }) => id));
  /** @type {(claim: Claim) => boolean} */
  const isDisputed = claim => (claim.dis ?? []).some(id => ids.has(data.claims.get(id)?.statement.id ?? ''));
  /** @type {Map<Id, Saying[]>} */
  const cells = new Map();
  for (const statement of found) {
    for (const claim of statement.claims) {
      if (views.every(({ hidden }) => hidden.source.has(claim.src))) continue;
      const voice = somebody(data, claim.by) ? claim.by : REPORTEDLY;
      const cell = cells.get(voice) ?? [];
      const disputed = isDisputed(claim);
      const same = cell.find(one => one.statement === statement);
      if (same) Object.assign(same, { stances: [...new Set([...same.stances, claim.st])], disputed: same.disputed || disputed });
      else cell.push({ statement, stances: [claim.st], disputed });
      cells.set(voice, cell);
    }
  }
  return { question, cells, disputed: [...cells.values()].flat().filter(one => one.disputed).length };
}

// Rows and columns of what is told in one of some views: by world, day and sources. The status of an answer
// does not count, for what is denied is said as well.
//   several: whether only questions count to which two voices or more speak
// First questions with several voices, of them those with contradictions, then those with most voices;
// voices stand by camp, the largest first, and within it those that say most, of equal ones those that contradict others.
/** @type {(data: Case, views: Seen[], several: boolean) => Matrix} */
export function matrix(data, views, several) {
  const all = [...data.questions.values()].map(question => asked(data, question, views));
  /** @type {(row: Asked) => boolean} */
  const shared = row => row.cells.size > 1;
  const rows = (several ? all.filter(shared) : all).sort((a, b) => (
    Number(shared(b)) - Number(shared(a)) || Number(b.disputed > 0) - Number(a.disputed > 0) ||
    b.cells.size - a.cells.size || order(a.question.name, b.question.name)
  ));
  /** @type {Map<Id, number>} */
  const said = new Map();
  /** @type {Set<Id>} */
  const disputing = new Set();
  for (const [voice, cell] of rows.flatMap(({ cells }) => [...cells])) {
    said.set(voice, (said.get(voice) ?? 0) + cell.length);
    if (cell.some(({ disputed }) => disputed)) disputing.add(voice);
  }
  const camps = campOf(data, { world: 'all', hidden: views[0].hidden });
  const ranks = [...new Set(camps.values())];
  /** @type {(voice: Id) => number} */
  const rank = voice => (camps.has(voice) ? ranks.indexOf(camps.get(voice) ?? '') : ranks.length);
  const voices = [...said.keys()].sort((a, b) => (
    Number(a === REPORTEDLY) - Number(b === REPORTEDLY) || rank(a) - rank(b) || (said.get(b) ?? 0) - (said.get(a) ?? 0) ||
    Number(disputing.has(b)) - Number(disputing.has(a)) || order(nodeName(data, a), nodeName(data, b))
  ));
  return { rows, voices, said, camps, left: all.length - rows.length };
}

// An answer in as few words as tell it from the others to its question: what they differ in, or a sentence.
/** @type {(data: Case, question: Id, statement: Statement) => string} */
export function shortAnswer(data, question, statement) {
  const shorten = once(data, `short ${question}`, () => {
    const all = answers(data, question);
    /** @type {(of: (one: Statement) => unknown) => boolean} */
    const same = of => all.length > 1 && new Set(all.map(of)).size === 1;
    const [subject, verb] = [same(({ s }) => s), same(({ p }) => p)];
    if (subject && verb) return object;
    if (verb && statement.o && same(({ o }) => o)) return /** @type {typeof object} */ ((_, { s }) => nodeName(data, s));
    if (subject) return /** @type {typeof object} */ ((_, one) => phrase(data, one, one.s));
    return /** @type {typeof object} */ ((_, one) => sentence(data, one));
  });
  return shorten(data, statement);
}
