"""USDA's official releases: download them, import them into one local file, read foods from it."""
