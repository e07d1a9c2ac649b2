"""Headings of the tables of figures. One heading means the same in every table and every export."""

from __future__ import annotations

from typing import Final

# Observations and the estimate
OUTCOME: Final = "Outcome"
STUDY: Final = "Study"
WHO_OR_WHAT: Final = "Who or what"
SEEN: Final = "Seen"
COMPARED_ON: Final = "Compared on"
ESTIMATE: Final = "Estimate"
RULE: Final = "Rule"
WHY: Final = "Why"
PART_IN_THE_MODEL: Final = "Part in the model"
SOURCE: Final = "Source"
PLACE: Final = "Place"
HOW_IT_WAS_SEEN: Final = "How well it was seen"

# Reference sets
SET: Final = "Set"
KIND: Final = "Kind"
TARGET: Final = "Target µg"
AVERAGE_REQUIREMENT: Final = "Average requirement µg"
NEED: Final = "Need in absorbed terms"
RESTS_ON: Final = "What it rests on"
HOW_THAT_WAS_SEEN: Final = "How well that was seen"
HOW_THE_VALUE_WAS_SEEN: Final = "How well the value was seen"

# What moves the figure
CHANGED: Final = "What is changed"
HOW: Final = "How"
AT_ITS_LOW: Final = "Usable at its low"
AS_IT_IS: Final = "As it is"
AT_ITS_HIGH: Final = "Usable at its high"
HOW_THE_RANGE_WAS_SEEN: Final = "How well the range was seen"

# Stores
YEARS: Final = "Years from today"
FORM_AND_DOSE: Final = "Form and dose"
USABLE_WITH_PLAN: Final = "Usable with your plan, µg a day"
STORES_LATER: Final = "Stores in the long run"
DAYS_TO_REFILL: Final = "Days to refill low stores"
WHO_DECIDES: Final = "Who decides"

# Data sets and sources
DATA_SET: Final = "Data set"
FOODS: Final = "Foods"
READ_ON: Final = "Read on"
LICENCE: Final = "Licence"
ADDRESS: Final = "Address"
KEY: Final = "Key"
CITATION: Final = "Citation"
DOI: Final = "DOI"

# Days and meals
DAY: Final = "Day"
INTAKE: Final = "Intake µg"
NATURAL: Final = "Natural µg"
ADDED: Final = "Added µg"
SUPPLEMENT: Final = "Supplement µg"
GIVEN: Final = "Given µg"
MISSING: Final = "Missing µg"
USABLE: Final = "Usable µg"
FOODS_UNKNOWN: Final = "Foods without a value"
ENERGY: Final = "Energy kcal"
BASELINE: Final = "Baseline µg"
MEAL: Final = "Meal"
SWALLOWED: Final = "Swallowed µg"
PASSES: Final = "Passes through µg"
OVER_THE_LIMIT: Final = "Over what a meal can deliver µg"
HELD_BACK: Final = "Held back by conditions µg"

# Foods
FOOD: Final = "Food"
GRAMS_A_DAY: Final = "g a day"
B12_A_DAY: Final = "B12 µg a day"
ADDED_A_DAY: Final = "Added µg a day"
BY_BRAND: Final = "By brand"
NOT_COUNTED: Final = "Not counted µg"
PORTION: Final = "Portion"
WEIGHT: Final = "Weight"
B12: Final = "B12"
#: B12 in a usual portion; short, for a phone.
PER_PORTION: Final = "B12, µg"
PER_100G: Final = "µg per 100 g"
PER_100KCAL: Final = "µg per 100 kcal"
ADDED_SHARE: Final = "Added"
COUNTED: Final = "Counted"
DIET: Final = "Diet"
GROUP: Final = "Group"
USDA_ID: Final = "USDA id"
USDA_DERIVATION: Final = "How USDA got it"

# Doses and forms of supplements
ONE_DOSE_UG: Final = "One dose µg"
TAKEN_UP: Final = "Usable µg"
TAKEN_UP_PERCENT: Final = "Usable %"
HEALTHY: Final = "Healthy adult µg"
HEALTHY_PERCENT: Final = "Healthy adult %"
HOW_OFTEN: Final = "How often"
ONE_DOSE: Final = "One dose"
A_WEEK: Final = "A week"
USABLE_A_DAY: Final = "Usable µg a day"
TAKEN_A_WEEK: Final = "Swallowed or given µg a week"
COVERS: Final = "Covers the need"
DOSES_A_YEAR: Final = "Doses a year"
PRESCRIPTION: Final = "Prescription"
FOR_WHOM: Final = "For whom"
CAUTIONS: Final = "Cautions"
EVIDENCE: Final = "Evidence"

# A week before and after
INTAKE_BEFORE: Final = "Intake before µg"
INTAKE_AFTER: Final = "Intake after µg"
USABLE_BEFORE: Final = "Usable before µg"
USABLE_AFTER: Final = "Usable after µg"

# Imported releases of USDA
RELEASE: Final = "Release"
WITH_B12: Final = "With a B12 value"
ZERO_B12: Final = "of them zero"
NO_B12: Final = "No value"
