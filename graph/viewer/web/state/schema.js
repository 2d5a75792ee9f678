// All that can be looked at, in one table: the name that it has in the address, its usual values by
// their keys, whether a change of it is a step to which one can go back, and how it is written and read.
import * as model from '../core/index.js';
import * as places from './places.js';

export const HIDDEN = ['status', 'kind', 'family', 'certainty', 'source'];
export const VIEWS = ['drawing', 'story', 'camps', 'says', 'deals', 'table', 'brief'];
export const PICTURES = ['story', 'camps']; // Of these, beside the drawing, what is a picture.
const NONE = 'none';
const TONGUE = 'en'; // The usual language of the page.
const DEPTHS = [1, 2, 3, 4];

// The values of each choice, the usual one first.
/** @type {Record<string, string[]>} */
export const CHOICES = {
  colour: ['group', 'sign', 'family'],
  show: VIEWS,
  held: ['attested', 'certain', 'possible', 'all'],
  panel: ['evidence', 'questions', 'sequences', 'agreements', 'differences', 'about'],
  theme: ['auto', 'light', 'dark'],
  sign: ['any', 'not-negative', 'negative'],
  rows: ['lines', 'all'],
  asked: ['several', 'all'],
};
// What keys and values were called before; links keep for one release.
/** @type {Record<string, string>} */
export const OLD = { projection: 'recipe' };
export const GONE = ['certain'];
/** @type {Record<string, Record<string, string>>} */
const FORMER = { label: { both: 'all' } };

// --- Kinds: how a value is written, and what a text means; what does not fit the data is left out. --

/** @typedef {{ write(value: any, data: Case, state: State): string; read(text: string, data: Case): any }} Kind */

/** @type {(data: Case, id: Id) => boolean} */
function isKnown(data, id) {
  const known = data.statements.has(id) || data.nodes.has(id) || model.groups(data).has(id) || model.clauseOf(data, id);
  return Boolean(known) || model.saying(data, id).length > 0 || model.endsOfBundle(data, id).length > 0;
}

/** @type {(data: Case, id: Id) => Id} */
const node = (data, id) => (data.nodes.has(id) ? id : '');

/** @type {Kind} */
const KNOWN = {
  write: id => id,
  read: (id, data) => (isKnown(data, id) ? id : ''),
};
/** @type {Kind} */
const NODE = { write: id => id, read: (id, data) => node(data, id) };
/** @type {Kind} */
const QUESTION = { write: id => id, read: (id, data) => (data.questions.has(id) ? id : '') };
/** @type {Kind} */
const SEQUENCE = { write: name => name, read: (name, { sequences = [] }) => (sequences.some(one => one.name === name) ? name : '') };
/** @type {Kind} */
const DAY = { write: day => day, read: text => (model.isDay(text) ? text : '') };
/** @type {Kind} */
const WORLD = { write: world => (world === 'all' ? '' : world), read: worldOf };
/** @type {Kind} */
const SORT = { write: sort => (sort === 'subject' ? '' : sort), read: text => (/^-?[a-z]+$/.test(text) ? text : 'subject') };

/** @type {Kind} */
const PLACES = { write: places.written, read: places.fromLink };

/** @type {(text: string, data: Case) => string} */
function worldOf(text, data) {
  const { mode, voice } = model.parseWorld(text);
  if (voice && !data.nodes.has(voice)) return 'all';
  return voice ? `${mode}:${voice}` : mode;
}

/** @type {(key: string, usual: (data: Case) => string, values: (data: Case) => string[]) => Kind} */
const choice = (key, usual, values) => ({
  write: (value, data) => (value === usual(data) ? '' : value),
  read(text, data) {
    const value = FORMER[key]?.[text] ?? text;
    return values(data).includes(value) ? value : usual(data);
  },
});

/** @type {(data: Case) => string[]} */
function labels({ languages }) {
  const tags = languages.map(({ tag }) => tag);
  return tags.length > 1 ? [...tags, 'all'] : tags;
}

// --- Rows ----------------------------------------------------------------------------------------

/** @type {(link: string, key: string, usual: any, step: boolean, kind?: Kind) => Row} */
function one(link, key, usual, step, kind) {
  const { write, read } = kind ?? { write: () => '', read: () => usual };
  return {
    link,
    step,
    usual: data => ({ [key]: typeof usual === 'function' ? usual(data) : usual }),
    write: (state, data) => write(state[key], data, state),
    read: (text, data) => ({ [key]: read(text, data) }),
  };
}

