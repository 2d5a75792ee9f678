-- UCDP GED as "hudna import" keeps it in a case, data/CASE/imports/*.parquet
-- columns: a, b, by_a_id, by_b_id, by_month, by_country
-- id: id
SELECT CAST(a AS STRING) AS source,
       CAST(b AS STRING) AS target,
       CASE WHEN by_month <> '' THEN CAST(replace(concat(by_month, '-01'), '-', '') AS INT) END AS ymd,
       -1 AS sign,
       by_country AS place,
       1 AS weight
FROM files
