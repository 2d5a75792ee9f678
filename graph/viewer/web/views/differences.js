// What stands in one of two worlds or days only.
import * as model from '../core/index.js';
import { shortly } from '../state/caption.js';
import { element } from '../ui/dom.js';
import { byTime, heading, openers, suggested } from './parts/common.js';

export function differences(app) {
  const { data, state } = app;
  if (!state.compare) {
    return [heading('Differences', 'h2'), element('p', 'Compare two worlds or two days to see here what stands in one of them only.'), ...suggested(app).slice(-1)];
  }
  const told = app.difference;
  const [first, second] = [shortly(data, state, 1), shortly(data, state, 2)];
  const part = (title, ids) => [heading(`${title} (${ids.length})`), openers(app, byTime(ids.map(id => data.statements.get(id))))];
  return [
    heading('Differences', 'h2'),
    element('p', `${model.counted(told.both.length, 'statement stands', 'statements stand')} in both. Only statements that can be lines are listed.`),
    ...part(`Only first: ${first}`, told.onlyLeft),
    ...part(`Only second: ${second}`, told.onlyRight),
    ...(told.changed.length ? part('In both, but surer in one', told.changed) : []),
  ];
}
