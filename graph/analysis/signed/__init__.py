"""Balance, camps and frustration of signed networks."""
