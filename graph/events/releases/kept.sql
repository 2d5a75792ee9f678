-- The rows of the files that can be kept, in the columns of a store.
CREATE OR REPLACE TEMPORARY VIEW kept AS
SELECT {columns}
FROM told
WHERE lacks IS NULL {once}
