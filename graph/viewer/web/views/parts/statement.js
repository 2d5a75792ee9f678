// A statement with its claims.
import * as model from '../../core/index.js';
import * as dom from '../../ui/dom.js';
import { button, element } from '../../ui/dom.js';
import { foldable, heading, notesOn, openers, statusMark, thing } from './common.js';
import { why } from './reasons.js';

export function statementPanel(app, statement) {
  const { data } = app;
  const kind = statement.status === 'accepted' ? 'Statement' : 'Statement, not a fact';
  const ends = { '{subject}': statement.s, '{object}': statement.o };
  const parts = model.clause(data, statement);
  const told = parts.map(part => {
    if (ends[part]) return thing(app, ends[part]);
    return part === '{object}' ? element('strong', model.object(data, statement)) : element('span', part);
  });
  return [
    heading(kind, 'h2'),
    element('p', '', { className: 'ends' }, model.denied(statement, parts) ? 'It is not so that' : '', ...told),
    verdict(app, statement),
    dom.definitions(facts(app, statement)),
    actions(app, statement),
    heading(`Claims (${statement.claims.length})`),
    ...statement.claims.map(claim => claimCard(app, claim)),
    ...rivalsOf(app, statement),
    ...notesOn(app, data.notes.filter(note => note.on.includes(statement.id))),
  ];
}

function verdict({ data }, statement) {
  const { label, meaning } = data.styles.statuses[statement.status];
  const box = element('div', '', { className: 'why' });
  const mark = statusMark(statement.status);
  mark.textContent = label;
  box.append(element('p', '', {}, mark, ` ${meaning}`));
  box.append(element('p', '', {}, element('strong', 'Why: '), why(data, statement)));
  return box;
}

function facts(app, statement) {
  const { data, state } = app;
  const HELD = {
    certain: 'held for certain',
    attested: 'had begun, and is not known to have ended by then',
    possible: 'may have held; the dates do not settle it',
    beyond: 'had begun; no source tells of it as late as that',
    later: 'only told of a later time',
    unplaced: 'no date is told',
    out: 'did not hold',
    no: 'did not hold',
  };
  const name = id => id && model.nodeName(data, id);
  const told = value => {
    const other = data.statements.get(value);
    if (other) return `${model.sentence(data, other)} (${other.status})`;
    return data.nodes.has(value) ? name(value) : model.word(data, String(value));
  };
  const more = Object.entries(statement.more ?? {});
  return [
    ['Case', statement.case],
    ['Time', [model.period(data, statement), model.besides(statement)].filter(Boolean).join('; ')],
    ['As coded (EDTF)', statement.when],
    ['In the source’s words', statement.text],
    [state.on && `On ${model.dayInWords(state.on)}`, state.on && HELD[model.held(statement, state.on)]],
    ['Place', name(statement.place)],
    ['Under', name(statement.under)],
    ['Through', name(statement.via)],
    ['Scope', statement.scope],
    ['Family', model.word(data, model.predicate(data, statement).family)],
    ...more.map(([word, value]) => [word, [value].flat().map(told).join('; ')]),
    ['Note', statement.note],
    ['Answers', (statement.q ?? []).map(name).join('; ')],
    ['Id', statement.id],
    ['In the drawing', app.isShown(statement.id) ? '' : absence(app, statement)],
  ];
}

function absence({ data }, statement) {
  return data.drawn.lines.has(statement.id) ? 'left out by world, day or filters' : 'is no tie, so it has no line';
}

function actions(app, statement) {
  const { data } = app;
  const row = element('p', '', { className: 'actions' });
  const cite = button('Copy as citation', () => dom.copy(model.citation(data, statement), row), { id: 'cite' });
  const share = button('Copy link to this view', () => dom.copy(app.address(), row), { id: 'share' });
  row.append(cite, share);
  if (app.isShown(statement.id)) row.append(button('Show in the drawing', () => app.point(statement.id), { id: 'point' }));
  const day = statement.lb ?? statement.eb ?? statement.ee;
  if (day) row.append(button(`Go to ${model.dayInWords(day)}`, () => app.set({ on: day }), { id: 'go-to-day' }));
  return row;
}

function claimCard(app, claim) {
  const { data } = app;
  const source = data.sources.get(claim.src);
  const card = element('article', '', { className: `claim ${claim.st}` });
  const stance = element('span', model.word(data, claim.st), { className: 'stance' });
  card.append(element('p', '', {}, thing(app, claim.by), ' ', stance, ` (${model.sureness(data, claim)})`));
  card.append(element('p', '', {}, dom.link(source.title, source.url), `, ${model.sentencesOf(claim)}`));
  if (claim.note) card.append(element('p', claim.note, { className: 'note' }));
  if (claim.grounds) card.append(element('p', 'Inferred from', { className: 'note' }), openers(app, claim.grounds.map(id => data.statements.get(id))));
  const disputed = (claim.dis ?? []).map(id => data.claims.get(id)).filter(Boolean);
  if (disputed.length) {
    card.append(foldable(app, claim.id, {
      summary: element('summary', `Contradicts ${model.counted(disputed.length, 'other claim')}`),
      fill: () => [dom.list('openers', disputed.map(({ claim: other, statement }) => {
        const words = `${model.nodeName(data, other.by)} ${model.word(data, other.st)}: ${model.sentence(data, statement)}`;
        return button(words, () => app.open(statement.id), { className: 'opener' });
      }))],
    }));
  }
  return card;
}

function rivalsOf(app, statement) {
  return (statement.q ?? []).map(id => {
    const name = model.nodeName(app.data, id);
    return element('p', '', {}, button(`All answers to: ${name}`, () => app.ask(id)));
  });
}
