// What is said of a case, in another language than English: words of the ontology, times and figures.

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
  const told = text => texts[text] ?? text;
  Object.assign(data.words, words);
  Object.assign(data.dates, dates);
  data.times = times;
  data.called = { more };
  if (sequences.length) data.sequences = sequences;
  for (const [name, own] of Object.entries(predicates)) {
    Object.assign(data.predicates[name], { inverse: undefined, pattern: undefined, back: undefined }, own);
  }
  for (const one of Object.values(data.statements)) {
    if ('v' in one && one.v !== 'no') one.v = told(one.v); // A denial is known by its value.
    if (one.more) one.more = Object.fromEntries(Object.entries(one.more).map(([field, value]) => [fields[field] ?? field, told(value)]));
  }
  for (const one of Object.values(data.nodes)) {
    if (one.sizes) one.sizes = one.sizes.map(told);
    if (one.where) one.where = one.where.replace(/^.+?(?= \(|$)/, told);
  }
  for (const one of Object.values(data.sources)) {
    if (one.date) one.date = told(one.date);
  }
  for (const one of data.judged ?? []) one.how = told(one.how);
}
