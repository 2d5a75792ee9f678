-- The rows that stand behind a dyad, each with the file and the number that it has there.
SELECT dataset, release, claim, file, "row", sign, place, weight, valid_from, valid_to, known_from, known_to
FROM stored
WHERE source = '{source}' AND target = '{target}' AND {known} {during}
ORDER BY valid_from, claim, known_from
