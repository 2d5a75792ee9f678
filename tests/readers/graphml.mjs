// Reads GraphML with graphology: node graphml.mjs FILE
import { readFileSync } from "node:fs";
import Graph from "graphology";
import graphml from "graphology-graphml";

const graph = graphml.parse(Graph, readFileSync(process.argv[2], "utf8"));
process.stdout.write(JSON.stringify({ type: graph.type, ...graph.export() }));
