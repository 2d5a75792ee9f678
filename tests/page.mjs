// Asks what a page holds without a browser: reads {data, calls} from standard input, each call the
// name of one of the questions below and what it needs, and prints the list of answers.
import { readFileSync } from 'node:fs';
import '../graph/viewer/web/test/speaking.js';
import * as model from '../graph/viewer/web/core/index.js';
import * as axis from '../graph/viewer/web/scene/time-axis.js';
import * as state from '../graph/viewer/web/state/url.js';
import { speak } from '../graph/viewer/web/words/index.js';

const { data: given, calls } = JSON.parse(readFileSync(0, 'utf8'));
speak({ en: JSON.parse(readFileSync(new URL('../graph/viewer/words/en.json', import.meta.url), 'utf8')) });
const data = model.prepare(given);

const nothing = Object.fromEntries(state.HIDDEN.map(name => [name, new Set()]));

const questions = {
  plain: (...names) => names.map(name => model.plain(data, name)),
  record: id => data.statements.get(id),
  day: text => model.isDay(text),
  costs: () => Object.fromEntries(
    Object.entries(data.rules.costs).map(([name, table]) => [name, Object.fromEntries(table)]),
  ),
  hidden: () => [...state.initial(data).hidden.status],
  questionStatus: id => model.questionStatus(data, id),
  held: (id, day) => model.held(data.statements.get(id), day),
  inWorld: (id, world) => model.inWorld(data, data.statements.get(id), model.parseWorld(world)),
  searched: text => model.search(data, text).map(({ node }) => node.id),
  voices: () => model.voices(data).map(voice => voice.id),
  sentence: (id, thing) => model.sentence(data, data.statements.get(id), thing),
  period: id => model.period(data, data.statements.get(id)),
  state: fragment => {
    const { on, on2, spanFrom, spanTo } = state.read(fragment, data);
    return { on, on2, spanFrom, spanTo };
  },
  cited: (...ids) => model.citations(data, ids.map(id => data.statements.get(id))),
  changes: (earlier, later) => model.changes(data, earlier, later).map(({ change, before, after }) => [change, before?.id ?? '', after?.id ?? '']),
  said: clause => model.saidOn(data, data.nodes.get(clause)).map(({ statement, agreement }) => [statement.id, agreement]),
  marks: (from, to, width) => axis.marks({ from, to }, width),
  statements: view => [...model.statements(data, { held: 'possible', ...view, hidden: nothing })],
  written: fragment => state.write(state.read(fragment, data), data),
  counted: (...words) => model.counted(...words),
  span: events => {
    const told = events.map((one, i) => [`e${i}`, { p: 'occurred', status: 'accepted', at: `${i}`, claims: [], ...one }]);
    return axis.span({ ...data, statements: new Map(told) }, {});
  },
  ways: (from, to, fragment, most) => {
    const view = state.read(/projection|recipe/.test(fragment) ? fragment : `projection=both&${fragment}`, data);
    const lines = model.lines(data, { ...view, near: '' });
    return model.ways(data, lines, from, to, view.sign, ...(most ? [most] : []));
  },
};

console.log(JSON.stringify(calls.map(([name, ...more]) => questions[name](...more) ?? null)));
