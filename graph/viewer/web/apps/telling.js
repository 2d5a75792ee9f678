// What those who listen are told of a change: what is drawn now, as far as it is another.
import * as model from '../core/index.js';
import { announce } from '../ui/announce.js';
import { find } from '../ui/dom.js';
import { say } from '../words/index.js';

const DRAWN = ['world', 'world2', 'compare', 'on', 'on2', 'certainOnly', 'hidden', 'projection', 'near', 'depth', 'show', 'rows', 'asked'];

export function tellOf(app, keys) {
  const { state } = app;
  if (state.playing || keys.includes('playing') || !keys.some(key => DRAWN.includes(key))) return;
  const parts = [app.caption(1), find(`#${state.show}-count`)?.textContent ?? app.counted(), find('#day-words').textContent];
  if (keys.includes('near') && state.near) parts.unshift(say('telling.near', { name: model.nodeName(app.data, state.near) }));
  announce(parts.filter(Boolean).join('. '));
}
