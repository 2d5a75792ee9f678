-- The rows of a table as they were written beside, every value a text.
CREATE TABLE rows AS
SELECT * FROM read_csv('{path}', header = false, delim = '{between}', quote = '{quote}', escape = '{quote}',
                       nullstr = '{none}', auto_detect = false, parallel = false,
                       max_line_size = 8000000, buffer_size = 16000000, new_line = '\n', columns = {{{columns}}})
