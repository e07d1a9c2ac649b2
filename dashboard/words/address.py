"""What is said when a plan is opened from a link, from the tab or from a file, and when it cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from dashboard.estimate.assess import Assessment
from dashboard.plan import Plan, PlanError
from dashboard.plan.differences import Apart
from dashboard.tables.tables import Tables
from dashboard.words import about_me, day_list, number, plan_faults, plural, target_kind

PLAN_BEFORE: Final = "The plan on screen is the one you had before."
EXAMPLE_INSTEAD: Final = "An example week is shown instead."
RECEIVED: Final = "This plan was shared by link: age {who}; {target}. What you change here is your own copy; the sender does not see it."
RECEIVED_TARGET: Final = "target {target} µg ({kind})"
RECEIVED_NO_TARGET: Final = "no target to compare with"
DIFFERS: Final = "Different from the plan you had in this tab: {what}. The browser’s Back goes to yours."
DIFFERS_NOT: Final = "It has the same person, foods and supplements as the plan you had in this tab."
#: Fields of the person, as they are said where two plans differ.
PERSON_FIELDS: Final = {
    "age_years": "age",
    "life_stage": "pregnancy or breastfeeding",
    "diet": "diet",
    "excludes": "foods that are left out",
    "conditions": "conditions and medicines",
    "reference_set": "values to compare with",
    "shops_in": "where to shop",
}
LINK_WITHOUT: Final = "This link carries no conditions or medicines. If any apply, add them: the figures can change."
LEAVE_OUT: Final = "Leave them out"
#: Beside the notice that a plan was shared.
PUT_AWAY: Final = "Close"
#: Beside Undo, and in view where nobody can point at it.
UNDO_ANEW: Final = "Undo starts anew after a reload; the browser’s Back still goes to earlier plans."
TAB_FORGETS: Final = "This browser keeps nothing for a page, so conditions and medicines are left out after a reload."
OPENING: Final = "Opening the plan that is kept in this tab …"
SAVE: Final = "Save as a file"
NAMED_MAX: Final = 5


def received(a: Assessment, tables: Tables, *, with_conditions: bool) -> str:
    """That a plan was shared, for whom it is and what it is compared with. Conditions only where the link carries them."""
    p = a.plan.person
    target = RECEIVED_TARGET.format(target=number(a.target.intake_ug), kind=target_kind(a.target)) if a.target else RECEIVED_NO_TARGET
    who = about_me.about(p if with_conditions else replace(p, conditions=()), tables)
    return RECEIVED.format(who=", ".join(who), target=target)


def differs(found: Apart) -> str:
    """How a plan that was received differs from the one that the tab showed before."""
    if found.same:
        return DIFFERS_NOT
    what = [PERSON_FIELDS[name] for name in found.person]
    what += [plural(count, noun) for count, noun in ((found.foods, "food"), (found.supplements, "supplement")) if count]
    return DIFFERS.format(what=", ".join(what))


def link_with_mine(labels: Sequence[str]) -> str:
    """Somebody else's link was opened in a tab that remembers conditions."""
    return f"This link carries no conditions or medicines. The figures count in those kept in this tab: {day_list(list(labels))}."


def too_long(length: int, longest: int) -> str:
    """The plan does not fit into a link."""
    return (
        f"This plan is too long for a link: {length:,} characters, and a link holds {longest:,}. "
        "It stays in this browser tab only. Save it as a file to keep it or to send it."
    )


#: Behind the reason why an edit was refused, where more was changed before the answer came.
LATER_NOT_MADE: Final = "What you changed after that was not made either. Make it again."


def left_as_it_was(error: PlanError) -> str:
    """An edit was refused."""
    return f"{plan_faults.sentence(error)} The plan was left as it was."


EXCLUDES_UNKNOWN: Final = "Left out, but in words that this app does not know, so foods with it may still be offered: {named}."
CONDITIONS_UNKNOWN: Final = "Conditions or medicines that this app does not know, so the figures do not count them in: {named}."


def not_known(plan: Plan, tables: Tables) -> list[str]:
    """What a plan names and the tables do not know; the plan keeps it."""
    own = {food.id for food in plan.own_foods}
    foods = sorted({item.food for _, item in plan.items()} - set(tables.foods) - own)
    said = []
    if foods:
        named, rest = foods[:NAMED_MAX], len(foods) - NAMED_MAX
        more = f" and {plural(rest, 'other')}" if rest > 0 else ""
        said.append(f"Not in the food table, kept in the plan and counted as unknown: {', '.join(named)}{more}.")
    if plan.person.reference_set not in tables.reference_sets:
        said.append(f"The reference set {plan.person.reference_set} is not known to this app, so there is no target to compare with.")
    if excludes := [word for word in plan.person.excludes if word not in tables.exclusions]:
        said.append(EXCLUDES_UNKNOWN.format(named=", ".join(excludes)))
    if conditions := [word for word in plan.person.conditions if not tables.knows(word)]:
        said.append(CONDITIONS_UNKNOWN.format(named=", ".join(conditions)))
    return said
