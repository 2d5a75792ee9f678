// What an author of a tour may write behind each key of a view: a form that the reader of cases knows, or
// all values that there are. `make page` writes it out for the reader.
import { CHOICES, PROJECTIONS, ROWS } from './schema.js';

/** @type {Record<string, string | string[]>} */
const FORMS = {
  ...CHOICES,
  projection: PROJECTIONS,
  sel: 'known',
  near: 'near',
  from: 'thing',
  to: 'thing',
  deals: 'things',
  question: 'question',
  world: 'world',
  vs: 'world',
  on: 'day',
  vson: 'day',
  during: 'span',
};

/** @type {() => Record<string, string | string[]>} */
export const forms = () => Object.fromEntries(ROWS.filter(({ link }) => link)
  .map(({ link, aside }) => [link, aside ? 'aside' : FORMS[link] ?? 'text']));
