-- Events of the same two actors, period, sign and place as one row; a period is told by its first day.
-- Whatever lacks an actor or a day, or joins an actor with itself, is left out. Days are numbers such as
-- 20160820 until they are grouped, which costs half of what dates or texts do.
SELECT source, target, {period} AS period, sign, place, number AS rows, weight
FROM (SELECT source, target, {bucket} AS bucket, sign, {place} AS place,
             count(*) AS number, CAST(coalesce(sum(weight), 0) AS DOUBLE) AS weight
      FROM events
      WHERE source <> target AND source <> '' AND target <> '' AND ymd IS NOT NULL {narrowing}
      GROUP BY {keys})
WHERE number >= {least}
