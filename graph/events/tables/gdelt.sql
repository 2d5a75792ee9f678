-- GDELT 2.0 Events, by the names of its codebook
-- columns: Actor1Code, Actor2Code, SQLDATE, QuadClass, NumSources, ActionGeo_CountryCode
-- QuadClass 1 and 2 are cooperation in words and deeds, 3 and 4 conflict.
SELECT Actor1Code AS source,
       Actor2Code AS target,
       make_date(CAST(floor(CAST(SQLDATE AS INT) / 10000) AS INT),
                 CAST(floor(CAST(SQLDATE AS INT) / 100) AS INT) % 100,
                 CAST(SQLDATE AS INT) % 100) AS day,
       CASE WHEN CAST(QuadClass AS INT) <= 2 THEN 1 WHEN CAST(QuadClass AS INT) <= 4 THEN -1 ELSE 0 END AS sign,
       ActionGeo_CountryCode AS place,
       CAST(NumSources AS INT) AS weight
FROM files
