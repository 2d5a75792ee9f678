-- events of any data set, with the names of ours
-- columns: source, target, sign, place, weight, valid_from, known_from, known_to
-- id: claim
-- until: valid_to
-- Each row has the day from which on it was known, and if it was dropped or changed since, that day.
SELECT CAST(source AS STRING) AS source,
       CAST(target AS STRING) AS target,
       year(CAST(valid_from AS DATE)) * 10000 + month(CAST(valid_from AS DATE)) * 100 + day(CAST(valid_from AS DATE)) AS ymd,
       CAST(sign AS INT) AS sign,
       place,
       CAST(weight AS DOUBLE) AS weight
FROM files
WHERE {known}
