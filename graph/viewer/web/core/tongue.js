// A case in the language of the page, as far as it is told in that; all else stays as the case has it.
import { has, language, say } from '../words/index.js';

// Puts words and names of the language in place of the usual ones, which stay as names of their own language.
/** @type {(data: any) => void} */
export function inTongue(data) {
  const tag = language();
  /** @type {Tongue | undefined} */
  const told = data.tongue;
  delete data.tongue;
  if (data.styles) styled(data);
  if (data.languages?.slice(1).some((/** @type {Language} */ one) => one.tag === tag)) named(data, tag);
  if (told) translated(data, told);
}

/** @type {(data: any, told: Tongue) => void} */
function translated(data, { words, predicates, times, dates, values, more, sequences = [] }) {
  /** @type {(text: string) => string} */
  const said = text => values[text] ?? text;
  Object.assign(data.words, words);
  Object.assign(data.dates, dates);
  data.times = times;
  data.called = { more };
  if (sequences.length) data.sequences = data.sequences.map((/** @type {Sequence} */ one, /** @type {number} */ i) => ({ ...one, ...sequences[i] }));
  for (const [name, own] of Object.entries(predicates)) {
    Object.assign(data.predicates[name], { inverse: undefined, pattern: undefined, back: undefined }, own);
  }
  for (const one of Object.values(data.statements)) {
    if ('v' in one && one.v !== 'no') one.v = said(one.v); // What is denied is known by its value.
    if (one.more) one.more = Object.fromEntries(Object.entries(one.more).map(([field, value]) => [field, said(value)]));
  }
  for (const one of Object.values(data.nodes)) {
    if (one.sizes) one.sizes = one.sizes.map(said);
    if (one.where) one.where = one.where.replace(/^.+?(?= \(|$)/, said);
  }
  for (const one of Object.values(data.sources)) {
    if (one.date) one.date = said(one.date);
  }
  for (const one of data.judged ?? []) one.how = said(one.how);
}

// What the legend says.
/** @type {(data: any) => void} */
function styled({ styles }) {
  for (const key of Object.keys(styles.labels ?? {})) {
    const term = `term.${key.replace('-', '.')}`;
    if (has(term)) styles.labels[key] = say(term);
  }
  for (const [name, style] of Object.entries(styles.statuses)) {
    if (has(`term.status.${name}`)) Object.assign(style, { label: say(`term.status.${name}`), meaning: say(`term.meaning.${name}`) });
  }
}

// Each thing is called as it is in the language; what it was called is its name in that of the case.
/** @type {(data: any, tag: string) => void} */
function named(data, tag) {
  const [usual, ...others] = data.languages;
  const own = others.find((/** @type {Language} */ one) => one.tag === tag);
  data.languages = [own, usual, ...others.filter((/** @type {Language} */ one) => one !== own)];
  for (const node of Object.values(data.nodes)) {
    const name = node.in?.[tag];
    if (!name) continue;
    const known = Object.entries(node.in).filter(([other]) => other !== tag);
    Object.assign(node, { name, in: Object.fromEntries([[usual.tag, node.name], ...known]) });
  }
}
