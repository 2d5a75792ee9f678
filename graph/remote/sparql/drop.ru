DROP SILENT GRAPH <urn:x-hudna:graph>
