// A case in the language of the page, as far as it is told in that; all else stays as the case has it.
import { has, language, say } from '../words/index.js';

/** @typedef {{ words?: Record<string, string>; predicates?: Record<string, object>; times?: string[]; dates?: Record<string, string>; untold?: string; values?: Record<string, string>; more?: Record<string, string>; facts?: Record<string, string> }} Tongue */

// Puts words and names of the language in place of the usual ones, which stay as names of their own language.
/** @type {(data: any) => void} */
export function inTongue(data) {
  const tag = language();
  /** @type {Tongue | undefined} */
  const told = data.tongues?.[tag];
  delete data.tongues;
  styled(data);
  if (data.languages.slice(1).some((/** @type {Language} */ one) => one.tag === tag)) named(data, tag);
  if (!told) return;
  data.words = { ...data.words, ...told.words };
  for (const [name, own] of Object.entries(told.predicates ?? {})) {
    if (data.predicates[name]) data.predicates[name] = { ...data.predicates[name], ...own };
  }
  data.times = told.times ?? data.times;
  data.dates = { ...data.dates, ...told.dates };
  data.rules.untold = told.untold ?? data.rules.untold;
  data.called = { facts: told.facts ?? {}, more: told.more ?? {} };
  for (const statement of Object.values(data.statements)) {
    if ('v' in statement) statement.v = told.values?.[statement.v] ?? statement.v;
  }
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
