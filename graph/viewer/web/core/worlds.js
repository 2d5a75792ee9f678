// What each voice tells, and which voices there are.
import { nodeName, somebody } from './case.js';
import { once } from './kept.js';
import { order } from './order.js';

// A world is written "all", "agreed", "alleged", "alleged:VOICE", "voice:VOICE" or "only:VOICE".
const OF_ONE = ['voice', 'only'];

/** @type {(text?: string) => World} */
export function parseWorld(text) {
  const [mode, ...rest] = String(text ?? 'all').split(':');
  const voice = rest.join(':');
  const known = ['all', 'agreed', 'alleged', ...OF_ONE].includes(mode);
  return known && (!OF_ONE.includes(mode) || voice) ? { mode, voice } : { mode: 'all', voice: '' };
}

// Who says something on a condition does not say it.
/** @type {(statement: Statement, voice: Id, stances: Set<string>) => boolean} */
function says(statement, voice, stances) {
  if (statement.if) return false;
  return statement.claims.some(claim => claim.by === voice && stances.has(claim.st));
}

// The same as graph.read.rules.tells: a voice's world holds what was accepted when it spoke and
// what it asserts, less what it denies.
/** @type {(data: Case, statement: Statement, world: World) => boolean} */
export function inWorld({ rules, until }, statement, { mode, voice }) {
  if (mode === 'agreed') return statement.status === 'accepted';
  if (mode === 'alleged') {
    return statement.status === 'alleged' && (!voice || says(statement, voice, rules.asserting));
  }
  if (mode === 'all') return true;
  const own = says(statement, voice, rules.asserting);
  if (mode === 'only') return own;
  const accepted = statement.status === 'accepted' && !((statement.told ?? '') > (until.get(voice) ?? '~'));
  return (accepted || own) && !statement.no?.includes(voice);
}

// How many lines a voice asserts, how many of them it adds to what is accepted, and how many of both it
// denies.
/** @type {(data: Case, voice: Id) => { own: number; plus: number; less: number }} */
export function shares(data, voice) {
  return once(data, `shares ${voice}`, () => {
    const found = { own: 0, plus: 0, less: 0 };
    for (const id of data.drawn.lines.keys()) {
      const statement = data.statements.get(id);
      const own = inWorld(data, statement, { mode: 'only', voice });
      const accepted = inWorld(data, { ...statement, no: [] }, { mode: 'voice', voice }) && statement.status === 'accepted';
      found.own += Number(own);
      found.plus += Number(own && !accepted);
      found.less += Number(Boolean(statement.no?.includes(voice)) && (own || accepted));
    }
    return found;
  });
}

// How many statements each voice asserts.
/** @type {(data: Case) => Map<Id, number>} */
function asserted({ statements, rules }) {
  const found = new Map();
  for (const statement of statements.values()) {
    for (const voice of new Set(statement.claims.map(claim => claim.by))) {
      if (says(statement, voice, rules.asserting)) found.set(voice, (found.get(voice) ?? 0) + 1);
    }
  }
  return found;
}

// All voices but hearsay, with the number of their claims and of what they assert, those who assert most
// first.
/** @type {(data: Case) => { id: Id; count: number; own: number; name: string }[]} */
export function voices(data) {
  return once(data, 'voices', () => {
    const counts = new Map();
    for (const { claim } of data.claims.values()) {
      if (somebody(data, claim.by)) counts.set(claim.by, (counts.get(claim.by) ?? 0) + 1);
    }
    const own = asserted(data);
    return [...counts]
      .map(([id, count]) => ({ id, count, own: own.get(id) ?? 0, name: nodeName(data, id) }))
      .sort((a, b) => b.own - a.own || b.count - a.count || order(a.name, b.name));
  });
}

/** @type {(data: Case) => Set<Id>} */
export function authors(data) {
  return once(data, 'authors', () => new Set([...data.sources.values()].flatMap(({ by }) => by ?? [])));
}

// Voices that alone allege something.
/** @type {(data: Case) => Set<Id>} */
export function alleging(data) {
  const alleged = [...data.statements.values()].filter(one => one.status === 'alleged' && !one.if);
  const claims = alleged.flatMap(one => one.claims).filter(claim => data.rules.asserting.has(claim.st));
  return new Set(claims.map(claim => claim.by));
}

// Pairs of voices, none an author of a source, that contradict each other, the most first.
/** @type {(data: Case) => [Id, Id][]} */
export function rivals(data) {
  const told = authors(data);
  const pairs = new Map();
  for (const { claim } of data.claims.values()) {
    for (const other of claim.dis ?? []) {
      const voice = data.claims.get(other)?.claim.by;
      if (!voice || claim.by >= voice || told.has(claim.by) || told.has(voice)) continue;
      const key = `${claim.by} ${voice}`;
      pairs.set(key, (pairs.get(key) ?? 0) + 1);
    }
  }
  return [...pairs]
    .sort((a, b) => b[1] - a[1] || order(a[0], b[0]))
    .map(([key]) => /** @type {[Id, Id]} */ (key.split(' ')));
}