/** @type {(key: string, step: boolean) => Row} */
const chosen = (key, step) => one(key, key, CHOICES[key][0], step, choice(key, () => CHOICES[key][0], () => CHOICES[key]));

/** @type {Row} */
const COMPARED = {
  link: 'vs',
  step: true,
  usual: () => ({ compare: false, world2: 'all' }),
  write: ({ compare, world2 }) => (compare ? world2 : ''),
  read: (text, data) => ({ compare: true, world2: worldOf(text, data) }),
};

// How much is shown on a day. A link that names a day and not this is one of before, when all that may
// have held was shown.
/** @type {Row} */
const HELD = {
  ...chosen('held', true),
  write: ({ on, compare, on2, held }) => (held === (on || (compare && on2) ? 'possible' : CHOICES.held[0]) ? '' : held),
  before: given => (given.has('certain') ? { held: 'certain' }
    : [given.get('on'), given.get('vson')].some(model.isDay) ? { held: 'possible' } : null),
};

// Views in which lines are seen as a table has them.
/** @type {(show: string | undefined) => boolean} */
const isList = show => show === 'table' || show === 'says';

export const PROJECTIONS = ['actors', 'both', 'ties', 'participation'];
// Which lines there are: ties between actors, if there are any. A link that tells anything and not this is
// one of before, when all were shown; so an empty address and the usual lines are each other's.
/** @type {Row} */
const PROJECTION = {
  ...one('projection', 'projection', usualLines, true, choice('projection', usualLines, () => PROJECTIONS)),
  hangs: true,
  write: ({ projection, show }, data, others) => (projection === (others || isList(show) ? 'both' : usualLines(data)) ? '' : projection),
  before: (given, others) => (others || isList(given.get('show')) ? { projection: 'both' } : null),
};

// The storyline is what a page opens with, if there is a course to tell. A link that tells anything and not what is
// shown leads to the drawing.
/** @type {(data: Case) => string} */
const usualView = data => (model.hasCourse(data) ? 'story' : VIEWS[0]);
/** @type {Row} */
const SHOW = {
  ...one('show', 'show', usualView, true, choice('show', usualView, () => VIEWS)),
  hangs: true,
  write: (state, data, others) => (state.show === (others || PROJECTION.write(state, data, others) ? VIEWS[0] : usualView(data)) ? '' : state.show),
  before: (given, others) => (others || given.has(PROJECTION.link) || given.has('recipe') ? { show: VIEWS[0] } : null),
};
/** @type {(data: Case) => string} */
function usualLines(data) {
  return model.hasActors(data) && data.drawn.places.size >= data.rules.glance ? 'actors' : 'both';
}

/** @type {Row} */
const NEAR = {
  link: 'near',
  step: true,
  usual: () => ({ near: '', depth: 1 }),
  write: ({ near, depth }) => near && `${near}~${depth}`,
  read(text, data) {
    const [id, depth] = text.split('~');
    return { near: node(data, id), depth: DEPTHS.includes(Number(depth)) ? Number(depth) : 1 };
  },
};

// The two agreements that are compared clause by clause.
/** @type {Row} */
const DEALS = {
  link: 'deals',
  step: true,
  usual: usualDeals,
  write({ earlier, later }, data) {
    const usual = usualDeals(data);
    return earlier === usual.earlier && later === usual.later ? '' : `${earlier}~${later}`;
  },
  read(text, data) {
    const found = text.split('~').map(id => model.comparable(data).find(known => known.id === id)?.id);
    return found.length === 2 && found.every(Boolean) ? { earlier: found[0], later: found[1] } : usualDeals(data);
  },
};

/** @type {(data: Case) => { earlier: Id; later: Id }} */
function usualDeals(data) {
  const [earlier, later] = model.usualPair(data) ?? ['', ''];
  return { earlier, later };
}

/** @type {Row} */
const SPAN = {
  link: 'span',
  step: false,
  usual: () => ({ spanFrom: '', spanTo: '' }),
  write: ({ spanFrom, spanTo }) => (spanFrom || spanTo ? `${spanFrom}/${spanTo}` : ''),
  read(text, data) {
    const [from, to = ''] = text.split('/');
    return { spanFrom: DAY.read(from, data), spanTo: DAY.read(to, data) };
  },
};

