"""What a newcomer is asked, and told."""

from __future__ import annotations

from typing import Final

from dashboard.plan import AGE_MAX_YEARS, Diet

TITLE: Final = "Am I getting enough vitamin B12?"
WHAT_THIS_IS: Final = (
    "Three questions, then your week: this app adds up the B12 in what you eat and drink and compares it with what you need. "
    "It informs. It cannot tell whether you are ill, and it does not replace a doctor, dietitian or pharmacist."
)
DIET: Final = "1 of 3. How do you eat?"
DIETS: Final = {Diet.VEGAN: "Vegan", Diet.VEGETARIAN: "Vegetarian", Diet.OMNIVORE: "Everything"}
AGE: Final = "2 of 3. How old are you?"
AGE_LABEL: Final = "Your age in years"
AGE_MISSING: Final = f"Type an age from 0 to {AGE_MAX_YEARS}, in whole years."
APPLIES: Final = "3 of 3. Does one of these apply to you?"
APPLIES_HELP: Final = (
    "Each of them changes what you need, or how much B12 your body takes up. Tap all that apply. "
    "Antibodies to intrinsic factor count as pernicious anaemia."
)
OPERATION: Final = "A stomach or bowel operation"
WHICH_OPERATION: Final = "Which operation was it?"
OPERATION_OPEN: Final = (
    "You said that you had a stomach or bowel operation, but not which one, so it is not counted. Add it under “About me”."
)
PREGNANT: Final = "Pregnant"
BREASTFEEDING: Final = "Breastfeeding"
PERNICIOUS: Final = "Pernicious anaemia or autoimmune gastritis"
NEXT: Final = "Next"
SHOW_PLAN: Final = "Show my plan"
NONE_SHOW_PLAN: Final = "None of these: show my plan"
HOW_OFTEN: Final = "First say how often I eat what"
SKIP: Final = "Skip: show the example"
KEEP_WEEK: Final = "Keep the week as it is"
MAKE_WEEK: Final = "Make this my week"
#: Said where the answers would take the place of a week that is no untouched example.
REPLACES: Final = "Your answers take the place of the foods in your plan. Undo brings them back."
