MOVE GRAPH <urn:x-hudna:from> TO GRAPH <urn:x-hudna:to>
