// Asks one or more SPARQL endpoints a query, as if they were one, and prints the answer as JSON:
// rows as objects of terms, quads as N-Triples of three terms, or true or false.
// Usage: node ask.mjs QUERY ENDPOINT...
import { QueryEngine } from "@comunica/query-sparql";
import { termToString } from "rdf-string-ttl";

const [query, ...endpoints] = process.argv.slice(2);
const sources = endpoints.map((value) => ({ type: "sparql", value }));
const found = await new QueryEngine().query(query, { sources });
const answer = await found.execute();

async function told() {
  if (found.resultType === "boolean") return answer;
  const all = await answer.toArray();
  if (found.resultType === "quads") {
    return all.map((quad) => [quad.subject, quad.predicate, quad.object].map(termToString));
  }
  return all.map((row) =>
    Object.fromEntries([...row].map(([name, term]) => [name.value, termToString(term)])),
  );
}

process.stdout.write(JSON.stringify(await told()));
