"""Tables that come in: rows of other data sets as things, statements and claims of a case.

A *format* says in TOML what the columns of a data set mean (``formats/*.toml``, and a file of the
user's own); nothing here knows one of them. ``tables`` reads rows, ``formats`` reads formats,
``drafting`` makes things and statements of rows, ``grouping`` makes few rows of many, ``releases``
compares with what an earlier release said, ``writing`` writes authored files.
"""
