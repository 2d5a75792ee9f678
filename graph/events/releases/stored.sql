-- The rows of older releases, each with the number of its file. Of a release that is written anew nothing is
-- there, and what it ended on its day stands again.
CREATE OR REPLACE TEMPORARY VIEW {name} AS
SELECT {columns}, nth
FROM (SELECT * REPLACE (CASE WHEN known_to = {undone} THEN NULL ELSE known_to END AS known_to), file_index AS nth
      FROM read_parquet({files}, hive_partitioning = false))
