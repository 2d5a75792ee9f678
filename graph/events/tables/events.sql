-- events of any data set, with the names of ours
-- columns: source, target, sign, place, weight, valid_from, known_from, known_to
-- Each row has the day from which on it was known, and if it was dropped or changed since, that day.
SELECT source,
       target,
       year(valid_from) * 10000 + month(valid_from) * 100 + day(valid_from) AS ymd,
       sign,
       place,
       weight
FROM files
WHERE {known}
