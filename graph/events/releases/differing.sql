-- What a release says otherwise than the rows that were known before it: what it says anew, changes or lacks.
CREATE OR REPLACE TEMPORARY TABLE differing AS
SELECT coalesce(before.claim, now.claim) AS claim, before.filename AS filename, now.claim IS NOT NULL AS said
FROM (SELECT * FROM stored WHERE known_to IS NULL) AS before
     FULL JOIN kept AS now ON before.claim = now.claim
WHERE CASE WHEN before.claim IS NULL THEN true
           WHEN now.claim IS NULL THEN {whole}
           ELSE (before.source, before.target, before.sign, before.place, before.weight, before.valid_from,
                 before.valid_to)
                IS DISTINCT FROM
                (now.source, now.target, now.sign, now.place, now.weight, now.valid_from, now.valid_to)
      END
