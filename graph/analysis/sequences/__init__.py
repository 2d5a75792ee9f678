"""What followed what, and what that cannot tell."""
