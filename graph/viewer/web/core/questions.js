// Questions and their rival answers.

/** @type {(data: Case, question: Id) => Statement[]} */
export function answers(data, question) {
  return [...data.statements.values()].filter(statement => statement.q?.includes(question));
}

// A question is disputed if rival answers to it are, else open or told by one side.
/** @type {(data: Case, question: Id) => string} */
export function questionStatus(data, question) {
  const found = new Set(answers(data, question).map(statement => statement.status));
  return data.rules.unsettled.find(status => found.has(status)) ?? 'open';
}
