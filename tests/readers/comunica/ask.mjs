// Asks SPARQL endpoints, several as if they were one, and prints the answers as JSON, a list: rows
// as objects of terms, quads as N-Triples of three terms, or true or false.
// Usage: node ask.mjs '[[QUERY, ENDPOINT...]...]'
import { QueryEngine } from "@comunica/query-sparql";
import { termToString } from "rdf-string-ttl";

const engine = new QueryEngine();

async function told([query, ...endpoints]) {
  const sources = endpoints.map((value) => ({ type: "sparql", value }));
  const found = await engine.query(query, { sources });
  const answer = await found.execute();
  if (found.resultType === "boolean") return answer;
  const all = await answer.toArray();
  if (found.resultType === "quads") {
    return all.map((quad) => [quad.subject, quad.predicate, quad.object].map(termToString));
  }
  return all.map((row) =>
    Object.fromEntries([...row].map(([name, term]) => [name.value, termToString(term)])),
  );
}

const answers = [];
for (const asked of JSON.parse(process.argv[2])) answers.push(await told(asked));
process.stdout.write(JSON.stringify(answers));
