// What stands in one of two worlds or days only.
import { shortly } from '../state/caption.js';
import { element } from '../ui/dom.js';
import { say } from '../words/index.js';
import { byTime, heading, openers, suggested } from './parts/common.js';

export function differences(app) {
  const { data, state } = app;
  if (!state.compare) {
    return [heading(say('differences.title'), 'h2'), element('p', say('differences.hint')), ...suggested(app).slice(-1)];
  }
  const told = app.difference;
  const [first, second] = [shortly(data, state, 1), shortly(data, state, 2)];
  const part = (title, ids) => [heading(`${title} (${ids.length})`), openers(app, byTime(ids.map(id => data.statements.get(id))))];
  return [
    heading(say('differences.title'), 'h2'),
    element('p', say('differences.both', { n: told.both.length })),
    ...part(say('differences.first', { what: first }), told.onlyLeft),
    ...part(say('differences.second', { what: second }), told.onlyRight),
    ...(told.changed.length ? part(say('differences.changed'), told.changed) : []),
  ];
}
