"""The rule language of data/ and the facts it speaks about: pure."""
