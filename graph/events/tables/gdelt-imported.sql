-- GDELT as "hudna import" keeps it in a case, data/CASE/imports/*.parquet
-- columns: by_a_code, by_b_code, by_event, by_where, by_month, sources
-- id: id
-- CAMEO 01 to 08 is cooperation in words and deeds, 09 to 20 conflict.
SELECT CAST(by_a_code AS STRING) AS source,
       CAST(by_b_code AS STRING) AS target,
       CASE WHEN by_month <> '' THEN CAST(replace(concat(by_month, '-01'), '-', '') AS INT) END AS ymd,
       CASE WHEN by_event < '09' THEN 1 ELSE -1 END AS sign,
       by_where AS place,
       CAST(sources AS INT) AS weight
FROM files
