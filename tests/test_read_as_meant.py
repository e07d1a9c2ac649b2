"""What a file or a typed text says is read as it means it, or told: baselines of other versions, columns of people."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from dashboard.plan import Day, Item, Plan, plan_file
from dashboard.words import plan_faults

# Plan files ---------------------------------------------------------------------------------------


@given(st.one_of(st.none(), st.booleans(), st.integers(-3, 9), st.text(max_size=4), st.floats(0, 3), st.lists(st.integers(), max_size=2)))
def test_a_baseline_opens_in_the_version_of_the_file_or_not_at_all(version):
    """A file of another version is refused; the plan inside it that is compared with is no other matter."""
    kept = plan_file.to_json(Plan(days=(Day("Monday", ((Item("own:a", 20),), (), (), ())),)))
    found = plan_file.load(json.dumps(plan_file.to_json(Plan()) | {"baseline": kept | {"version": version}}))
    assert found.plan is not None
    alone = plan_file.load(json.dumps(kept | {"version": version}))
    assert (found.plan.baseline is None) == (alone.plan is None)
    assert [problem.code for problem in found.problems] == ([] if alone.plan else ["baseline-version"])
    assert all(plan_faults.sentences(found.problems))


def test_a_baseline_of_a_baseline_is_told():
    kept = plan_file.to_json(Plan())
    found = plan_file.load(json.dumps(kept | {"baseline": kept | {"baseline": kept}}))
    assert found.plan is not None and found.plan.baseline == Plan()
    assert [problem.code for problem in found.problems] == ["baseline-of-baseline"]
