"""Many people in one go: their plans read, one row a person, and what may be said of the group."""
