"""The answer in one line is never more reassuring than the verdict on the Plan page."""

from __future__ import annotations

import pytest
from hypothesis import given

from dashboard.advice.advise import Claim
from dashboard.estimate.adequacy import UsableVerdict
from dashboard.words.quiet_line import SHORT, quiet_line
from dashboard.words.verdict import VERDICTS, ifs, verdict
from tests.test_advise import EXAMPLES, TABLES, advised, plans

#: Words that take a verdict back, of which a short form keeps one where the long one has any.
CAVEATS = ("but", "not", "no ", "decides", "warning", "if ", "only", "fewer", "too low", "nothing", "please ask")


def test_every_verdict_has_a_short_form():
    assert set(SHORT) == set(VERDICTS)


def never_more_reassuring(plan) -> None:
    advice = advised(plan, TABLES)
    short, whole = quiet_line(advice), verdict(advice)
    assert not set("{}") & set(short)
    if "eets" in short:
        assert "meets" in whole
    if "likely enough" in short:
        assert "likely enough" in whole
        assert advice.usable_verdict is UsableVerdict.MEETS or ifs(advice.claim(Claim.MEETS), advice)
        assert ifs(advice.claim(Claim.MEETS), advice) in short, "an if is kept word for word"
    elif advice.verdict.value != "no-target":
        assert any(word in short.lower() for word in CAVEATS) or "short of" in short


@given(plans)
def test_the_line_is_never_more_reassuring(plan):
    never_more_reassuring(plan)


@pytest.mark.parametrize("plan", EXAMPLES.values(), ids=EXAMPLES)
def test_nor_for_an_example_of_each_rule(plan):
    never_more_reassuring(plan)
