// Nodes that hands have put somewhere: to a file and from one, and back to where they were.
import * as places from '../state/places.js';
import { announce } from '../ui/announce.js';
import { find, save } from '../ui/dom.js';
import { say } from '../words/index.js';

export function setUp(app) {
  const { data } = app;
  const chooser = find('#places-file');
  const on = (id, action) => find(id).addEventListener('click', action);
  on('#save-places', () => {
    const text = places.toFile(data, app.state.places);
    save(`${data.case}-places.json`, new Blob([text], { type: 'application/json' }));
  });
  on('#load-places', () => chooser.click());
  on('#places-back', () => app.set({ places: new Map() }));
  chooser.addEventListener('change', async () => {
    const [file] = chooser.files;
    if (file) load(app, await file.text());
    chooser.value = '';
  });
}

function load(app, text) {
  try {
    const { places: found, unknown } = places.fromFile(text, app.data);
    app.set({ places: found }, { refit: true });
    const passed = unknown ? ` ${say('arranging.unknown', { n: unknown })}` : '';
    announce(say('arranging.put', { n: found.size }) + passed + tooMany(found), true);
  } catch (error) {
    announce(error.message, true);
  }
}

// Puts a node where it was dragged to, and chooses it.
export function put(app, id, x, y) {
  const before = app.state.places;
  const moved = new Map([...before].filter(([other]) => other !== id)).set(id, places.rounded(x, y));
  app.set({ places: moved, sel: id, panel: 'evidence' });
  if (before.size <= places.IN_LINK && moved.size > places.IN_LINK) announce(tooMany(moved).trim(), true);
}

function tooMany({ size }) {
  return size > places.IN_LINK ? ` ${say('arranging.too-many', { n: places.IN_LINK })}` : '';
}

export function sync({ state }) {
  find('#places-back').disabled = !state.places.size;
}
