// Reads a table with a header with Papa Parse: node csv.mjs FILE
import { readFileSync } from "node:fs";
import Papa from "papaparse";

const text = readFileSync(process.argv[2], "utf8");
const read = Papa.parse(text, { header: true, skipEmptyLines: true });
process.stdout.write(
  JSON.stringify({ columns: read.meta.fields, rows: read.data, errors: read.errors }),
);
