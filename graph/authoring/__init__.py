"""Making a case: begin it, add its sources, find words, say what a sentence says."""
