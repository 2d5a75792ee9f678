"""What may be one with what: lists of others, candidates with their reasons, and decisions."""
