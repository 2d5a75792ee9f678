// Moving about in the drawing by keys: from node to node, along the lines of what is chosen, and over
// the plane.
import * as model from '../core/index.js';
import { memo } from '../state/memo.js';
import { announce } from '../ui/announce.js';
import { findAll } from '../ui/dom.js';
import { say } from '../words/index.js';
import { stay } from './room.js';

const OVER = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const ON = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const CLOSER = { '+': 1.3, '=': 1.3, '-': 1 / 1.3, 0: 0 };
const NEXT = { n: 1, p: -1 };

const inOrder = memo(({ first, second, state, select }) => [first, second, select.outlines[0](state)], ({ data, first, second, state, select }) => {
  const all = model.byImportance(data, new Set([...first.keys(), ...(second?.keys() ?? [])]));
  const { stands } = select.outlines[0](state);
  return [...new Set(all.filter(id => data.drawn.places.has(id)).map(id => stands.get(id) ?? id))];
});

const ties = memo(({ state, first }) => [state.sel, first], ({ data, state, first }) => model.along(data, first.keys(), state.sel));

export function setUp(app) {
  for (const place of findAll('.drawing')) {
    place.addEventListener('keydown', event => {
      if (event.ctrlKey || event.metaKey || event.altKey || !pressed(app, event)) return;
      event.preventDefault();
    });
  }
}

function pressed(app, { key, shiftKey }) {
  if (ON[key] && !shiftKey && ties(app).length) alongTies(app, ON[key]);
  else if (OVER[key]) app.pan(...OVER[key]);
  else if (CLOSER[key] !== undefined) app.zoom(CLOSER[key]);
  else if (NEXT[key]) step(app, NEXT[key]);
  else if (key === 'Enter') follow(app);
  else if (key === 'Escape') letGo(app);
  else return false;
  return true;
}

// Chooses the next or the last node, those with most lines first.
function step(app, direction) {
  const nodes = inOrder(app);
  if (!nodes.length) return;
  const place = nodes.indexOf(app.state.sel);
  const next = nodes[place < 0 && direction < 0 ? nodes.length - 1 : (place + direction + nodes.length) % nodes.length];
  choose(app, next);
}

function choose(app, id) {
  stay();
  app.set({ sel: id, panel: 'evidence' });
  app.bringIntoView(id);
  const group = model.groups(app.data).get(id);
  const name = model.endName(app.data, id);
  announce(group
    ? say('moving.group', { name, members: say('n.member', { n: group.members.length }) })
    : say('moving.node', { name, lines: say('n.line', { n: ties(app).length }) }));
}

// Points at the next or the last line of what is chosen.
function alongTies(app, direction) {
  const found = ties(app);
  const count = found.length;
  const before = found.findIndex(({ line, end }) => nameOf(line, end) === app.state.pointed);
  const place = before < 0 && direction < 0 ? count - 1 : (before + direction + count) % count;
  const { line, end } = found[place];
  app.set({ pointed: nameOf(line, end) });
  const statement = app.data.statements.get(line);
  announce(say('moving.line', {
    at: place + 1, count, sentence: model.sentence(app.data, statement), status: model.word(app.data, statement.status), end: model.nodeName(app.data, end),
  }));
}

const nameOf = (line, end) => `${line} ${end}`;

// Goes to the other end of the line that is pointed at; opens or closes a group.
function follow(app) {
  const [, end] = app.state.pointed.split(' ');
  const { data, state } = app;
  const group = model.groups(data).get(state.sel);
  if (end) choose(app, end);
  else if (group) app.set({ opened: model.turned(data, state.opened, group, !model.isOpen(state.opened, group)) });
}

function letGo(app) {
  app.set(app.state.pointed ? { pointed: '' } : { sel: '' });
}
