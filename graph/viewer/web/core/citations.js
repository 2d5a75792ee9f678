// Statements as texts that can be cited: each as a sentence, with who says so in which source.
import { apart, say } from '../words/index.js';
import { nodeName, word } from './case.js';
import { sentence } from './sentences.js';
import { when } from './time.js';

/** @type {(data: Case, claim: Claim) => string} */
export function sureness(data, claim) {
  const sure = claim.c === 'unspecified' ? say('cite.unsure') : word(data, claim.c);
  const mode = claim.as && say('cite.as', { mode: word(data, claim.as) });
  const who = claim.who && word(data, claim.who);
  return [sure, mode, who, claim.made && say('cite.made')].filter(Boolean).join(say('words.comma'));
}

/** @type {(claim: Claim) => string} */
export function sentencesOf(claim) {
  return say('cite.sentences', { n: claim.at.length, which: claim.at.join(', ') });
}

// The same as graph/read/citations.py writes.
/** @type {(data: Case, statement: Statement) => string} */
export function citation(data, statement) {
  const claims = statement.claims.map(claim => {
    const source = data.sources.get(claim.src);
    const where = [apart(`“${source?.title}”`), source?.publisher, source?.date].filter(Boolean).join(say('words.comma'));
    const words = say('cite.claim', { who: nodeName(data, claim.by), stance: word(data, claim.st), sure: sureness(data, claim) });
    return `${say('cite.source', { words, where, sentences: sentencesOf(claim) })} ${source?.url ?? ''}`.trim();
  });
  return [
    `${sentence(data, statement)} [${word(data, statement.status)}]${statement.when ? say('words.comma') + when(data, statement) : ''}.`,
    ...claims,
    say('cite.hudna', { case: statement.case ?? data.case, id: statement.id }),
  ].join('\n');
}

// Several, an empty line between each two.
/** @type {(data: Case, statements: Statement[]) => string} */
export function citations(data, statements) {
  return statements.map(one => citation(data, one)).join('\n\n');
}
