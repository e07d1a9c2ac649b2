"""The tables of data/: their rows, and the only code that reads them."""
