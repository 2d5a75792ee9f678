MOVE GRAPH <urn:x-hudna:source> TO GRAPH <urn:x-hudna:target>
