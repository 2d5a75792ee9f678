// A clause with who says that it was agreed, what it leaves the choice of, and what became of it.
import * as model from '../../core/index.js';
import * as dom from '../../ui/dom.js';
import { button, element } from '../../ui/dom.js';
import { say } from '../../words/index.js';
import { stances, statusMark, thing, topics } from './common.js';

// A statement in few words, since its subject stands above.
export function stated(app, statement, words) {
  const made = button(`${words} `, () => app.open(statement.id), { className: 'opener' });
  made.dataset.statement = statement.id;
  made.append(statusMark(app.data, statement.status));
  if (statement.when) made.append(element('small', ` ${model.when(app.data, statement)}`));
  return made;
}

const sayers = (data, statement) => stances(data, statement).map(span => span.textContent).join(say('words.semicolon'));

// What a statement says of its subject, and who says so; that somebody only wishes it goes first.
export function told(data, statement) {
  const parts = [model.object(data, statement), sayers(data, statement)];
  return (statement.status === 'accepted' ? parts : parts.reverse()).filter(Boolean).join(' – ');
}

export function clauseCard(app, clause) {
  const { data } = app;
  const card = element('article', '', { className: 'clause' });
  const contained = (data.about.get(clause.id) ?? []).filter(s => s.p === 'containsClause' && s.o === clause.id);
  card.dataset.clause = clause.id;
  card.append(element('p', '', {}, thing(app, clause.id)));
  if (clause.text) card.append(element('p', clause.text));
  const obligors = model.statedOf(data, clause.id, 'obligor').map(s => model.object(data, s));
  card.append(dom.definitions([
    [say('field.topic'), topics(data, clause)],
    [say('clause.owed'), obligors.join(say('words.semicolon'))],
    [say('field.replaces'), clause.replaces && model.nodeName(data, clause.replaces)],
  ]));
  for (const { options } of model.choices(data, clause.id)) {
    card.append(element('p', say('clause.options'), { className: 'label' }));
    card.append(dom.list('openers', options.map(one => stated(app, one, [model.sentence(data, one), one.scope].filter(Boolean).join(say('words.comma'))))));
  }
  const carried = model.statedOf(data, clause.id, 'fulfilment');
  card.append(element('p', say(carried.length ? 'clause.kept' : 'clause.untold'), { className: 'label' }));
  if (carried.length) card.append(dom.list('openers', carried.map(s => stated(app, s, told(data, s)))));
  if (contained.length) {
    card.append(element('p', say('clause.contained'), { className: 'label' }));
    card.append(dom.list('openers', contained.map(s => stated(app, s, sayers(data, s)))));
  }
  card.append(element('p', '', { className: 'actions' }, spokenOf(app, clause)));
  return card;
}

// Leads to all that is said on a clause and its like.
export function spokenOf(app, clause) {
  return button(say('clause.said'), () => app.open(model.spoken(clause.id)), { className: 'plain spoken' });
}
