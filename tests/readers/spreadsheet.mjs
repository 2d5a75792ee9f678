// Opens a table as a spreadsheet does, with SheetJS: node spreadsheet.mjs FILE
//
// "rows" are the cells as text, with nothing taken for a number, date or formula; "values" are the
// cells as a spreadsheet types them; "formulas" are those that it would calculate, by their cells.
import { readFileSync } from "node:fs";
import * as XLSX from "xlsx";

const text = readFileSync(process.argv[2], "utf8");
const sheet = (options) => {
  const book = XLSX.read(text, { type: "string", FS: ",", ...options });
  return book.Sheets[book.SheetNames[0]];
};
const rows = (of) => XLSX.utils.sheet_to_json(of, { header: 1, defval: "", raw: true });
const typed = sheet({ cellFormula: true, cellDates: true });
const formulas = Object.fromEntries(
  Object.entries(typed).flatMap(([at, cell]) => (cell && cell.f ? [[at, cell.f]] : [])),
);
process.stdout.write(
  JSON.stringify({ rows: rows(sheet({ raw: true })), values: rows(typed), formulas }),
);
