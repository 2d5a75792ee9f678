// Reads GEXF with Gephi Lite's own parser: node gexf.mjs FILE
import { readFileSync } from "node:fs";
import { MultiGraph } from "graphology";
import gexf from "graphology-gexf";

const graph = gexf.parse(MultiGraph, readFileSync(process.argv[2], "utf8"));
process.stdout.write(JSON.stringify({ type: graph.type, ...graph.export() }));
