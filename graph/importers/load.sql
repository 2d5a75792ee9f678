-- The rows of a table as they were written beside, every value a text.
CREATE TABLE rows AS
SELECT * FROM read_csv('{path}', header = true, delim = ',', quote = '"', escape = '"', nullstr = '\N',
                       auto_detect = false, parallel = false, max_line_size = 8000000,
                       new_line = '\r\n', columns = {{{columns}}})
