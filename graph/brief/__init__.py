"""A case on one page, in words, with a picture: for whoever has a minute or goes into a meeting."""
