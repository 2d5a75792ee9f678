-- GDELT 2.0 Events, by the names of its codebook
-- columns: Actor1Code, Actor2Code, SQLDATE, QuadClass, NumSources, ActionGeo_CountryCode
-- id: GLOBALEVENTID
-- QuadClass 1 and 2 are cooperation in words and deeds, 3 and 4 conflict.
SELECT CAST(Actor1Code AS STRING) AS source,
       CAST(Actor2Code AS STRING) AS target,
       CAST(SQLDATE AS INT) AS ymd,
       CASE WHEN CAST(QuadClass AS INT) <= 2 THEN 1 WHEN CAST(QuadClass AS INT) <= 4 THEN -1 ELSE 0 END AS sign,
       ActionGeo_CountryCode AS place,
       CAST(NumSources AS INT) AS weight
FROM files
