// The language of the page: which others there are, and how many things the case has names of in each.
import * as model from '../core/index.js';
import { button, find, findAll, tell } from '../ui/dom.js';
import { direction, has, language, row, say } from '../words/index.js';

/** @type {(tag: string) => string} */
const nameOf = tag => new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;

/** @type {(app: any) => void} */
export function setUp({ data, set }) {
  const all = data.nodes.size;
  /** @type {(tag: string) => number} */
  const named = tag => data.languages.find(one => one.tag === tag)?.names ?? 0;
  const others = ['en', ...Object.keys(data.packed ?? {})].filter(tag => tag !== language());
  const place = find('#tongues');
  // A page inside a notebook has no address of its own, which tells the language.
  place.hidden = !others.length || location.protocol === 'about:';
  place.append(...others.map(tag => button(nameOf(tag), () => set({ lang: tag }), {
    id: `tongue-${tag}`, lang: tag, dir: direction(tag), title: say('tongues.title', { language: nameOf(tag), n: named(tag), all }),
  })));
  const told = data.languages.map(({ tag, names }) => say('tongues.count', { language: nameOf(tag), n: names ?? 0 }));
  if (told.length > 1) tell(find('#names-told'), say('tongues.told', { all, which: row(told) }));
  for (const one of findAll('[data-word]')) tell(one, model.word(data, one.dataset.word));
  for (const one of findAll('[data-fact]')) {
    const key = `fact.${one.dataset.fact.toLowerCase().replaceAll(' ', '-')}`;
    if (has(key)) tell(one, say(key));
  }
}
