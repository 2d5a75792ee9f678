-- What each release after the first of its data set added, changed and dropped, row by row. A row that ends on
-- a day and one with its id that is known from then on are a change.
SELECT * FROM (
  SELECT coalesce(now.dataset, was.dataset) AS dataset, releases.release AS release,
         coalesce(now.known_from, was.known_to) AS day, coalesce(now.claim, was.claim) AS claim,
         CASE WHEN was.claim IS NULL THEN 'added' WHEN now.claim IS NULL THEN 'dropped' ELSE 'changed' END AS change,
         {values},
         was.release AS was_release, was.file AS was_file, was."row" AS was_row, now.file, now."row"
  FROM (SELECT * FROM stored WHERE known_to IS NOT NULL) AS was
       FULL JOIN (SELECT stored.* FROM stored JOIN releases USING (dataset)
                  WHERE releases.number = 1 AND known_from > releases.day) AS now
       ON was.dataset = now.dataset AND was.claim = now.claim AND was.known_to = now.known_from
       JOIN releases ON releases.dataset = coalesce(now.dataset, was.dataset)
                        AND releases.day = coalesce(now.known_from, was.known_to))
WHERE true {narrowing}
ORDER BY dataset, day, change, claim
