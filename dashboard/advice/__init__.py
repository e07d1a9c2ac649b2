"""What may be said and offered to a person, and what would help: pure."""
