#!/bin/sh
# Imports the tables of this folder into a new, empty database of Neo4j 5 or later.
# Usage: sh import.sh [DATABASE] [further options of neo4j-admin]
# For a database that already holds something, use load.cypher instead.
set -eu
cd "$(dirname "$0")"
database="${1:-neo4j}"
[ $# -gt 0 ] && shift
exec neo4j-admin database import full "$database" \
  --multiline-fields=true --array-delimiter='@DELIMITER@' \
@FILES@ \
  "$@"
