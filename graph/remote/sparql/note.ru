DELETE WHERE { GRAPH <urn:x-hudna:manifest> { <urn:x-hudna:thing> ?p ?o } } ;
INSERT DATA { GRAPH <urn:x-hudna:manifest> {
# triples
} }
