-- events of any data set, with the names of ours
-- columns: source, target, sign, place, weight, valid_from, known_from, known_to
-- Each row has the day from which on it was known, and if it was dropped or changed since, that day.
SELECT source, target, valid_from AS day, sign, place, weight
FROM files
WHERE {known}
