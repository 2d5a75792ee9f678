"""The page in a browser: what people see, click, type and hear."""
