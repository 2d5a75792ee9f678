-- Rows of files as a store keeps them, and why one cannot be kept. A number that cannot be read makes the
-- row one that cannot be kept, and not the whole release.
CREATE OR REPLACE TEMPORARY VIEW told AS
SELECT concat('{dataset}:', id) AS claim, file, "row", source, target, sign, place, weight,
       valid_from, valid_to, DATE '{day}' AS known_from, CAST(NULL AS DATE) AS known_to,
       CASE WHEN unreadable IS NOT NULL THEN concat(unreadable, ' cannot be read')
            WHEN coalesce(id, '') = '' THEN 'no id ({id})'
            WHEN coalesce(source, '') = '' THEN 'nobody who acts'
            WHEN coalesce(target, '') = '' THEN 'nobody on whom'
            WHEN ymd IS NULL THEN 'no day'
            WHEN valid_from IS NULL THEN 'a day that is none'
            WHEN valid_to < valid_from THEN 'the last day is before the first'
       END AS lacks
FROM (SELECT *, coalesce(TRY(make_date(until // 10000, until // 100 % 100, until % 100)), valid_from) AS valid_to
      FROM (SELECT id, substr(file, {root}) AS file, "row", unreadable, ymd, until,
                   CAST(source AS VARCHAR) AS source, CAST(target AS VARCHAR) AS target,
                   CAST(sign AS TINYINT) AS sign, nullif(CAST(place AS VARCHAR), '') AS place,
                   CAST(weight AS DOUBLE) AS weight,
                   TRY(make_date(ymd // 10000, ymd // 100 % 100, ymd % 100)) AS valid_from
            FROM ({table})))
