-- A file of an older release (part), in which the rows that a newer one changes or lacks end on its day.
SELECT part.* EXCLUDE (nth)
       REPLACE (CASE WHEN ended.claim IS NULL THEN part.known_to ELSE DATE '{day}' END AS known_to)
FROM part
     LEFT JOIN (SELECT claim FROM differing WHERE nth = {nth}) AS ended
     ON part.claim = ended.claim AND part.known_to IS NULL
