"""How far a finding hangs on what is disputed."""
