DELETE WHERE { GRAPH <urn:x-hudna:manifest> { <urn:x-hudna:thing> ?p ?o } }
