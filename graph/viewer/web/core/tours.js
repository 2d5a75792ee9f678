// Guided tours: which stop an address names, and in which language it is told.

/** @type {(data: Case, id: Id) => Tour | undefined} */
export const tour = (data, id) => data.tours.find(one => one.id === id);

// A stop as a link names it, ID~NUMBER, the first being 1; of what is none nothing.
/** @type {(data: Case, text: string) => { tour: Id; stop: number }} */
export function stopOf(data, text) {
  const [id, number = '1'] = text.split('~');
  const stop = Number(number) - 1;
  return tour(data, id)?.steps[stop] ? { tour: id, stop } : { tour: '', stop: 0 };
}

// The view of the stop that one is at; nothing outside of tours.
/** @type {(data: Case, at: { tour: Id; stop: number }) => string | undefined} */
export const viewAt = (data, at) => tour(data, at.tour)?.steps[at.stop]?.view;

// A tour or a stop in the language of names that is chosen, if it is told in that; else in that of the case.
/** @type {(data: Case, told: Told, tag: string) => Language & { title: string; text?: string }} */
export function inLanguage(data, told, tag) {
  const first = data.languages[0] ?? /** @type {Language} */ ({ tag: '', name: '', direction: 'ltr' });
  const language = data.languages.find(one => one.tag === tag) ?? first;
  const other = told.in?.[language.tag];
  return other ? { ...language, ...other } : { ...first, title: told.title, text: told.text };
}
