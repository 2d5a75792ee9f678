// What a page knows, indexed, and what its records are called.
import { say } from '../words/index.js';
import { grouped } from './kept.js';
import { inTongue } from './tongue.js';

// Puts the id into each record and indexes claims and drawn items.
/** @type {(data: any) => Case} */
export function prepare(data) {
  putBack(data);
  inTongue(data);
  for (const kind of ['nodes', 'statements', 'questions', 'sources']) {
    data[kind] = new Map(Object.entries(data[kind]));
    for (const [id, record] of data[kind]) record.id = id;
  }
  data.predicates = new Map(Object.entries(data.predicates));
  data.words = new Map(Object.entries(data.words));
  data.dates = new Map(Object.entries(data.dates));
  data.until = new Map(Object.entries(data.until));
  const { rules } = data;
  for (const name of ['status', 'family', 'draw']) {
    rules.costs[name] = new Map(Object.entries(rules.costs[name]));
  }
  for (const name of ['affirming', 'asserting', 'denying', 'hidden', 'quoted']) {
    rules[name] = new Set(rules[name]);
  }
  data.tours ??= [];
  data.claims = new Map();
  for (const statement of data.statements.values()) listClaims(data, statement);
  /** @type {(one: Statement) => (Id | undefined)[]} */
  const ends = ({ s, o, place, under, via }) => [s, o, place, under, via];
  data.about = grouped(data.statements.values(), ends);
  const { by, nodes, edges, groups } = data.drawn;
  /** @type {(items: { of: Id }[]) => Map<Id, any>} */
  const byThing = items => new Map(items.map(item => [item.of, item]));
  data.drawn = { by, groups, places: byThing(nodes), lines: byThing(edges) };
  return data;
}

// Gives statements and claims what stands once for all that have it: they hold its place. What is given is shared.
/** @type {(data: { statements: Record<Id, any>; once?: Record<'statements' | 'claims', Record<string, unknown[]>> }) => void} */
function putBack({ statements, once }) {
  if (!once) return;
  const [told, claimed] = [once.statements, once.claims].map(Object.entries);
  /** @type {(record: any, fields: [string, unknown[]][]) => void} */
  const give = (record, fields) => {
    for (const [field, values] of fields) if (field in record) record[field] = values[record[field]];
  };
  for (const statement of Object.values(statements)) {
    give(statement, told);
    for (const claim of statement.claims) give(claim, claimed);
  }
}

/** @type {(data: Case, statement: Statement) => void} */
function listClaims(data, statement) {
  for (const claim of statement.claims) {
    claim.id ??= [statement.id, claim.by, claim.st, claim.src].join('.');
    data.claims.set(claim.id, { claim, statement });
  }
}

/** @type {(data: Case, id: Id) => string} */
export function nodeName(data, id) {
  if (id === 'unknown') return say('case.untold');
  return data.nodes.get(id)?.name ?? data.questions.get(id)?.name ?? id;
}

// The name of a thing in a language, or its usual one where it has none there.
/** @type {(data: Case, id: Id, label?: string) => string} */
export function nameIn(data, id, label = '') {
  return data.nodes.get(id)?.in?.[label] ?? nodeName(data, id);
}

/** @type {(data: Case, id: string) => string} */
export function word(data, id) {
  return data.words.get(id) ?? id;
}

/** @type {(data: Case, statement: Statement) => Predicate} */
export function predicate(data, statement) {
  return data.predicates.get(statement.p) ?? { label: statement.p, family: '', sign: 0 };
}

// The names of a node in the other languages of the case: tag, direction and text.
/** @type {(data: Case, node: Thing) => (Language & { text: string })[]} */
export function names(data, node) {
  const others = data.languages.slice(1).map(one => ({ ...one, text: node.in?.[one.tag] ?? '' }));
  return others.filter(({ text }) => text);
}

// Hearsay is nobody: it is called nothing and has no world.
/** @type {(data: Case, id: Id) => boolean} */
export const somebody = (data, id) => data.nodes.get(id)?.class !== 'Hearsay';
