-- Rows that have the same values in some columns, as one row: sums of figures, the least of others, of
-- all else what the first row has. The fingerprint of a group is that of its rows' fingerprints.
SELECT {by},
       {values},
       count(*) AS "rows",
       min("start") AS "start",
       max("end") AS "end",
       sha256(string_agg("sha256", '' ORDER BY "row")) AS "sha256",
       min("row") AS "row"
FROM rows
GROUP BY {by}
ORDER BY min("row")
