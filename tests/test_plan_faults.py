"""Every fault of a plan, a link or a file has a sentence, and every sentence a fault."""

from __future__ import annotations

import ast
import pickle
import string

import pytest
from conftest import ROOT

from dashboard.plan import PlanError
from dashboard.plan.fault import Fault, Part, fault
from dashboard.words import plan_faults

RAISED_IN = (*sorted((ROOT / "dashboard" / "plan").glob("*.py")), ROOT / "dashboard/foods/label.py", ROOT / "dashboard/ui/opening.py")
#: Helpers that put the name of a field before the end of a code: which argument names it, and the ends.
BY_FIELD = {
    "in_limits": (1, ("-no-number", "-out-of-range")),
    "held": (1, ("-too-fine",)),
    "_tidy": (1, ("-no-list", "-unknown-word")),
    "_member": (2, ("-unknown",)),
}


def calls(*names: str) -> list[ast.Call]:
    found = (node for path in RAISED_IN for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    return [node for node in found if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names]


def text(node: ast.expr) -> set[str]:
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def codes() -> set[str]:
    """Every code that is raised or noted, also those made of a field and an end."""
    found = set().union(*(text(call.args[0]) for call in calls("PlanError", "fault") if call.args))
    for name, (place, ends) in BY_FIELD.items():
        for call in calls(name):
            if len(call.args) > place:
                found |= {f"{field}{end}" for field in text(call.args[place]) for end in ends}
    return found


def test_every_fault_has_a_sentence_and_every_sentence_a_fault():
    assert codes() == set(plan_faults.FAULTS)


def test_every_named_part_has_words():
    named = set().union(*(text(call.args[0]) for call in calls("Part")))
    assert named <= set(plan_faults.PARTS)


@pytest.mark.parametrize("call", [c for c in calls("PlanError", "fault") if c.args and text(c.args[0])], ids=lambda c: c.args[0].value)
def test_a_sentence_names_no_more_than_its_fault_brings(call):
    (code,) = text(call.args[0])
    asked = {name for _, name, _, _ in string.Formatter().parse(plan_faults.FAULTS[code]) if name}
    assert asked == {keyword.arg for keyword in call.keywords}


def test_a_reason_stands_in_a_sentence_without_its_full_stop():
    why = fault("grams-out-of-range", low=0, high=5000.0, given=6000.5)
    told = plan_faults.sentence(fault("left-out", part=Part("food", 2, "Monday", "lunch"), why=why))
    assert told == "Left out, Monday, lunch, food 2: An amount of food must be between 0 and 5000 g; 6000.5 was given."


def test_a_number_too_large_to_be_written_out_is_not():
    told = plan_faults.sentence(fault("age-out-of-range", low=0, high=120, given=None))
    assert told == "Age must be between 0 and 120 years; a number far outside was given."


def test_an_error_of_a_plan_comes_back_from_another_process():
    error = pickle.loads(pickle.dumps(PlanError("meal-full", most=40)))
    assert error.fault == Fault("meal-full", (("most", 40),))
    assert plan_faults.sentence(error) == "A meal can hold 40 foods at most."
