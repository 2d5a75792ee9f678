// Where hands have put nodes: in a link, shortly; and as a file, whole.
import { say } from '../words/index.js';

/** @typedef {Map<Id, [number, number]>} Places x and y by id, in units of the drawing; what was put last is last */

export const IN_LINK = 60; // So many fit into an address that any program passes on.
const FARTHEST = 1e6;

/** @type {(x: number, y: number) => [number, number]} */
export const rounded = (x, y) => [Math.round(x), Math.round(y)];

// As text of a link: those that were put last, if there are too many.
/** @type {(places: Places) => string} */
export function written(places) {
  return [...places].slice(-IN_LINK).map(([id, at]) => [id, ...at].join('~')).join(',');
}

/** @type {(text: string, data: Case) => Places} */
export function fromLink(text, data) {
  const found = text.split(',').map(part => part.split('~'));
  return new Map(found.flatMap(([id, x = '', y = '']) => {
    const at = data.drawn.places.has(id) && x && y && place([Number(x), Number(y)]);
    return at ? [[id, at]] : [];
  }));
}

/** @type {(value: any) => [number, number] | null} */
function place(value) {
  const fits = Array.isArray(value) && value.length >= 2
    && value.slice(0, 2).every(one => typeof one === 'number' && Math.abs(one) < FARTHEST);
  return fits ? rounded(value[0], value[1]) : null;
}

// The places of all nodes, as a file.
/** @type {(data: Case, places: Places) => string} */
export function toFile(data, places) {
  const all = [...data.drawn.places].map(([id, { x, y }]) => [id, places.get(id) ?? rounded(x, y)]);
  const rows = all.sort().map(([id, at]) => `  ${JSON.stringify(id)}: ${JSON.stringify(at)}`);
  return `{"case": ${JSON.stringify(data.case)}, "places": {\n${rows.join(',\n')}\n}}\n`;
}

// The places of a file that are other ones than those of the page, and how many things the page does
// not draw. Also a list of places without more, as a build has it in layout.json, is such a file.
/** @type {(text: string, data: Case) => { places: Places; unknown: number }} */
export function fromFile(text, data) {
  const told = parsed(text);
  const all = told?.places ?? told;
  if (!all || typeof all !== 'object' || Array.isArray(all)) {
    throw new Error(say('places.none', { right: '{"places": {"id": [x, y], …}}' }));
  }
  /** @type {Places} */
  const places = new Map();
  let unknown = 0;
  for (const [id, value] of Object.entries(all)) {
    const at = place(value);
    if (!at) throw new Error(say('places.wrong', { id }));
    const own = data.drawn.places.has(id) && data.drawn.places.get(id);
    if (!own) unknown += 1;
    else if (String(at) !== String(rounded(own.x, own.y))) places.set(id, at);
  }
  return { places, unknown };
}

/** @type {(text: string) => any} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(say('places.no-json'));
  }
}
