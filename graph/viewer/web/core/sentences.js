// Statements in words, by the clauses of their predicates; the same as graph/model/patterns.py and
// graph/read/wording.py make of them.
import { apart, say } from '../words/index.js';
import { nodeName, predicate } from './case.js';
import { grouped } from './kept.js';
import { order } from './order.js';

const SUBJECT = '{subject}';
const OBJECT = '{object}';
const PLACE = /(\{(?:subject|object)\})/;

// What a statement says of its subject: a thing or a value.
/** @type {(data: Case, statement: Statement) => string} */
export function object(data, statement) {
  return statement.o === undefined ? statement.v ?? '' : nodeName(data, statement.o);
}

// The words and places of the clause of a statement: told from its subject, or from its object if
// that is what one looks at; a role is told from its object unless the subject is.
/** @type {(data: Case, statement: Statement, thing?: Id) => string[]} */
export function clause(data, statement, thing = '') {
  const { label, inverse, pattern, back, role } = predicate(data, statement);
  const joint = say('sentence.joint');
  const turned = back ?? (inverse && `${OBJECT}${joint}${inverse} ${SUBJECT}`);
  const wanted = statement.s === thing ? false : statement.o === thing || role;
  const told = (wanted && turned) || (pattern ?? `${SUBJECT}${joint}${label} ${OBJECT}`);
  return told.split(PLACE).filter(Boolean);
}

// A name as it stands in a sentence: quoted if it is like one itself.
/** @type {(data: Case, id: Id) => string} */
function named(data, id) {
  if (id === 'unknown') return say('sentence.untold');
  const name = nodeName(data, id);
  return data.rules.quoted.has(data.nodes.get(id)?.class ?? '') ? say('words.quoted', { name }) : apart(name);
}

/** @type {(data: Case, statement: Statement) => (part: string) => string} */
function filling(data, statement) {
  const said = statement.o === undefined ? statement.v ?? '' : named(data, statement.o);
  return part => ({ [SUBJECT]: named(data, statement.s), [OBJECT]: said })[part] ?? part;
}

// What a statement says, without its time and its full stop, as seen from a thing.
/** @type {(data: Case, statement: Statement, thing?: Id) => string} */
export function sentence(data, statement, thing = '') {
  const parts = clause(data, statement, thing);
  const told = parts.map(filling(data, statement)).join('').trim();
  const said = denied(statement, parts) ? say('sentence.denied', { told }) : told;
  return said.slice(0, 1).toUpperCase() + said.slice(1);
}

// The same without the thing, as it stands below its name: "is blamed for", and the name of the other end
// unless that stands above as well.
/** @type {(data: Case, statement: Statement, thing: Id, other?: Id) => string} */
export function phrase(data, statement, thing, other = '') {
  const parts = clause(data, statement, thing);
  const [own, far] = parts[0] === SUBJECT ? [SUBJECT, OBJECT] : [OBJECT, SUBJECT];
  /** @type {Record<string, Id | undefined>} */
  const ends = { [SUBJECT]: statement.s, [OBJECT]: statement.o };
  if (ends[own] !== thing) return sentence(data, statement, thing);
  const rest = parts.slice(1).filter((part, i, all) => !(part === far && ends[far] === other && i === all.length - 1));
  const said = rest.map(part => (part === far && ends[far] === other ? '…' : filling(data, statement)(part))).join('');
  const joint = say('sentence.joint');
  const told = (said.startsWith(joint) ? said.slice(joint.length) : said).trim();
  return denied(statement, parts) ? say('sentence.denied-it', { told }) : told;
}

// Whether a statement says that something is not so: what is true or false has no place for an object.
/** @type {(statement: Statement, parts: string[]) => boolean} */
export function denied({ v }, parts) {
  return v === 'no' && !parts.includes(OBJECT);
}

// Statements on a thing by what else they join it to, who has most first; within each in their order.
/** @type {(data: Case, thing: Id, statements: Statement[]) => [Id, Statement[]][]} */
export function byOther(data, thing, statements) {
  const found = grouped(statements, ({ s, o }) => [s === thing ? o ?? thing : s]);
  return [...found].sort(([a, one], [b, two]) => two.length - one.length || order(nodeName(data, a), nodeName(data, b)));
}
