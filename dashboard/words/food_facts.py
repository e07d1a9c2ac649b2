"""Words of the Foods page."""

from __future__ import annotations

from typing import Final

from dashboard import words
from dashboard.foods.figures import Figures
from dashboard.plan import Diet
from dashboard.tables.foods import Food

TITLE: Final = "What is in this food?"
GROUPS: Final = {
    "milk": "Milk and milk drinks",
    "yogurt": "Yogurt",
    "cheese": "Cheese",
    "cream-butter": "Cream and butter",
    "eggs": "Eggs",
    "beef": "Beef",
    "pork": "Pork",
    "lamb-game": "Lamb and game",
    "poultry": "Poultry",
    "processed-meat": "Ham, sausage, cold meat",
    "organ-meat": "Liver and other organ meat",
    "oily-fish": "Oily fish",
    "white-fish": "White fish",
    "shellfish": "Shellfish",
    "dishes-with-meat-or-fish": "Dishes with meat or fish",
    "dishes-vegetarian": "Vegetarian dishes",
    "dishes-vegan": "Vegan dishes",
    "breakfast-cereals": "Breakfast cereals",
    "plant-drinks": "Plant drinks",
    "plant-yogurt-cheese": "Plant yogurt and cheese",
    "meat-alternatives": "Meat alternatives",
    "soya-foods": "Tofu and soya foods",
    "pulses": "Beans, peas, lentils",
    "nuts-seeds": "Nuts and seeds",
    "grains-pasta-rice": "Grains, pasta, rice",
    "bread": "Bread",
    "bakery": "Bakery",
    "potatoes-roots": "Potatoes and roots",
    "vegetables": "Vegetables",
    "fruit": "Fruit",
    "fats-oils": "Fats and oils",
    "sauces-condiments": "Sauces and toppings",
    "herbs-spices": "Herbs and spices",
    "soups": "Soups",
    "drinks": "Drinks",
    "alcohol": "Alcohol",
    "sweets": "Sweets",
    "desserts": "Desserts",
    "snacks": "Snacks",
    "spreads": "Spreads",
    "bars-shakes": "Bars and shakes",
    "algae-ferments": "Algae and fermented foods",
    "own": "From a label",
}
ORIGINS: Final = {"": "Natural and fortified", "fortified": "Fortified only", "natural": "Natural only"}
NOTHING: Final = "No food fits. Try another word, take a filter away, or add the food from its label, below."
FIND: Final = "Find a food"
FIND_HINT: Final = "egg, soya drink, salmon …"
DIET: Final = "Diet"
ANY_DIET: Final = "Any"
GROUP: Final = "Group"
ALL_GROUPS: Final = "All groups"
ORIGIN: Final = "B12 that is"
OPEN: Final = "Open a food"
OTHER_RECORDS: Final = "USDA's other records of it:"
AMOUNT: Final = "Amount"
ADD_TO_PLAN: Final = "Add to the plan"
ADD_TO_DAY: Final = "Add foods to"
ADD_TO_MEAL: Final = "Meal"


def group(name: str) -> str:
    """A food group by its plain name; USDA's own groups keep theirs."""
    return GROUPS.get(name, name)


MOST_IN_A_PORTION: Final = (
    "{name} brings most in a usual portion: {amount}. A portion is what people eat at a time, so no food is ranked per 100 g."
)


def picture_title(diet: Diet) -> str:
    """The question over the picture."""
    return f"Where can B12 come from for {words.DIET_WHO[diet]}?"


def picture_note(rows: list[Figures]) -> str:
    """What the picture shows."""
    if not rows:
        return "No food of this table that fits holds B12 that can be relied on. A supplement can; ask a pharmacist or dietitian."
    best = rows[0]
    return MOST_IN_A_PORTION.format(name=best.food.name, amount=words.amount_ug(best.per_portion_ug))


def picture_alt(rows: list[Figures]) -> str:
    """Text alternative of the picture."""
    return "B12 in a usual portion: " + ", ".join(f"{r.food.name} {words.amount_ug(r.per_portion_ug)}" for r in rows)


