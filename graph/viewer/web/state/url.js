// What is looked at, to and from the fragment of the address, so that a link leads to a view.
import * as model from '../core/index.js';

export const HIDDEN = ['status', 'kind', 'family', 'certainty', 'source'];
const NONE = 'none';
const CHOICES = {
  colour: ['sign', 'family'],
  show: ['drawing', 'table'],
  projection: ['both', 'ties', 'participation'],
  panel: ['evidence', 'questions', 'agreements', 'differences', 'about'],
  theme: ['auto', 'light', 'dark'],
  sign: ['any', 'not-negative', 'negative'],
};
// What keys and values were called before; links keep for one release.
const OLD = { projection: 'recipe' };
const FORMER = { label: { both: 'all' } };
const DEPTHS = [1, 2, 3, 4];

// The values that each choice has, the usual one first.
function choices(data) {
  const tags = data.languages.map(({ tag }) => tag);
  return { label: tags.length > 1 ? [...tags, 'all'] : tags, ...CHOICES };
}

// The state of a page that nobody has touched.
export function initial(data) {
  return {
    world: 'all',
    on: '',
    certainOnly: false,
    compare: false,
    world2: 'all',
    on2: '',
    sel: '',
    near: '',
    depth: 1,
    from: '',
    to: '',
    question: '',
    spanFrom: '',
    spanTo: '',
    label: data.languages[0].tag,
    colour: 'sign',
    show: 'drawing',
    projection: 'both',
    panel: 'evidence',
    theme: 'auto',
    sign: 'any',
    hidden: /** @type {any} */ (Object.fromEntries(HIDDEN.map(name => [name, new Set(usuallyHidden(data, name))]))),
  };
}

function usuallyHidden(data, name) {
  return name === 'status' ? data.rules.hidden : [];
}

// Only what differs from the initial state is written, in one order; so a view has one address.
export function write(state, data) {
  const parts = [];
  const put = (key, value) => value && parts.push(`${key}=${encodeURIComponent(value)}`);
  put('sel', state.sel);
  put('world', state.world === 'all' ? '' : state.world);
  put('on', state.on);
  put('certain', state.certainOnly ? '1' : '');
  if (state.compare) {
    parts.push(`vs=${encodeURIComponent(state.world2)}`);
    put('vson', state.on2);
  }
  put('near', state.near && `${state.near}~${state.depth}`);
  put('from', state.from);
  put('to', state.to);
  put('question', state.question);
  put('span', (state.spanFrom || state.spanTo) && `${state.spanFrom}/${state.spanTo}`);
  for (const [key, [usual]] of Object.entries(choices(data))) {
    put(key, state[key] === usual ? '' : state[key]);
  }
  for (const name of HIDDEN) {
    const [hidden, usual] = [state.hidden[name], usuallyHidden(data, name)].map(listed);
    put(`no-${name}`, hidden === usual ? '' : hidden || NONE);
  }
  return parts.join('&').replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%2C', ',');
}

function listed(names) {
  return [...names].sort().join(',');
}

// Whatever does not fit the data is left out; a fragment may be anything.
export function read(fragment, data) {
  const state = initial(data);
  const text = fragment.replace(/^#/, '');
  if (text && !text.includes('=')) return { ...state, sel: known(data, decode(text)) };
  const given = new Map(
    text.split('&').filter(Boolean).map(part => {
      const [key, ...value] = part.split('=');
      return [key, decode(value.join('='))];
    }),
  );
  const day = key => (model.isDay(given.get(key)) ? given.get(key) : '');
  state.sel = known(data, given.get('sel'));
  state.world = world(data, given.get('world'));
  state.on = day('on');
  state.certainOnly = given.get('certain') === '1';
  state.compare = given.has('vs');
  state.world2 = world(data, given.get('vs'));
  state.on2 = day('vson');
  readNear(state, data, given.get('near') ?? '');
  state.from = node(data, given.get('from'));
  state.to = node(data, given.get('to'));
  state.question = data.questions.has(given.get('question')) ? given.get('question') : '';
  const [first, last] = (given.get('span') ?? '').split('/');
  state.spanFrom = model.isDay(first) ? first : '';
  state.spanTo = model.isDay(last) ? last : '';
  for (const [key, allowed] of Object.entries(choices(data))) {
    const told = given.get(key) ?? given.get(OLD[key]);
    const value = FORMER[key]?.[told] ?? told;
    if (allowed.includes(value)) state[key] = value;
  }
  for (const name of HIDDEN) {
    const hidden = given.get(`no-${name}`);
    if (hidden === NONE) state.hidden[name] = new Set();
    else if (hidden) state.hidden[name] = new Set(hidden.split(','));
  }
  return state;
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function node(data, id) {
  return data.nodes.has(id) ? id : '';
}

function known(data, id) {
  return data.nodes.has(id) || data.statements.has(id) ? id : '';
}

function world(data, text) {
  const { mode, voice } = model.parseWorld(text);
  if (voice && !data.nodes.has(voice)) return 'all';
  return voice ? `${mode}:${voice}` : mode;
}

function readNear(state, data, text) {
  const [id, depth] = text.split('~');
  state.near = node(data, id);
  state.depth = DEPTHS.includes(Number(depth)) ? Number(depth) : 1;
}
