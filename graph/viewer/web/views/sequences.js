// What followed what: each sequence with the triggers, what came after each and how surely, and what that cannot tell.
import * as model from '../core/index.js';
import * as dom from '../ui/dom.js';
import { button, element } from '../ui/dom.js';
import { say } from '../words/index.js';
import { chosenFirst, foldable, heading, opener, openers, thing, flip } from './parts/common.js';

const ALL = 'sequences of all statuses'; // eslint-disable-line no-restricted-syntax -- a name in the state, no words: What is open in the state while disputed statements count, too.
const FEW = 6; // So many outcomes of one trigger are listed before the rest is folded.

export function sequences(app) {
  const { sequences: found = [] } = app.data;
  return [
    heading(say('sequences.title'), 'h2'),
    element('p', say(found.length ? 'sequences.lead' : 'sequences.none')),
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
    element('p', '', {}, `${say(all ? 'sequences.all' : 'sequences.accepted')} `, button(say(all ? 'sequences.use-accepted' : 'sequences.use-all'), () => flip(app, ALL), { id: 'sequence-status' })),
    all && element('p', result.told),
    ...result.followed.map(trigger => followed(app, trigger, one.words)),
    result.left && element('p', say('sequences.left', { n: result.left })),
    ...Object.entries(result.lists).map(([title, ids]) => foldable(app, `${one.name} ${title}`, {
      summary: element('summary', `${title} (${ids.length})`),
      fill: () => [openers(app, statements(app, ids))],
      properties: { className: 'ties' },
    })),
    pattern && element('p', '', {}, say('sequences.pattern'), thing(app, pattern.id), ` ${pattern.pattern ?? ''}`),
    foldable(app, `${one.name} rule`, {
      summary: element('summary', say('sequences.rule')),
      fill: () => [element('p', one.text, { className: 'note' })],
    }),
    foldable(app, `${one.name} cautions`, {
      usual: true,
      summary: element('summary', say('sequences.cautions')),
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
      summary: element('summary', say('sequences.more', { n: rest.length })),
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
  if (told.length) box.append(element('small', say('sequences.told')), ...told);
  return box;
}
