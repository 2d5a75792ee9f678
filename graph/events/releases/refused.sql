-- How many rows of the files can be kept (lacks is NULL) or not, by reason, with the first that lack it.
SELECT lacks, count(*), arg_min(concat(file, ', row ', "row"), (file, "row"), 3) FILTER (WHERE lacks IS NOT NULL)
FROM told
GROUP BY lacks
