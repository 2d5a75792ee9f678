-- The first rows with what cannot be read as a number or a day.
SELECT file, "row", coalesce(unreadable, concat(ymd, ' is no day'))
FROM ({table})
WHERE unreadable IS NOT NULL OR ymd IS NOT NULL AND TRY(make_date(ymd // 10000, ymd // 100 % 100, ymd % 100)) IS NULL
LIMIT 3
