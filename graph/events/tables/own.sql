-- events of your own, in one release
-- columns: id, source, target, sign, place, weight, valid_from
-- id: id
-- until: valid_to
SELECT CAST(source AS STRING) AS source,
       CAST(target AS STRING) AS target,
       year(CAST(valid_from AS DATE)) * 10000 + month(CAST(valid_from AS DATE)) * 100 + day(CAST(valid_from AS DATE)) AS ymd,
       CAST(sign AS INT) AS sign,
       place,
       CAST(weight AS DOUBLE) AS weight
FROM files
