"""Vitamin B12 planning: from what a person eats to intake, usable B12, shortfall and next steps."""
