// Why a statement has its status.
import * as model from '../../core/index.js';
import { names } from './common.js';

// The rule that gave the status, told with the voices at hand; or the verdict with its reason.
export function why(data, statement) {
  if (statement.reason) {
    const judge = model.nodeName(data, statement.judge);
    return `a verdict. ${judge}: ${statement.reason} By the rules alone it would be ${statement.rule}.`;
  }
  const by = test => names(data, statement.claims.filter(test).map(claim => claim.by));
  const authors = model.authors(data);
  const { rules } = data;
  const asserting = claim => rules.asserting.has(claim.st);
  if (statement.status === 'contested') return contradiction(data, statement);
  if (statement.status === 'accepted') {
    return `by rule. Asserted by ${by(claim => asserting(claim) && authors.has(claim.by))}, as author of a source; no claim disputes it.`;
  }
  if (statement.status === 'judgement') {
    return `by rule. ${by(claim => asserting(claim) && authors.has(claim.by))}, as author of a source, says it, but not as a fact; no claim disputes it.`;
  }
  if (statement.if && statement.status === 'open') {
    return 'by rule. What is said holds on a condition that is not accepted.';
  }
  if (!statement.claims.length) return 'by rule. Nobody says so by itself; it is a condition, or one of several alternatives.';
  if (statement.status === 'alleged') {
    return `by rule. Asserted by ${by(asserting)}; no author of a source does so in their own voice.`;
  }
  if (statement.status === 'rejected') {
    return `by rule. Denied by ${by(claim => rules.denying.has(claim.st))}, and affirmed by nobody.`;
  }
  const stances = [...new Set(statement.claims.map(claim => model.word(data, claim.st)))];
  return `by rule. It is neither asserted nor denied by an author; the stances are: ${stances.join(', ')}.`;
}

function contradiction(data, statement) {
  const { affirming, denying } = data.rules;
  const disputing = statement.claims.filter(claim => claim.dis?.length);
  const others = disputing.flatMap(claim => claim.dis).map(id => data.claims.get(id)).filter(Boolean);
  const rivals = others.filter(other => other.statement !== statement).map(other => other.claim.by);
  const by = test => names(data, disputing.filter(test).map(claim => claim.by));
  const parts = [
    ['affirmed by', by(claim => affirming.has(claim.st))],
    ['denied by', by(claim => denying.has(claim.st))],
    ['against rival answers of', names(data, rivals)],
  ];
  const told = parts.filter(([, who]) => who).map(([word, who]) => `${word} ${who}`).join('; ');
  return `by rule, since voices contradict each other: ${told}.`;
}
