// Names of what a result names, asked of the endpoint and kept: labels, and of statements subject,
// predicate and object in words. Terms are called as the language has them, where that is not what the graph says.
import { apart, language } from '../words/index.js';

const AT_ONCE = 150; // So many are asked for with one query.
// The endpoint knows the prefixes.
const ROWS = iris => `SELECT ?x ?name ?s ?p ?term ?o {
  VALUES ?x { ${iris} }
  { ?x rdfs:label|skos:prefLabel ?name }
  UNION {
    ?x rdf:subject/rdfs:label ?s ; rdf:predicate ?term . ?term rdfs:label ?p .
    OPTIONAL { ?x rdf:object/rdfs:label ?o }
  }
}`;

/** @type {Map<string, Promise<Map<string, string>>>} */
const asked = new Map();

// Names by IRI; what has none is missing.
//   terms: what terms are called in the language, by IRI
/** @type {(iris: string[], endpoint: string, terms: Record<string, string>) => Promise<Map<string, string>>} */
export async function namesOf(iris, endpoint, terms) {
  const safe = [...new Set(iris)].filter(iri => /^https?:[^\s<>"{}|\\^`]+$/.test(iri));
  const fresh = safe.filter(iri => !asked.has(iri));
  for (let begin = 0; begin < fresh.length; begin += AT_ONCE) {
    const some = fresh.slice(begin, begin + AT_ONCE);
    const answer = ask(some, endpoint, terms).catch(() => new Map());
    for (const iri of some) asked.set(iri, answer);
  }
  const found = await Promise.all(safe.map(async iri => [iri, (await asked.get(iri))?.get(iri) ?? '']));
  return new Map(/** @type {[string, string][]} */ (found.filter(([, name]) => name)));
}

async function ask(iris, endpoint, terms) {
  const query = ROWS(iris.map(iri => `<${iri}>`).join(' '));
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: { Accept: 'application/sparql-results+json' },
    body: new URLSearchParams({ query }),
  });
  if (!answer.ok) return new Map();
  const { results } = await answer.json();
  // Of several names one in the language of the page counts, or else in English, or without a language.
  const rank = ({ name, s }) => {
    const tag = ((name ?? s)['xml:lang'] ?? '').split('-')[0];
    return tag === language() ? 2 : Number(['', 'en'].includes(tag));
  };
  const rows = results.bindings.sort((a, b) => rank(a) - rank(b));
  // A predicate is a verbal noun in a language of its own: "subject: label object".
  const clause = (s, p, term, o) => (terms[term] ? [`${apart(s)}:`, terms[term], apart(o)] : [s, p, o]).filter(Boolean).join(' ');
  return new Map(rows.map(({ x, name, s, p, term, o }) => [x.value, terms[x.value] ?? name?.value ?? clause(s?.value ?? '', p?.value, term?.value, o?.value ?? '')]));
}
