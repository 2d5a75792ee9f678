-- Rows whose id an earlier row has. Fingerprints find the few that may be such; then ids are compared.
CREATE OR REPLACE TEMPORARY TABLE twice AS
SELECT claim, file, "row"
FROM told
WHERE lacks IS NULL
  AND hash(claim) IN (SELECT mark
                      FROM (SELECT hash(claim) AS mark FROM told WHERE lacks IS NULL)
                      GROUP BY mark
                      HAVING count(*) > 1)
QUALIFY row_number() OVER (PARTITION BY claim ORDER BY file, "row") > 1
