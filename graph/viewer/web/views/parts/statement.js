// A statement with its claims.
import * as model from '../../core/index.js';
import * as dom from '../../ui/dom.js';
import { button, element } from '../../ui/dom.js';
import { say } from '../../words/index.js';
import { foldable, heading, names, notesOn, openers, statusMark, thing } from './common.js';
import { why } from './reasons.js';

export function statementPanel(app, statement) {
  const { data } = app;
  const kind = say(statement.status === 'accepted' ? 'statement.fact' : 'statement.no-fact');
  const ends = { '{subject}': statement.s, '{object}': statement.o };
  const parts = model.clause(data, statement);
  const told = parts.map(part => {
    if (ends[part]) return thing(app, ends[part]);
    return part === '{object}' ? element('strong', model.object(data, statement)) : element('span', part.replace(/^: /, ''));
  });
  return [
    heading(kind, 'h2'),
    element('p', '', { className: 'ends' }, model.denied(statement, parts) ? say('statement.denied') : '', ...told),
    verdict(app, statement),
    ...figures(app, statement),
    dom.definitions(facts(app, statement)),
    actions(app, statement),
    heading(say('statement.claims', { n: statement.claims.length })),
    ...statement.claims.map(claim => claimCard(app, claim)),
    ...rivalsOf(app, statement),
    ...notesOn(app, data.notes.filter(note => note.on.includes(statement.id))),
  ];
}

function verdict({ data }, statement) {
  const { label, meaning } = data.styles.statuses[statement.status];
  const box = element('div', '', { className: 'why' });
  const mark = statusMark(data, statement.status);
  mark.textContent = label;
  box.append(element('p', '', {}, mark, ` ${meaning}`));
  box.append(element('p', '', {}, element('strong', say('statement.why')), why(data, statement)));
  return box;
}

// What a rule makes of a figure in which voices disagree, why, and what each tells.
function figures(app, { fig }) {
  if (!fig) return [];
  const { data } = app;
  const told = fig.among.map(id => data.statements.get(id)).filter(Boolean);
  const chosen = data.statements.get(fig.is);
  const comesOut = {
    prefer: () => (chosen ? say('figures.prefer', { figure: model.object(data, chosen) }) : say('figures.nobody')),
    range: () => say('figures.range', { low: fig.low, high: fig.high }),
    defer: () => say('figures.defer'),
    pending: () => say('figures.pending'),
  }[fig.rule]();
  const by = fig.judge && { judge: model.nodeName(data, fig.judge), day: model.dayInWords(fig.day), reason: fig.why };
  const each = told.map(one => {
    const voices = one.claims.filter(claim => data.rules.affirming.has(claim.st)).map(claim => claim.by);
    const words = say('figures.told', { voices: names(data, voices), figure: model.object(data, one) });
    return button(words, () => app.open(one.id), { className: 'opener' });
  });
  return [
    heading(say('figures.title')),
    element('p', '', {}, element('strong', comesOut), by ? ` ${say('figures.by', by)}` : ''),
    fig.until ? element('p', say('figures.until', { until: fig.until })) : '',
    dom.list('openers', each),
  ].filter(Boolean);
}

function facts(app, statement) {
  const { data, state } = app;
  const name = id => id && model.nodeName(data, id);
  const told = value => {
    const other = data.statements.get(value);
    if (other) return say('words.status', { what: model.sentence(data, other), status: model.word(data, other.status) });
    return data.nodes.has(value) ? name(value) : model.word(data, String(value));
  };
  const more = Object.entries(statement.more ?? {});
  return [
    [say('field.case'), statement.case],
    [say('field.time'), [model.period(data, statement), model.besides(statement)].filter(Boolean).join(say('words.semicolon'))],
    [say('statement.coded'), statement.when],
    [say('statement.text'), statement.text],
    [state.on && say('statement.on', { day: model.dayInWords(state.on) }), state.on && say(`statement.held.${model.held(statement, state.on) || 'out'}`)],
    [say('statement.place'), name(statement.place)],
    [say('statement.under'), name(statement.under)],
    [say('statement.through'), name(statement.via)],
    [say('field.scope'), statement.scope],
    [say('statement.family'), model.word(data, model.predicate(data, statement).family)],
    ...more.map(([word, value]) => [data.called?.more[word] ?? word, [value].flat().map(told).join(say('words.semicolon'))]),
    [say('field.note'), statement.note],
    [say('statement.answers'), (statement.q ?? []).map(name).join(say('words.semicolon'))],
    [say('field.id'), statement.id],
    [say('statement.drawing'), app.isShown(statement.id) ? '' : absence(app, statement)],
  ];
}

function absence({ data }, statement) {
  return say(data.drawn.lines.has(statement.id) ? 'statement.left-out' : 'statement.no-tie');
}

function actions(app, statement) {
  const { data } = app;
  const row = element('p', '', { className: 'actions' });
  const cite = button(say('statement.cite'), () => dom.copy(model.citation(data, statement), row), { id: 'cite' });
  const share = button(say('panel.share'), () => dom.copy(app.address(), row), { id: 'share' });
  row.append(cite, share);
  if (app.isShown(statement.id)) row.append(button(say('panel.point'), () => app.point(statement.id), { id: 'point' }));
  const day = statement.lb ?? statement.eb ?? statement.ee;
  if (day) row.append(button(say('statement.go', { day: model.dayInWords(day) }), () => app.set({ on: day }), { id: 'go-to-day' }));
  return row;
}

function claimCard(app, claim) {
  const { data } = app;
  const source = data.sources.get(claim.src);
  const card = element('article', '', { className: `claim ${claim.st}` });
  const stance = element('span', model.word(data, claim.st), { className: 'stance' });
  card.append(element('p', '', {}, thing(app, claim.by), ' ', stance, ` (${model.sureness(data, claim)})`));
  card.append(element('p', '', {}, dom.link(source.title, source.url), say('words.comma'), model.sentencesOf(claim)));
  if (claim.note) card.append(element('p', claim.note, { className: 'note' }));
  if (claim.grounds) card.append(element('p', say('statement.grounds'), { className: 'note' }), openers(app, claim.grounds.map(id => data.statements.get(id))));
  const disputed = (claim.dis ?? []).map(id => data.claims.get(id)).filter(Boolean);
  if (disputed.length) {
    card.append(foldable(app, claim.id, {
      summary: element('summary', say('statement.contradicts', { n: disputed.length })),
      fill: () => [dom.list('openers', disputed.map(({ claim: other, statement }) => {
        const words = say('statement.says', { voice: model.nodeName(data, other.by), stance: model.word(data, other.st), sentence: model.sentence(data, statement) });
        return button(words, () => app.open(statement.id), { className: 'opener' });
      }))],
    }));
  }
  return card;
}

function rivalsOf(app, statement) {
  return (statement.q ?? []).map(id => {
    const name = model.nodeName(app.data, id);
    return element('p', '', {}, button(say('statement.rivals', { name }), () => app.ask(id)));
  });
}
