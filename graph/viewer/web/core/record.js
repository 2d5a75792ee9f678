// What is held on a thing beside its ties; the same as graph/read/thing_record.py gives.
import { say } from '../words/index.js';
import { predicate } from './case.js';
import { grouped, once } from './kept.js';
import { order } from './order.js';
import { inTime, when } from './time.js';

const FACTS = ['occurred', 'concluded', 'observed'];

/** @typedef {{ id: Id; statement?: Statement; who: [Id, string][]; when: string; means: [string, Id][] }} SeenIn */

// What a mechanism is seen in, in order of time: who is in it, each with the words for the part, when, and
// through which channel, under what, where and with what scope.
/** @type {(data: Case, node: Thing) => SeenIn[]} */
export function seenIn(data, { seen = [] }) {
  const statements = seen.map(id => data.statements.get(id)).filter(one => one !== undefined).sort(inTime);
  const things = seen.filter(id => !data.statements.has(id));
  return [...statements.map(one => ofStatement(data, one)), ...things.map(id => ofThing(data, id))];
}

/** @type {(data: Case, statement: Statement) => SeenIn} */
function ofStatement(data, statement) {
  const { id, via = '', under = '', place = '', scope = '' } = statement;
  /** @type {[string, Id][]} */
  const told = [[say('record.through'), via], [say('record.under'), under], [say('record.at'), place], [say('record.scope'), scope]];
  return { id, statement, who: [], when: when(data, statement), means: told.filter(([, value]) => value) };
}

/** @type {(data: Case, id: Id) => SeenIn} */
function ofThing(data, id) {
  const on = (data.about.get(id) ?? []).filter(({ s }) => s === id);
  const roles = on.filter(one => one.o !== undefined && predicate(data, one).role);
  const happened = on.find(({ p }) => FACTS.includes(p));
  return {
    id,
    who: roles.map(one => [one.o ?? '', predicate(data, one).label]),
    when: happened ? when(data, happened) : '',
    means: [],
  };
}

// The mechanisms that are seen in a thing, each with the statements on the thing that are its instances.
/** @type {(data: Case, node: Thing) => { mechanism: Thing; through: Statement[] }[]} */
export function patterns(data, { id, shows = [] }) {
  const on = data.about.get(id) ?? [];
  return shows.flatMap(name => {
    const mechanism = data.nodes.get(name);
    const seen = new Set(mechanism?.seen);
    return mechanism ? [{ mechanism, through: on.filter(one => seen.has(one.id)) }] : [];
  });
}

// What a voice says: its claims, each with its statement, in order of time.
/** @type {(data: Case, voice: Id) => { claim: Claim; statement: Statement }[]} */
export function saidBy(data, voice) {
  const all = once(data, 'spoken', () => grouped(data.claims.values(), ({ claim }) => [claim.by]));
  return [...all.get(voice) ?? []].sort((a, b) => inTime(a.statement, b.statement) || order(a.claim.id, b.claim.id));
}

// The questions about a thing, or answered by what is stated of it.
/** @type {(data: Case, thing: Id) => Question[]} */
export function questionsOf(data, thing) {
  const answered = new Set((data.about.get(thing) ?? []).flatMap(({ q = [] }) => q));
  return [...data.questions.values()].filter(({ id, about }) => about.includes(thing) || answered.has(id));
}

// The editors' notes on a thing, or on a statement on it.
/** @type {(data: Case, thing: Id) => Case['notes']} */
export function notesAbout(data, thing) {
  const on = new Set([thing, ...(data.about.get(thing) ?? []).map(({ id }) => id)]);
  return data.notes.filter(note => note.on.some(id => on.has(id)));
}
