-- The rows of older releases, each with the file it stands in. Of a release that is written anew nothing is
-- there, and what it ended on its day stands again.
CREATE OR REPLACE TEMPORARY VIEW {name} AS
SELECT {columns}, filename
FROM (SELECT * REPLACE (CASE WHEN known_to = {undone} THEN NULL ELSE known_to END AS known_to)
      FROM read_parquet({files}, filename = true, hive_partitioning = false))
