// Reads JSON-LD with jsonld.js and prints its quads, sorted: node jsonld.mjs FILE
//
// What would have to be loaded from elsewhere is an error, and so is whatever would be dropped.
import { readFileSync } from "node:fs";
import jsonld from "jsonld";

const documentLoader = async (url) => {
  throw new Error(`${url} is outside of the file`);
};
const document = JSON.parse(readFileSync(process.argv[2], "utf8"));
const options = { format: "application/n-quads", documentLoader, safe: true };
const quads = await jsonld.toRDF(document, options);
process.stdout.write(JSON.stringify({ quads: quads.split("\n").filter(Boolean).sort() }));
