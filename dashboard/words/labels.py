"""Names of what can be chosen: diets, life stages, meals, forms of supplements, and of how well a figure was seen."""

from __future__ import annotations

from typing import Final

from dashboard.plan import MEALS, Diet, LifeStage

DIET_LABELS: Final = {Diet.VEGAN: "Vegan", Diet.VEGETARIAN: "Vegetarian", Diet.OMNIVORE: "Everything (omnivore)"}
DIET_SHORT: Final = {Diet.VEGAN: "vegan", Diet.VEGETARIAN: "vegetarian", Diet.OMNIVORE: "everything"}
DIET_WHO: Final = {Diet.VEGAN: "a vegan", Diet.VEGETARIAN: "a vegetarian", Diet.OMNIVORE: "somebody who eats everything"}
DIET_EATS: Final = {Diet.VEGAN: "vegan", Diet.VEGETARIAN: "vegetarian", Diet.OMNIVORE: "eats everything"}
DIET_CLASS_LABELS: Final = {
    "vegan": "vegan",
    "vegetarian": "vegetarian",
    "omnivore": "contains meat or fish",
    "uncertain": "diet class not certain",
}
LIFE_STAGE_LABELS: Final = {
    LifeStage.NONE: "Neither",
    LifeStage.PREGNANT: "Pregnant",
    LifeStage.BREASTFEEDING: "Breastfeeding",
}
MEAL_LABELS: Final = {meal: meal.capitalize() for meal in MEALS}
FORM_LABELS: Final = {
    "tablet": "Tablet",
    "chewable": "Chewable tablet",
    "sublingual": "Tablet under the tongue",
    "spray": "Mouth spray",
    "nasal": "Nasal spray",
    "injection": "Injection",
    "fortified-food": "Fortified food",
}
ADVICE_LABELS: Final = {
    "self-care": "Can be chosen alone",
    "discuss-first": "Discuss first",
    "clinician": "A clinician decides",
}
MARK_LABELS: Final = {
    "read": "read in the source",
    "read-2nd": "read where another text quotes it",
    "known": "known, not re-read word for word",
    "unsure": "not checked, provisional",
    "calc": "computed from the figures named",
    "choice": "a choice of this app, not a finding",
}
