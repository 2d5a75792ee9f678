// Statements as texts that can be cited: each as a sentence, with who says so in which source.
import { nodeName, word } from './case.js';
import { plural } from './order.js';
import { sentence } from './sentences.js';
import { when } from './time.js';

const WORDS = {
  untold: 'certainty not given',
  made: 'made by the reader',
  sentence: 'sentence',
};

/** @type {(data: Case, claim: Claim) => string} */
export function sureness(data, claim) {
  const sure = claim.c === 'unspecified' ? WORDS.untold : word(data, claim.c);
  const mode = claim.as && `as ${word(data, claim.as)}`;
  const who = claim.who && word(data, claim.who);
  return [sure, mode, who, claim.made && WORDS.made].filter(Boolean).join(', ');
}

/** @type {(claim: Claim) => string} */
export function sentencesOf(claim) {
  return `${plural(claim.at.length, WORDS.sentence)} ${claim.at.join(', ')}`;
}

// The same as graph/read/citations.py writes.
/** @type {(data: Case, statement: Statement) => string} */
export function citation(data, statement) {
  const claims = statement.claims.map(claim => {
    const source = data.sources.get(claim.src);
    const where = [`“${source?.title}”`, source?.publisher, source?.date].filter(Boolean).join(', ');
    const words = `${nodeName(data, claim.by)} ${word(data, claim.st)} (${sureness(data, claim)})`;
    return `${words}: ${where}, ${sentencesOf(claim)}. ${source?.url ?? ''}`.trim();
  });
  return [
    `${sentence(data, statement)} [${statement.status}]${statement.when ? `, ${when(data, statement)}` : ''}.`,
    ...claims,
    `Hudna, case ${statement.case ?? data.case}, statement ${statement.id}.`,
  ].join('\n');
}

// Several, an empty line between each two.
/** @type {(data: Case, statements: Statement[]) => string} */
export function citations(data, statements) {
  return statements.map(one => citation(data, one)).join('\n\n');
}
