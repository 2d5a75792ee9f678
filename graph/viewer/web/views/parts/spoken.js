// What each side said on a clause and its like, in order of time.
import * as model from '../../core/index.js';
import * as dom from '../../ui/dom.js';
import { element } from '../../ui/dom.js';
import { say } from '../../words/index.js';
import { citeAll } from './citing.js';
import { foldable, heading, statusMark, thing } from './common.js';

export function spokenPanel(app, clause) {
  const { data } = app;
  const found = model.saidOn(data, clause);
  const statements = found.map(({ statement }) => statement);
  return [
    heading(say('spoken.title', { name: clause.name }), 'h2'),
    element('p', say('spoken.what')),
    element('p', '', { className: 'actions' }, citeAll(app, () => statements)),
    foldable(app, `like ${clause.id}`, {
      summary: element('summary', say('spoken.like', { n: model.kindred(data, clause).length })),
      fill: () => [dom.list('plain', model.kindred(data, clause).map(one => likeness(app, one)))],
    }),
    ...inTime(app, found),
    heading(say('spoken.by-voice')),
    ...byVoice(app, found),
  ];
}

/** @type {(app: any, clause: Thing) => HTMLElement} */
function likeness(app, { id, part }) {
  return element('span', '', {}, thing(app, id), ` ${say('spoken.of')} `, part && thing(app, part));
}

// When it was said: by its own date, or by that of the agreement.
function moment(data, { statement, agreement }) {
  return model.when(data, statement) || model.when(data, model.concluded(data, agreement)) || say('spoken.undated');
}

// A list below each date.
function inTime(app, found) {
  const runs = [];
  for (const one of found) {
    const day = moment(app.data, one);
    if (runs.at(-1)?.[0] === day) runs.at(-1)[1].push(one);
    else runs.push([day, [one]]);
  }
  return runs.flatMap(([day, group]) => [heading(day), dom.list('openers', group.map(one => saying(app, one.statement)))]);
}

function byVoice(app, found) {
  const { data } = app;
  const voices = new Map();
  for (const one of found) {
    for (const by of new Set(one.statement.claims.map(claim => claim.by))) voices.set(by, [...(voices.get(by) ?? []), one]);
  }
  return [...voices].map(([voice, own]) => foldable(app, `spoken ${voice}`, {
    summary: element('summary', `${model.nodeName(data, voice)} (${own.length})`),
    fill: () => [dom.list('openers', own.map(one => saying(app, one.statement, voice, moment(data, one))))],
  }));
}

// Who says what: all voices of a statement, or one of them.
function saying(app, statement, voice = '', day = '') {
  const { data } = app;
  const stances = new Map();
  for (const { by, st } of statement.claims) {
    if (voice && by !== voice) continue;
    stances.set(by, [...(stances.get(by) ?? []), model.word(data, st)]);
  }
  const said = [...stances].map(([by, own]) => say('spoken.says', { voice: model.nodeName(data, by), stance: [...new Set(own)].join(say('words.comma')) }));
  const made = dom.button('', () => app.open(statement.id), { className: 'opener' });
  made.dataset.statement = statement.id;
  made.append(
    element('strong', voice ? day : said.join(say('words.semicolon')) || say('spoken.silent')),
    element('span', ` ${model.sentence(data, statement)} `),
    statusMark(data, statement.status),
  );
  return made;
}
