"""The printed page and the exports: what goes home in the hand."""
