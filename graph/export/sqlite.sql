-- Views over the tables of a case, for people and for tools such as Datasette.
-- NULL as a subject means that no source names it; value_type 'unknown', that none gives the object.

-- Who or what makes claims: actors, hearsay and documents.
CREATE VIEW voices AS
SELECT id, label FROM things UNION ALL SELECT id, title FROM sources;

-- Every statement in words, of whatever status.
CREATE VIEW statements_readable AS
SELECT s.id AS statement,
       coalesce(subjects.label, '(not known who or what)') AS subject_label,
       predicates.label AS predicate_label,
       CASE
         WHEN s.object IS NOT NULL THEN objects.label
         WHEN s.value_type = 'unknown' THEN '(not known)'
         WHEN s.value_type = 'boolean' THEN CASE s.value WHEN 'true' THEN 'yes' ELSE 'no' END
         WHEN s.value_type = 'kind' THEN coalesce(kinds.label, s.value)
         ELSE s.value
       END AS object_label,
       s.status,
       s."when",
       s.earliest_begin, s.latest_begin, s.earliest_end, s.latest_end,
       places.label AS place_label,
       (SELECT group_concat(told, '; ')
          FROM (SELECT DISTINCT voices.label || ': ' || kinds.label AS told
                  FROM claims
                  JOIN voices ON voices.id = claims.voice
                  JOIN kinds ON kinds.id = claims.stance
                 WHERE claims.statement = s.id
                 ORDER BY told)) AS voices,
       (SELECT count(*) FROM claims WHERE claims.statement = s.id) AS claims,
       (SELECT group_concat(title, '; ')
          FROM (SELECT DISTINCT sources.title
                  FROM claims JOIN sources ON sources.id = claims.source
                 WHERE claims.statement = s.id
                 ORDER BY sources.title)) AS sources,
       s.note
  FROM statements AS s
  JOIN predicates ON predicates.id = s.predicate
  LEFT JOIN things AS subjects ON subjects.id = s.subject
  LEFT JOIN things AS objects ON objects.id = s.object
  LEFT JOIN things AS places ON places.id = s.place
  LEFT JOIN kinds ON s.value_type = 'kind' AND kinds.id = s.value;

-- The ties between actors, and between actors and places, of whatever status, with their voices
-- and how each stands to it. What nobody claims is no tie: a statement that another only names.
CREATE VIEW ties AS
SELECT r.statement, r.status,
       s.subject, r.subject_label,
       s.predicate, r.predicate_label,
       s.object, r.object_label,
       predicates.sign, predicates.family,
       r."when", r.earliest_begin, r.latest_begin, r.earliest_end, r.latest_end,
       s.coverage, s.place, r.place_label,
       r.voices, r.claims, r.sources, r.note
  FROM statements_readable AS r
  JOIN statements AS s ON s.id = r.statement
  JOIN predicates ON predicates.id = s.predicate
 WHERE predicates.tie AND s.subject IS NOT NULL AND s.object IS NOT NULL
   AND s.id IN (SELECT statement FROM claims);

-- Every claim in words: who stands how to which statement, in which source at which sentences.
CREATE VIEW claims_readable AS
SELECT c.id AS claim,
       voices.label AS voice_label,
       stances.label AS stance,
       c.certainty,
       r.subject_label || ' | ' || r.predicate_label || ' | ' || r.object_label AS statement_label,
       r.status,
       r."when",
       sources.title AS source_title,
       (SELECT group_concat(sentence, ', ')
          FROM (SELECT passages.sentence
                  FROM claim_passages JOIN passages ON passages.id = claim_passages.passage
                 WHERE claim_passages.claim = c.id
                 ORDER BY passages.start)) AS sentences,
       (SELECT count(*) FROM disputes WHERE disputes.claim = c.id) AS disputed_claims,
       c.note,
       c.statement, c.voice, c.source
  FROM claims AS c
  JOIN statements_readable AS r ON r.statement = c.statement
  LEFT JOIN voices ON voices.id = c.voice
  LEFT JOIN kinds AS stances ON stances.id = c.stance
  LEFT JOIN sources ON sources.id = c.source;

-- What each world holds: 'accepted' is common ground, 'alleged' what only others than the authors
-- of the sources assert, and 'voice/ID' what that voice asserts; what had ended by the day as of
-- which the case stands is in 'past', 'past/alleged' and 'past/voice/ID', unless it also goes on.
CREATE VIEW worlds AS
WITH held AS (
  SELECT DISTINCT world, subject, predicate, object, value, value_type, past IS TRUE AS past
    FROM (SELECT status AS world, id FROM statements WHERE status IN ('accepted', 'alleged')
          UNION ALL
          SELECT 'voice/' || voice, statement
            FROM claims JOIN kinds AS stances ON stances.id = claims.stance
           WHERE stances.as_fact AND statement NOT IN (SELECT statement FROM conditions) AND voice NOT LIKE 'unattributed/%')
    JOIN statements USING (id)
   WHERE subject IS NOT NULL)
SELECT world, subject, predicate, object, value, value_type FROM held WHERE NOT past
UNION ALL
SELECT CASE world WHEN 'accepted' THEN 'past' ELSE 'past/' || world END,
       subject, predicate, object, value, value_type
  FROM (SELECT world, subject, predicate, object, value, value_type FROM held WHERE past
        EXCEPT
        SELECT world, subject, predicate, object, value, value_type FROM held WHERE NOT past);

-- When events took place and agreements were concluded, by accepted statements.
CREATE VIEW dates_of_things AS
SELECT things.id AS thing, things.label, things.class, s."when", s.when_text,
       s.earliest_begin, s.latest_begin, s.earliest_end, s.latest_end, s.place,
       s.id AS statement
  FROM statements AS s JOIN things ON things.id = s.subject
 WHERE s.predicate IN ('occurred', 'concluded') AND s.status = 'accepted';
