// Questions that the sources leave open, with their rival answers.
import * as model from '../core/index.js';
import * as dom from '../ui/dom.js';
import { button, element } from '../ui/dom.js';
import { say } from '../words/index.js';
import { citeAll } from './parts/citing.js';
import { chosenFirst, heading, opener, stances, statusMark } from './parts/common.js';

export function questions(app) {
  const { data, state } = app;
  const rank = data.rules.unsettled;
  const found = [...data.questions.values()]
    .map(question => ({ question, status: model.questionStatus(data, question.id) }))
    .sort((a, b) => rank.indexOf(a.status) - rank.indexOf(b.status) || model.order(a.question.name, b.question.name));
  const items = chosenFirst(found, ({ question }) => question.id === state.question).map(({ question, status }) => {
    const open = state.question === question.id;
    const item = element('div', '', { className: open ? 'question chosen' : 'question' });
    const head = button(`${question.name} `, () => app.set({ question: open ? '' : question.id }), {
      className: 'opener',
      id: `question-${question.id}`,
    });
    head.setAttribute('aria-expanded', String(open));
    head.append(statusMark(data, status));
    item.append(head);
    if (open) item.append(...answersOf(app, question));
    return item;
  });
  return [
    heading(say('questions.title', { n: found.length }), 'h2'),
    element('p', say('questions.lead')),
    dom.list('questions', items),
  ];
}

function answersOf(app, question) {
  const { data } = app;
  const found = model.answers(data, question.id);
  return [
    element('p', say(question.exclusive ? 'says.only' : 'says.several')),
    question.note && element('p', question.note, { className: 'note' }),
    found.length > 0 && element('p', '', { className: 'actions' }, citeAll(app, () => found, 'answers-cite-all')),
    dom.list('answers', found.map(statement => {
      const box = element('div', '', { className: 'answer' }, opener(app, statement, { from: 'panel' }));
      box.append(dom.list('stances', stances(data, statement)));
      return box;
    })),
  ].filter(Boolean);
}
