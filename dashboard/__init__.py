"""Vitamin B12 planning: from what a person eats to intake, usable B12, shortfall and next steps."""

from typing import Final

#: The version of the app; CITATION.cff and CHANGELOG.md name the same.
VERSION: Final = "2.0.0"