def origin(food: Food) -> str:
    """Natural, added, or not known apart."""
    if food.b12_ug_per_100g is None:
        return "no value"
    if not food.counted:
        return "not counted: a source that cannot be relied on" if food.b12_ug_per_100g else "none"
    if food.added_ug_per_100g is None:
        return "the table does not tell natural and added apart"
    natural = food.b12_ug_per_100g - food.added_ug_per_100g
    return f"natural {words.amount_ug(natural)}, added {words.amount_ug(food.added_ug_per_100g)} per 100 g"


def published_range(food: Food) -> str:
    """The range of a label food; empty for others."""
    low, high = food.b12_low_ug_per_100g, food.b12_high_ug_per_100g
    if low is None or high is None or low == high:
        return ""
    used = words.number(food.b12_ug_per_100g or low)
    return f"Brands range from {words.number(low)} to {words.number(high)} µg per 100 g; {used} is used here."


def derivation(food: Food) -> str:
    """How USDA got the value, where it says so."""
    return (
        f"How the figure was found: {food.derivation}."
        if food.derivation
        else "USDA does not say for this food how the value was obtained."
    )


def record(food: Food) -> str:
    """One record of a food: data set, id, figure."""
    amount = "no value" if food.b12_ug_per_100g is None else f"{food.b12_ug_per_100g:g} µg per 100 g"
    return f"{food.usda_description or food.name} ({food.id}): {amount}"


def foods_alt(shown: int) -> str:
    """The text alternative of the table of foods that fit."""
    return f"{words.plural(shown, 'food')} with B12 per portion, per 100 g and per 100 kcal; choose one to open it"


def choose_food(shown: int, fitting: int) -> str:
    """How many of the foods that fit are listed, and how one is opened."""
    return f"{shown} of {words.plural(fitting, 'food')}. Choose a row, or open a food here:"


def usda_name(food: Food) -> str:
    """What USDA calls a food, and its number there."""
    return f"USDA: {food.usda_description} ({food.id})"


def portions_alt(food: Food) -> str:
    """The text alternative of the table of a food's portions."""
    return f"Portions of {food.name} with their B12"


def added_share(r: Figures) -> str:
    """How much of a food's B12 is added; empty where that is not known."""
    return "" if r.added_share is None else words.percent(100 * r.added_share)


def counted(food: Food) -> str:
    """Whether the app counts a food's B12."""
    return "yes" if food.counted else "no"


def made_of(food: Food) -> str:
    """The diet class of a food, what of animals is in it, and its allergens."""
    diet = words.DIET_CLASS_LABELS.get(food.diet, food.diet)
    contains = ", ".join(sorted(food.contains)) or "nothing from animals"
    return f"Diet: {diet}. Contains {contains}. Allergens: {', '.join(sorted(food.allergens)) or 'none listed'}."


ALL_OF_USDA: Final = "All generic USDA foods (about 13,500)"
ALL_OF_USDA_INTRO: Final = (
    "The app works with its own table of everyday foods. USDA's three generic data sets can be added on this machine: "
    "about 12 MB are fetched, once. The search above then finds their foods too."
)
FETCH: Final = "Fetch them from USDA"
FETCH_BY_OPERATOR: Final = "Whoever runs this app can add them with: python -m dashboard usda download"
OWN_TABLE_ONLY: Final = "The search finds the foods of this app's own table only."
IMPORTED_ALT: Final = "Imported USDA releases, with how many foods have, lack or have zero B12"
NOTHING_IMPORTED: Final = "None of USDA's releases is on this machine yet."
IMPORTING: Final = "Reading USDA's files …"


def not_fetched(reason: str) -> str:
    """That the releases could not be had; the app goes on without them."""
    return f"USDA's files could not be added. {reason} The app goes on with the foods it has.".replace("  ", " ")


# The command line ----------------------------------------------------------------------------------

LIMIT_WRONG: Final = "The limit must be 1 or more."
NO_QUERY: Final = "Say what to look for, or name a file with --queries."


def no_text_file(name: str) -> str:
    """A file with queries that is none."""
    return f"{name} cannot be read as text."


def not_in_table(food_id: str) -> str:
    """A food that is not there."""
    return f"{food_id!r} is not a food of the table. Look it up with: foods search"


def not_known_here(food_id: str) -> str:
    """A food that neither the table nor an imported release has."""
    return f"{food_id!r} is not a food that is known here. For any USDA food, import its release first: usda import ZIP"
