"""Records to a judged graph, checked and published; and builds, opened."""
