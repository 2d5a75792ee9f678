// What leads on from a text beside names: questions, sequences, patterns, ways between two, comparisons and views.
import { say } from '../words/index.js';
import { everyClause, spoken } from './agreements.js';
import * as named from './case.js';
import { once } from './kept.js';
import { answers } from './questions.js';
import { plain, search } from './search.js';
import { suggestions } from './suggestions.js';

/** @typedef {{ label: string; sort: string; change: Partial<State> }} Road */
/** @typedef {Road & { words: string[]; also: string[] }} Known words of its name, and others by which it is found */

const STEM = 4; // Letters of a word that always count; of longer ones all but the ending of two.
const ENOUGH = 0.35; // Of what the words of a text tell, so much has to be found in a road,
const BESIDE = 0.6; // and so much of what is found in the best one.
const ANOTHER = 0.9; // How much another form of a word counts,
const BESIDES = 0.8; // and one that is not in the name.
const NAMED = 2; // The worst match of a name at either end of a way: the beginning of a word.

const VIEWS = ['story', 'says', 'deals', 'camps', 'brief', 'table', 'drawing'];

// Roads that fit a text, the best first: those that have most of what its words tell, of which rare ones tell more.
//   views: those that the page has
/** @type {(data: Case, text: string, views?: string[]) => Road[]} */
export function roads(data, text, views = VIEWS) {
  const wanted = weighty(wordsOf(data, text), small(data));
  if (!wanted.length) return [];
  const known = once(data, `roads ${views}`, () => all(data, views));
  const held = known.map(road => wanted.map(word => holds(road, word)));
  const weights = wanted.map((_, i) => {
    const having = held.filter(found => found[i]).length;
    return having ? Math.log(1 + known.length / having) : 0; // What no road has tells none from another.
  });
  const whole = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  const found = known
    .map((road, i) => ({ road, share: held[i].reduce((sum, how, j) => sum + how * weights[j], 0) / whole }))
    .sort((a, b) => b.share - a.share);
  const least = Math.max(ENOUGH, BESIDE * (found[0]?.share ?? 0));
  return [...ways(data, text), ...found.filter(({ share }) => share >= least).map(({ road: { label, sort, change } }) => ({ label, sort, change }))];
}

// The words of a text that tell something; all if none does.
/** @type {(words: string[], without: Set<string>) => string[]} */
function weighty(words, without) {
  const telling = words.filter(word => !without.has(word));
  return telling.length ? telling : words;
}

/** @type {(data: Case) => Set<string>} */
const small = data => once(data, 'small words', () => new Set(wordsOf(data, say('roads.small'))));

/** @type {(data: Case, text: string) => string[]} */
const wordsOf = (data, text) => [...new Set(plain(data, text).split(/[^\p{L}\p{N}]+/u).filter(Boolean))];

// How well a road has a word: 1 in its name, less for another form of it, and among what else it is found by.
/** @type {(road: Known, word: string) => number} */
function holds({ words, also }, word) {
  /** @type {(own: string[]) => number} */
  const found = own => (own.some(one => one.startsWith(word)) ? 1 : Number(own.some(one => one.startsWith(stem))) * ANOTHER);
  const stem = word.slice(0, Math.max(STEM, word.length - 2));
  return Math.max(found(words), BESIDES * found(also));
}

/** @type {(data: Case, views: string[]) => Known[]} */
function all(data, views) {
  /** @type {(label: string, sort: string, change: Partial<State>, more?: string[]) => Known} */
  const road = (label, sort, change, more = []) => ({
    label, sort: say(`roads.sort.${sort}`), change, words: wordsOf(data, label), also: wordsOf(data, more.join(' ')),
  });
  return [
    ...[...data.questions.values()].map(one => road(one.name, 'question', { panel: 'questions', question: one.id }, answered(data, one.id))),
    ...(data.sequences ?? []).map(one => road(one.title, 'sequence', { panel: 'sequences', followed: one.name }, [one.name, one.text])),
    ...[...data.nodes.values()].filter(({ seen }) => seen?.length).map(one => road(one.name, 'pattern', { panel: 'evidence', sel: one.id }, [one.pattern ?? '', one.scope ?? ''])),
    ...everyClause(data).map(one => saidOn(data, one, road)),
    ...views.filter(view => VIEWS.includes(view)).map(view => road(say(`roads.${view}`), 'view', { show: view }, [say(`roads.${view}.also`)])),
    ...suggestions(data).map(({ label, group, change }) => road(label, 'comparison', change, [group])),
  ];
}

// The words of the answers to a question.
/** @type {(data: Case, question: Id) => string[]} */
function answered(data, question) {
  return answers(data, question).flatMap(({ s, o = '', p }) => {
    const { label = '', inverse = '', pattern = '', back = '' } = data.predicates.get(p) ?? {};
    return [label, inverse, pattern, back, data.nodes.get(s)?.name ?? '', data.nodes.get(o)?.name ?? ''];
  });
}

// What each side said on a clause.
/** @type {(data: Case, one: Thing, road: (label: string, sort: string, change: Partial<State>, more: string[]) => Known) => Known} */
function saidOn(data, { id, name, part = '', topic = [] }, road) {
  const agreement = part && named.nodeName(data, part);
  const made = road(name, 'clause', { panel: 'evidence', sel: spoken(id) }, [say('roads.clause.also'), agreement, ...topic.map(one => named.word(data, one))]);
  return { ...made, sort: [made.sort, agreement].filter(Boolean).join(' · ') };
}

// The way between two things whose names are told, with a word between them or beside each other.
/** @type {(data: Case, text: string) => Road[]} */
function ways(data, text) {
  const words = text.trim().split(/\s+/);
  const between = `→|->|${say('roads.between')}`;
  const told = text.split(new RegExp(`\\s+(?:${between}|–|-|>)\\s+|\\s*(?:→|->)\\s*`, 'u'));
  /** @type {string[][]} */
  const beside = search(data, text).length ? [] : words.map((_, i) => [words.slice(0, i).join(' '), words.slice(i).join(' ')]).slice(1);
  for (const ends of told.length === 2 ? [told] : beside) {
    const [from, to] = ends.map(end => search(data, end).find(({ node, rank }) => rank <= NAMED && data.drawn.places.has(node.id))?.node);
    if (!from || !to || from === to) continue;
    const change = { from: from.id, to: to.id, sel: '', panel: 'evidence' };
    return [{ label: say('roads.way', { from: from.name, to: to.name }), sort: say('roads.sort.way'), change }];
  }
  return [];
}
