-- UCDP Georeferenced Event Dataset, by the names of its codebook
-- columns: side_a, side_b, date_start, country
-- id: id
-- until: date_end
-- All of it is organised violence.
SELECT CAST(side_a AS STRING) AS source,
       CAST(side_b AS STRING) AS target,
       CAST(replace(substring(CAST(date_start AS STRING), 1, 10), '-', '') AS INT) AS ymd,
       -1 AS sign,
       country AS place,
       1 AS weight
FROM files
