// Questions and their rival answers.
import { grouped, once } from './kept.js';

/** @type {(data: Case, question: Id) => Statement[]} */
export function answers(data, question) {
  const all = once(data, 'answers', () => grouped(data.statements.values(), ({ q }) => q ?? []));
  return all.get(question) ?? [];
}

/** @type {(data: Case) => Statement[]} */
export function contested(data) {
  return once(data, 'contested', () => [...data.statements.values()].filter(({ status }) => status === 'contested'));
}

// A question is disputed if rival answers to it are, else open or told by one side.
/** @type {(data: Case, question: Id) => string} */
export function questionStatus(data, question) {
  const found = new Set(answers(data, question).map(statement => statement.status));
  return data.rules.unsettled.find(status => found.has(status)) ?? 'open';
}
