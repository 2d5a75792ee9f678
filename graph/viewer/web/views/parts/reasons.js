// Why a statement has its status.
import * as model from '../../core/index.js';
import { say } from '../../words/index.js';
import { names } from './common.js';

// The rule that gave the status, told with the voices at hand; or the verdict with its reason.
export function why(data, statement) {
  if (statement.reason) {
    const judge = model.nodeName(data, statement.judge);
    return say('why.verdict', { judge, reason: statement.reason, rule: model.word(data, statement.rule) });
  }
  const { fig } = statement;
  if (fig?.is === statement.id && fig.judge) {
    return say('why.preferred', { judge: model.nodeName(data, fig.judge), reason: fig.why });
  }
  const by = test => names(data, statement.claims.filter(test).map(claim => claim.by));
  const authors = model.authors(data);
  const { rules } = data;
  const asserting = claim => rules.asserting.has(claim.st);
  if (statement.status === 'contested') return contradiction(data, statement);
  if (statement.status === 'accepted') {
    return say('why.accepted', { by: by(claim => asserting(claim) && authors.has(claim.by)) });
  }
  if (statement.status === 'judgement') {
    return say('why.judgement', { by: by(claim => asserting(claim) && authors.has(claim.by)) });
  }
  if (statement.if && statement.status === 'open') {
    return say('why.condition');
  }
  if (!statement.claims.length) return say('why.nobody');
  if (statement.status === 'alleged') {
    return say('why.alleged', { by: by(asserting) });
  }
  if (statement.status === 'rejected') {
    return say('why.rejected', { by: by(claim => rules.denying.has(claim.st)) });
  }
  const stances = [...new Set(statement.claims.map(claim => model.word(data, claim.st)))];
  return say('why.open', { stances: stances.join(say('words.comma')) });
}

function contradiction(data, statement) {
  const { affirming, denying } = data.rules;
  const disputing = statement.claims.filter(claim => claim.dis?.length);
  const others = disputing.flatMap(claim => claim.dis).map(id => data.claims.get(id)).filter(Boolean);
  const rivals = others.filter(other => other.statement !== statement).map(other => other.claim.by);
  const by = test => names(data, disputing.filter(test).map(claim => claim.by));
  const parts = [
    ['why.affirmed', by(claim => affirming.has(claim.st))],
    ['why.denied', by(claim => denying.has(claim.st))],
    ['why.rivals', names(data, rivals)],
  ];
  const told = parts.filter(([, who]) => who).map(([key, who]) => say(key, { by: who })).join(say('words.semicolon'));
  return say('why.contested', { told });
}
