INSERT DATA { GRAPH <urn:x-hudna:graph> {
# triples
} }
