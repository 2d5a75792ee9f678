// What is looked at, to and from the fragment of the address, so that a link leads to a view.
import { opening, viewAt } from '../core/index.js';
import { once } from '../core/kept.js';
import { GONE, HIDDEN, OLD, PICTURES, ROWS, VIEWS } from './schema.js';

export { HIDDEN, PICTURES, VIEWS };

// The state of a page that nobody has touched.
/** @type {(data: Case) => State} */
export function initial(data) {
  return whole(Object.assign({}, ...ROWS.map(row => row.usual(data))));
}

// The keys of what is hidden belong to one object.
/** @type {(flat: Record<string, any>) => State} */
function whole(flat) {
  const hidden = Object.fromEntries(HIDDEN.map(name => [name, flat[`hidden.${name}`]]));
  const rest = Object.entries(flat).filter(([key]) => !key.startsWith('hidden.'));
  return /** @type {any} */ ({ ...Object.fromEntries(rest), hidden });
}

// Only what differs from the initial state is written, in one order; so a view has one address. The view of a
// stop of a tour is that of the tour's link.
/** @type {(state: State, data: Case) => string} */
export function write(state, data) {
  return written(state, data, isAtStop(state, data) ? row => Boolean(row.aside) : () => true);
}

/** @type {(state: State, data: Case, wanted: (row: Row) => boolean) => string} */
function written(state, data, wanted) {
  const others = tells(state, data);
  const told = ROWS.filter(row => row.link && wanted(row)).map(row => [row.link, row.write(state, data, others)]);
  const parts = told.filter(([, text]) => text).map(([link, text]) => `${link}=${encodeURIComponent(text)}`);
  return parts.join('&').replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%2C', ',').replaceAll('%7E', '~');
}

// Whether what is looked at is what the stop of the tour shows, in whatever theme and language of names.
/** @type {(state: State, data: Case) => boolean} */
export function isAtStop(state, data) {
  const view = viewAt(data, state);
  return view !== undefined && plain(state, data) === once(data, `view ${view}`, () => plain(read(view, data), data));
}

/** @type {(state: State, data: Case) => string} */
function plain(state, data) {
  const usual = Object.assign({}, ...ASIDE.map(row => row.usual(data)));
  return written({ ...state, ...usual }, data, () => true);
}

// Whether a state tells anything but what hangs on whether it does.
/** @type {(state: State, data: Case) => boolean} */
function tells(state, data) {
  return ROWS.some(row => row.link && !row.hangs && !row.apart && row.write(state, data));
}

// Whatever does not fit the data is left out; a fragment may be anything.
/** @type {(fragment: string, data: Case) => State} */
export function read(fragment, data) {
  const given = pairs(fragment);
  const asides = ASIDE.filter(({ link }) => given.has(link));
  const own = () => Object.assign({}, ...asides.map(row => row.read(given.get(row.link) ?? '', data)));
  // A link to a stop of a tour that names no view leads to that of the stop.
  const view = given.size === asides.length ? viewAt(data, own()) : undefined;
  return view === undefined ? shown(given, data) : { ...shown(pairs(view), data), ...own() };
}

/** @type {(given: Map<string, string>, data: Case) => State} */
function shown(given, data) {
  /** @type {(row: Row, others: boolean) => Record<string, any>} */
  const found = (row, others) => {
    const told = row.link ? given.get(row.link) ?? given.get(OLD[row.link]) : undefined;
    return told === undefined ? row.before?.(given, others) ?? row.usual(data) : row.read(told, data);
  };
  const state = whole(Object.assign({}, ...ROWS.map(row => found(row, false))));
  const hung = Object.assign({}, ...ROWS.filter(row => row.hangs).map(row => found(row, tells(state, data))));
  return { ...state, ...hung, opened: opening(data, state.opened, [state.sel]) };
}

/** @type {(fragment: string) => Map<string, string>} */
function pairs(fragment) {
  const text = fragment.replace(/^#/, '');
  // An id alone is what is chosen.
  const parts = text && !text.includes('=') ? [`sel=${text}`] : text.split('&');
  return new Map(parts.flatMap(part => {
    const [key, ...value] = part.split('=');
    return KNOWN.has(key) ? [/** @type {[string, string]} */ ([key, decode(value.join('='))])] : [];
  }));
}

// The language that a fragment asks for, before anything is read of the case.
/** @type {(fragment: string) => string | undefined} */
export const tongueOf = fragment => pairs(fragment).get('lang');

/** @type {(text: string) => string} */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

const ASIDE = ROWS.filter(row => row.aside);
const KNOWN = new Set([...ROWS.map(row => row.link), ...Object.values(OLD), ...GONE].filter(Boolean));

// What of a state an address tells.
/** @type {(state: State, data: Case) => Partial<State>} */
export function told(state, data) {
  const silent = ROWS.filter(row => !row.link).flatMap(row => Object.keys(row.usual(data)));
  return Object.fromEntries(Object.entries(state).filter(([key]) => !silent.includes(key)));
}

// Whether a change of some keys is a step to which one can go back.
/** @type {(keys: string[], data: Case) => boolean} */
export function isStep(keys, data) {
  const steps = ROWS.filter(row => row.step).flatMap(row => Object.keys(row.usual(data)));
  return keys.some(key => steps.includes(key));
}
