"""What the low and high of the estimate take in, and what they leave out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dashboard.tables.foods import Food
from dashboard.tables.observed import Uncertainty
from dashboard.words import MARK_LABELS, day_list, food_b12, number

COVERED_TITLE: Final = "What the low and high cover"
NOT_COVERED_TITLE: Final = "What they do not cover"


def sentence(rows: Sequence[Uncertainty]) -> str:
    """One sentence to stand beside the figure; empty where nothing is taken up."""
    covered = [row.phrase for row in rows if row.covered and row.in_sentence]
    not_covered = [row.phrase for row in rows if not row.covered and row.in_sentence]
    if not covered or not not_covered:
        return ""
    return f"The low and high cover {day_list(covered)}; they do not cover {day_list(not_covered)}."


def matter(row: Uncertainty) -> str:
    """One thing that makes the figure uncertain; unchecked or chosen rows say so."""
    return f"{row.text} ({MARK_LABELS[row.mark]})" if row.mark in ("unsure", "choice") else row.text


def label_range(food: Food, weight_g: float) -> str:
    """How far brands differ in an amount of a food: 'brands 8.3 to 24 µg'; empty where labels give no range."""
    low, high = food.b12_low_ug_per_100g, food.b12_high_ug_per_100g
    if low is None or high is None or low == high:
        return ""
    return f"brands {number(low * weight_g / 100)} to {number(high * weight_g / 100)} µg"


def b12_with_brands(food: Food, weight_g: float) -> str:
    """A food's B12 in an amount, with how far brands differ where labels say so: '8.3 µg added (brands 8.3 to 24 µg)'."""
    brands = label_range(food, weight_g)
    return f"{food_b12(food, weight_g)} ({brands})" if brands else food_b12(food, weight_g)
