-- What a release says otherwise than the rows that were known before it: what it says anew, changes or lacks.
CREATE OR REPLACE TEMPORARY TABLE differing AS
SELECT coalesce(before.claim, now.claim) AS claim, before.nth AS nth, now.claim IS NOT NULL AS said
FROM (SELECT * FROM stored WHERE known_to IS NULL) AS before
     FULL JOIN kept AS now ON before.claim = now.claim
WHERE CASE WHEN before.claim IS NULL THEN true
           WHEN now.claim IS NULL THEN {whole}
           ELSE ({before}) IS DISTINCT FROM ({now})
      END