// A span: only what may have held in it is shown.
/** @type {Kind} */
const DURING = { write: during => during, read: text => model.daysOf(text)?.join('/') ?? '' };

// Which groups are open.
/** @type {Row} */
const OPENED = {
  link: 'open',
  step: true,
  usual: data => ({ opened: model.usuallyOpen(data) }),
  write: ({ opened }, data) => (opened === model.usuallyOpen(data) ? '' : opened || NONE),
  read: (text, data) => ({ opened: text === model.ALL ? text : model.openOnly(data, text.split(',')) }),
};

// Where hands have moved the drawing: its centre, and pixels per unit.
/** @type {Row} */
const CAMERA = {
  link: 'at',
  step: false,
  usual: () => ({ at: '' }),
  write: ({ at }) => at,
  read: text => ({ at: /^-?\d+(\.\d+)?,-?\d+(\.\d+)?,\d+(\.\d+)?$/.test(text) && Number(text.split(',')[2]) > 0 ? text : '' }),
};

/** @type {(name: string) => Row} */
function hidden(name) {
  const key = `hidden.${name}`;
  /** @type {(data: Case) => Iterable<string>} */
  const usually = data => (name === 'status' ? data.rules.hidden : []);
  /** @type {(names: Iterable<string>) => string} */
  const listed = names => [...names].sort().join(',');
  return {
    link: `no-${name}`,
    step: false,
    usual: data => ({ [key]: new Set(usually(data)) }),
    write({ hidden: all }, data) {
      const now = listed(all[/** @type {'status'} */ (name)]);
      return now === listed(usually(data)) ? '' : now || NONE;
    },
    read: (text, data) => ({ [key]: new Set(text === NONE ? [] : text ? text.split(',') : usually(data)) }),
  };
}

// The tour that one follows, and at which of its stops one is.
/** @type {Row} */
const TOUR = {
  link: 'tour',
  step: true,
  apart: true,
  aside: true,
  usual: () => ({ tour: '', stop: 0 }),
  write: ({ tour, stop }) => tour && `${tour}~${stop + 1}`,
  read: (text, data) => model.stopOf(data, text),
};

// In a frame of another page: the view alone.
/** @type {Kind} */
const FLAG = { write: flag => (flag ? '1' : ''), read: text => text === '1' };

// In the order in which the address has them.
/** @type {Row[]} */
export const ROWS = [
  { ...one('embed', 'embed', false, false, FLAG), apart: true, aside: true },
  TOUR,
  one('sel', 'sel', '', true, KNOWN),
  one('world', 'world', 'all', true, WORLD),
  one('on', 'on', '', true, DAY),
  one('during', 'during', '', true, DURING),
  HELD,
  COMPARED,
  one('vson', 'on2', '', true, { ...DAY, write: (day, _, { compare }) => (compare ? day : '') }),
  OPENED,
  NEAR,
  one('from', 'from', '', true, NODE),
  one('to', 'to', '', true, NODE),
  one('question', 'question', '', true, QUESTION),
  one('followed', 'followed', '', true, SEQUENCE),
  SPAN,
  { ...one('label', 'label', /** @type {(data: Case) => string} */ (data => labels(data)[0]), false, choice('label', data => labels(data)[0], labels)), aside: true },
  chosen('colour', false),
  SHOW,
  DEALS,
  PROJECTION,
  chosen('panel', true),
  { ...chosen('theme', false), aside: true },
  { ...one('lang', 'lang', TONGUE, false, choice('lang', () => TONGUE, ({ packed = {} }) => [TONGUE, ...Object.keys(packed)])), apart: true, aside: true },
  chosen('sign', true),
  ...HIDDEN.map(hidden),
  chosen('rows', false),
  chosen('asked', false),
  one('sort', 'sort', 'subject', false, SORT),
  CAMERA,
  one('places', 'places', () => new Map(), true, PLACES),
  // In no address: what is opened or closed against what is usual, whether time plays, how much room
  // the parts of the page have, and to which line the arrows lead.
  one('', 'toggled', () => new Set(), false),
  one('', 'playing', false, false),
  one('', 'filters', false, false),
  one('', 'sheet', 'shut', false),
  one('', 'strip', 0, false),
  one('', 'pointed', '', false),
];
