"""What is said when an edit of a plan is refused, and when a link or a file cannot be read whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from dashboard.plan.fault import Fault, Part, PlanError

#: Sentences of faults by code. A fault that is the reason in another one loses its full stop there.
FAULTS: Final = {
    # The person
    "age-no-number": "Age must be a number.",
    "age-out-of-range": "Age must be between {low:g} and {high:g} years; {given} was given.",
    "age-not-whole": "Age must be in whole years.",
    "life-stage-unknown": "Life stage must be one of {known}; {given!r} was given.",
    "shops-in-unknown": "The place where food is bought must be one of {known}; {given!r} was given.",
    "shops-in-assumed": "Left out, where the person shops: {why}. Instead the usual place for the reference set is assumed.",
    "diet-unknown": "Diet must be one of {known}; {given!r} was given.",
    "excludes-no-list": "What is left out must be a list of words.",
    "excludes-unknown-word": "What is left out holds something that is not a known word: {given!r}.",
    "conditions-no-list": "Conditions and medicines must be a list of words.",
    "conditions-unknown-word": "Conditions and medicines hold something that is not a known word: {given!r}.",
    "reference-set-unknown": "The reference set is not one of the known sets.",
    # Foods, meals and days
    "food-id-unknown": "{given!r} is not a food number this app knows how to read.",
    "disliked-food-id-unknown": "A disliked food is not a food number this app knows how to read.",
    "grams-no-number": "An amount of food must be a number.",
    "grams-out-of-range": "An amount of food must be between {low:g} and {high:g} g; {given} was given.",
    "grams-too-fine": "A plan holds amounts of food in steps of {finest:g} g, and {given} g lies between two of them.",
    "off-not-true-or-false": "Whether a food is left out for now must be true or false.",
    "joined-no-list": "Joined meals must be a list of pairs of meals.",
    "joined-no-pair": "Joined meals must be pairs of two different meals.",
    "day-name-unknown": "{given!r} is not a day this app knows: use a weekday, 'Typical day' or 'Day 1' to 'Day {most}'.",
    "meals-count": "A day has {count} meals.",
    "meal-full": "A meal can hold {most} foods at most.",
    "nothing-eaten-not-true-or-false": "Whether nothing was eaten on a day must be true or false.",
    "lines-left-out-no-number": "How many lines of a record are left out must be a number.",
    "lines-left-out-out-of-range": "How many lines of a record are left out must be between {low:g} and {high:g}; {given} was given.",
    "lines-left-out-not-whole": "How many lines of a record are left out must be a whole number.",
    "days-count": "A plan has between 1 and {most} days; {given} were given.",
    "dislikes-full": "A plan can hold {most} disliked foods at most, as a list.",
    "baseline-of-baseline": "A baseline cannot have a baseline of its own.",
    # Supplements
    "supplement-form-unknown": "A supplement's form must be one of {known}; {given!r} was given.",
    "dose-no-number": "A supplement's dose must be a number.",
    "dose-out-of-range": "A supplement's dose must be between {low:g} and {high:g} µg; {given} was given.",
    "dose-too-fine": "A plan holds doses in steps of {finest:g} µg, and {given} µg lies between two of them.",
    "times-per-week-no-number": "How often a supplement is taken must be a number.",
    "times-per-week-out-of-range": "How often a supplement is taken must be between {low:g} and {high:g} times a week; {given} was given.",
    "times-per-week-too-fine": "A plan holds times a week in steps of {finest:g}, and {given} lies between two of them.",
    "with-food-not-true-or-false": "Whether a supplement is taken with food must be true or false.",
    "supplements-full": "A plan can hold {most} supplements at most.",
    # Foods of one's own
    "own-food-key": "A food of your own needs a short key of letters, digits and hyphens.",
    "own-food-unnamed": "A food of your own needs a name.",
    "b12-no-number": "B12 per 100 g must be a number.",
    "b12-out-of-range": "B12 per 100 g must be between {low:g} and {high:g} µg; {given} was given.",
    "b12-too-fine": "A plan holds B12 in steps of {finest:g} µg per 100 g, and {given} µg lies between two of them.",
    "added-b12-no-number": "Added B12 per 100 g must be a number.",
    "added-b12-out-of-range": "Added B12 per 100 g must be between {low:g} and {high:g} µg; {given} was given.",
    "added-b12-without-total": "Added B12 needs the total it is part of.",
    "serving-no-number": "A serving must be a number.",
    "serving-out-of-range": "A serving must be between {low:g} and {high:g} g; {given} was given.",
    "food-diet-unknown": "A food's diet must be vegan, vegetarian, omnivore or uncertain.",
    "own-foods-full": "A plan can hold {most} foods of your own at most, each with a key of its own.",
    # A food typed from its label
    "label-no-name": "Type the name of the food first.",
    "label-no-serving": "Type how much one serving weighs, in g or ml. It must be more than 0.",
    "label-no-unit": "A serving is given in g or ml.",
    "label-no-amount": "Type the B12 figure that the label prints. If it prints none, choose “B12 is not on the label”.",
    "label-negative": "The B12 figure must be 0 or more.",
    "label-too-much": (
        "That is more B12 than any food holds. Check the unit and the serving: 1 mg is 1,000 µg. "
        "If it is a tablet or a spray, add it under Supplements."
    ),
    "label-plan-full": "The plan has as many foods of your own as it can hold. Nothing was added.",
    "serving-too-fine": (
        "A plan holds servings in steps of {finest:g} g, and {given} g lies between two of them. "
        "Type several servings as one: their weight and their B12 together."
    ),
    # Edits
    "day-gone": "That day is no longer in the plan.",
    "food-gone": "That food is no longer in the plan.",
    "day-has-foods": "There are foods on that day. Take them out first to say that nothing was eaten.",
    "no-baseline": "No baseline is kept.",
    # A link as a whole
    "link-empty": "The link holds no plan.",
    "link-kept-in-tab": "The link leads to a plan that is too long for a link and is kept in another browser tab. Open its file.",
    "link-not-in-tab": "The address leads to a plan that was kept in another browser tab. Open its file to see it.",
    "link-too-long": "The link is longer than {most:,} characters, so it is not one of ours and was not opened.",
    "link-version": "The link was written by another version of this app, or is damaged at its start. It could not be opened.",
    "link-cut-off": "The link is cut off before the plan begins. Ask for it again.",
    "link-unopened": "The link could not be opened: {why}.",
    "link-damaged": "The link is damaged: nothing in it could be read. Ask for it again.",
    "link-changed": "This link was changed or cut off on its way. What could be read is shown; check it before you rely on it.",
    # Parts of a link
    "link-week-unknown": (
        "The link names an example week that this app does not know, so its days could not be read. Ask for the plan as a file."
    ),
    "link-change-unreadable": "Not read from the link: a change to the example week. Check the days before you rely on them.",
    "link-part-missing": "Not read from the link: {part}: missing, because the link ends too early.",
    "link-part-wrong": "Not read from the link: {part}: {why}.",
    "link-too-many": "Not read from the link: {part}: more than the {most} a plan can hold.",
    "link-ends": "Not read from the link: {part} and what follows: the link ends too early.",
    # Why a part of a link could not be read
    "form-unknown": "it is not in the form this app writes",
    "number-missing": "a number is missing",
    "number-too-long": "a number is longer than any in a plan",
    "not-a-digit": "{given!r} is not a digit",
    "food-cut-off": "a food is cut off",
    "no-food-letter": "{given!r} does not start a food",
    "word-unknown": "a word in it is not known",
    "day-without-name": "a day has no known name",
    "meal-missing": "a meal is missing",
    "nothing-eaten-but-foods": "that nothing was eaten, because it holds foods",
    "joined-unreadable": "which meals were eaten together",
    "left-out-unreadable": "how many lines of a record are missing",
    "supplement-cut-off": "a supplement is cut off",
    # A file as a whole
    "file-too-large": "The file is larger than {most_megabytes:g} MB, so it is not a plan and was not opened.",
    "file-too-many-parts": "The file has more parts than any plan, so it is not a plan and was not opened.",
    "file-not-json": "The file is not a plan: it is not JSON. Choose a file that this app has saved.",
    "file-key-twice": (
        "The file gives {key!r} twice in the same place, so nobody knows which of the two counts. Take one of them out and open it again."
    ),
    "file-without-days": "The file is not a plan: it has no days in it. Choose a file that this app has saved.",
    "file-version": "The file has version {given}; this app reads version {known}.",
    "file-version-of-another-kind": "The file has a version of another kind; this app reads version {known}.",
    "file-unopened": "The file could not be opened: {why}.",
    # Parts of a file
    "keys-unknown": "Not known to this app and left out of {part}: {keys}.",
    "keys-missing": "Not given for {part}, so the careful answer was assumed or it was left out: {keys}.",
    "not-a-list": "Left out, because it is not a list: {part}.",
    "only-the-first": "Only the first {most} of {given:,} were read: {part}.",
    "only-the-first-days": "Only the first {most} of {given:,} days were read.",
    "not-our-form": "Left out, because it is not in the form this app writes: {part}.",
    "left-out": "Left out, {part}: {why}.",
    "held-less-finely": "Rounded, {part}: {key} is {given} in the file and {held:g} in the plan, which holds no smaller parts.",
    "day-renamed": "Day {number} has a name this app does not keep; it is now called {name}.",
    "nothing-eaten-left-out": "Left out, that nothing was eaten on {day}: it holds foods.",
    "person-unreadable": "Who the plan is for could not be read; the app's defaults are shown.",
    "conditions-not-in-file": "The file holds no conditions or medicines. If any apply, add them: the figures can change.",
    "field-assumed": "The file does not give {key}; {assumed} is assumed.",
    "no-word-on-supplements": "The file does not say whether supplements are taken; none is counted.",
    "person-field-left-out": "Left out, {key} of the person: {why}. Instead {assumed} is assumed: check it before you read the figures.",
    "age-in-full-years": "The file gives an age of {given} years; {years} full years are counted.",
    "own-food-twice": "Two foods of your own are called {key}. “{kept}” was kept and “{label}” left out.",
    "days-unreadable": "The days could not be read and were left out.",
    "baseline-version": "The baseline was left out: it has another version than {known}, which this app reads.",
    "baseline-unreadable": "The baseline could not be read and was left out.",
    # Both
    "more-problems": "{count:,} more like these were found.",
}

#: Parts of a link or a file, as they stand in a sentence.
PARTS: Final = {
    "person": "who the plan is for",
    "excludes": "what is left out",
    "conditions": "conditions and medicines",
    "dislikes": "disliked foods",
    "baseline": "the baseline",
    "the-person": "the person",
    "the-plan": "the plan",
    "day": "day {number}",
    "days": "days",
    "number-of-days": "the number of days",
    "named-day": "{day}",
    "part-of-day": "part of {day}",
    "meals": "the meals of day {number}",
    "joined": "joined meals of {day}",
    "left-out-lines": "how many lines of a record {day} lacks",
    "food": "{day}, {meal}, food {number}",
    "foods": "{day}, {meal}, food",
    "supplement": "supplement {number}",
    "supplements": "supplements",
    "number-of-supplements": "the number of supplements",
    "own-food": "food of your own {number}",
    "own-foods": "foods of your own",
    "number-of-own-foods": "the number of foods of your own",
}

NOTHING_ASSUMED: Final = "none"
FAR_OUT: Final = "a number far outside"


def sentence(wrong: PlanError | Fault) -> str:
    """The fault as a sentence or two for the reader, as plain text."""
    found = wrong.fault if isinstance(wrong, PlanError) else wrong
    return FAULTS[found.code].format(**{name: _value(name, value) for name, value in found.values})


def sentences(faults: Iterable[Fault]) -> tuple[str, ...]:
    """A sentence for each fault."""
    return tuple(map(sentence, faults))


def _value(name: str, value: object) -> object:
    match value:
        case Fault():
            return sentence(value).removesuffix(".")
        case Part():
            return PARTS[value.kind].format(number=value.number, day=value.day, meal=value.meal)
        case tuple():
            return ", ".join(map(str, value))
        case None:
            return FAR_OUT if name == "given" else NOTHING_ASSUMED
        case float():
            return value if name != "given" else f"{value:g}"
        case _:
            return value
