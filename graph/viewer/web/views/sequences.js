// What followed what: each sequence with the triggers, what came after each and how surely, and what that cannot tell.
import * as model from '../core/index.js';
import * as dom from '../ui/dom.js';
import { button, element } from '../ui/dom.js';
import { chosenFirst, foldable, heading, opener, openers, thing, flip } from './parts/common.js';

const ALL = 'sequences of all statuses'; // What is open in the state while disputed statements count, too.
const FEW = 6; // So many outcomes of one trigger are listed before the rest is folded.
const WORDS = {
  title: 'What followed what',
  lead: 'What the sources tell of after each thing of a kind. That it came after does not mean that it came of it.',
  none: 'No sequence has a trigger in this case.',
  accepted: 'Only what is accepted counts.',
  all: 'What is contested, alleged or open counts, too.',
  useAll: 'Also what is contested, alleged or open',
  useAccepted: 'Only what is accepted',
  told: 'A source tells the order:',
  pattern: 'As the sources tell it: ',
  rule: 'What counts here',
  cautions: 'What cannot be concluded',
  more: 'more that came after',
  left: 'more pairs are not listed here',
};

export function sequences(app) {
  const { sequences: found = [] } = app.data;
  return [
    heading(WORDS.title, 'h2'),
    element('p', found.length ? WORDS.lead : WORDS.none),
    dom.list('questions', chosenFirst(found, one => one.name === app.state.followed).map(one => item(app, one))),
  ];
}

function item(app, one) {
  const open = app.state.followed === one.name;
  const made = element('div', '', { className: open ? 'question chosen' : 'question' });
  const head = button(one.title, () => app.set({ followed: open ? '' : one.name }), { className: 'opener', id: `sequence-${one.name}` });
  head.setAttribute('aria-expanded', String(open));
  made.append(head, element('small', ` ${one.counted.told}`));
  if (open) made.append(...inside(app, one));
  return made;
}

function inside(app, one) {
  const all = app.state.toggled.has(ALL);
  const result = all ? one.shown : one.counted;
  const pattern = app.data.nodes.get(one.pattern);
  return [
    element('p', '', {}, `${all ? WORDS.all : WORDS.accepted} `, button(all ? WORDS.useAccepted : WORDS.useAll, () => flip(app, ALL), { id: 'sequence-status' })),
    all && element('p', result.told),
    ...result.followed.map(trigger => followed(app, trigger, one.words)),
    result.left && element('p', `${result.left} ${WORDS.left}`),
    ...Object.entries(result.lists).map(([title, ids]) => foldable(app, `${one.name} ${title}`, {
      summary: element('summary', `${title} (${ids.length})`),
      fill: () => [openers(app, statements(app, ids))],
      properties: { className: 'ties' },
    })),
    pattern && element('p', '', {}, WORDS.pattern, thing(app, pattern.id), ` ${pattern.pattern ?? ''}`),
    foldable(app, `${one.name} rule`, {
      summary: element('summary', WORDS.rule),
      fill: () => [element('p', one.text, { className: 'note' })],
    }),
    foldable(app, `${one.name} cautions`, {
      usual: true,
      summary: element('summary', WORDS.cautions),
      fill: () => [dom.list('cautions', one.cautions.map(text => element('span', text)))],
    }),
  ].filter(Boolean);
}

const statements = ({ data }, ids) => ids.map(id => data.statements.get(id)).filter(Boolean);

// A trigger with what came after it, the surest and the next first.
function followed(app, { s, then }, words) {
  const box = element('div', '', { className: 'answer followed' });
  box.dataset.trigger = s;
  const [trigger] = statements(app, [s]);
  const rows = model.afterwards(app.data, then).map(one => outcome(app, one, words[one.w]));
  const rest = rows.slice(FEW);
  box.append(element('strong', '', {}, opener(app, trigger)), dom.list('then', rows.slice(0, FEW)));
  if (rest.length) {
    box.append(foldable(app, `after ${s}`, {
      summary: element('summary', `${rest.length} ${WORDS.more}`),
      fill: () => [dom.list('then', rest)],
    }));
  }
  return box;
}

function outcome(app, { s, k, by = [] }, words) {
  const box = element('div', '', { className: `then-${k}` });
  box.dataset.outcome = s;
  const [statement] = statements(app, [s]);
  box.append(opener(app, statement), element('small', words));
  const told = statements(app, by).map(one => opener(app, one));
  if (told.length) box.append(element('small', WORDS.told), ...told);
  return box;
}
