"""The food table: search and what may be offered to whom."""
