"""The page "What would help?" shows the model's numbers, and its buttons do what they say."""

from __future__ import annotations

import json
import math
import re
from html import escape, unescape

import pytest
from conftest import ROOT, address_of, advised, opened
from streamlit.testing.v1 import AppTest

from dashboard import words
from dashboard.advice import regimens
from dashboard.advice.suggest import suggest
from dashboard.estimate.assess import assess
from dashboard.plan import Person, Plan, link
from dashboard.tables.read import load_tables
from dashboard.ui.as_text import as_text
from dashboard.weeks.starter import starter_plan
from dashboard.words import at_a_glance, offers
from dashboard.words import suggestions as said

#: What is worked out once it is opened.
FOLDED = ("ways", "one_dose")


def suggestions_page(plan: Plan) -> AppTest:
    return opened(plan, "suggestions.py", unfolded=FOLDED)


def text(app: AppTest) -> str:
    """What stands on screen; what stands on paper only is not in it."""
    said = [e.value for kind in (app.markdown, app.caption, app.info, app.subheader) for e in kind if not e.value.startswith("<style>")]
    return "\n".join([*said, *(unescape(e.proto.body) for e in app.get("html") if "b12-paper" not in e.proto.body)])


def forms_drawn(app: AppTest) -> str:
    """The picture of forms."""
    return next(e.proto.body for e in app.get("html") if "b12-picture forms" in e.proto.body)


def plan_of(app: AppTest) -> Plan:
    held = link.decode(address_of(app), weeks=load_tables().link_weeks).plan
    assert held is not None
    return held


@pytest.fixture(scope="module")
def vegan(tables_once):
    return starter_plan(tables_once, Person(34, diet="vegan"), unfortified=True)


@pytest.fixture(scope="module")
def tables_once():

    return load_tables()


def test_every_offer_is_a_card_with_the_same_five_facts(tables, vegan):
    app = suggestions_page(vegan)
    advice = advised(vegan, tables)
    shown = text(app)
    cards = [at_a_glance.of_food(s, advice, said.card(s, advice.assessment)) for s in suggest(advice, tables)]
    cards += [at_a_glance.of_regimen(e, advice) for e in regimens.compare(advice, tables) if e.regimen.regimen in advice.first_regimens]
    for card in cards:
        assert [name for name, _ in card.facts] == [
            at_a_glance.ENOUGH,
            at_a_glance.USABLE,
            at_a_glance.OFTEN,
            at_a_glance.SURE,
            at_a_glance.WHO,
        ]
        assert all(as_text(line) in shown for line in card.title)
        assert all(fact in shown for _, fact in card.facts)
    for s in suggest(advice, tables):
        assert len(s.edits) > 1, "a vegan plan never rests on one brand-dependent food (A5)"
    assert shown.count("Leber's eye disease") == 1, "a caution is said once"
    assert "A vegan diet needs a reliable source of B12." in shown


def test_what_comes_first_is_the_next_step_of_the_plan_page(tables):
    for plan in (starter_plan(tables, Person(34, diet="vegetarian")), starter_plan(tables, Person(34, diet="vegan"))):
        advice = advised(plan, tables)
        app = suggestions_page(plan)
        shown = text(app)
        step = offers.next_step(next(iter(suggest(advice, tables)), None), advice)
        assert as_text(step) in shown
        cards = [b.key for b in app.button if str(b.key).startswith(("suggest-", "regimen-"))]
        assert cards[0] == ("regimen-tablet-10-daily" if advice.before_foods is not None else "suggest-0")


def test_a_regimen_that_is_in_the_plan_is_not_added_twice(vegan):
    app = suggestions_page(vegan)
    beside = {b.key for b in app.button if str(b.key).startswith("regimen-")}
    app.button(key="regimen-tablet-10-daily").click().run()
    held = [b for b in app.button if b.key == "regimen-tablet-10-daily"]
    assert [(b.label, b.disabled) for b in held] == [(said.IN_PLAN, True)]
    assert {b.key for b in app.button if str(b.key).startswith("regimen-")} == beside
    assert len(plan_of(app).supplements) == 1


def test_folded_parts_stay_where_they_are_when_what_was_added_leaves_them_empty(tables):
    app = suggestions_page(starter_plan(tables, Person(30, diet="vegetarian")))

    def folds() -> list[str]:
        return [re.sub(r"\d+", "", e.label) for e in app.expander]

    before = folds()
    assert said.CHANGES_TITLE in before
    app.button(key="suggest-0").click().run()
    assert "food-in-plan" in {b.key for b in app.button}
    assert folds() == before
    assert said.NOTHING_NOW in text(app)
    app.button(key="undo_added").click().run()
    assert folds() == before
    assert said.NOTHING_NOW not in text(app)


def test_the_picture_of_forms_has_the_need_in_every_row(tables, vegan):
    app = suggestions_page(vegan)
    drawn = forms_drawn(app)
    effects = regimens.compare(advised(vegan, tables), tables)
    assert drawn.count('class="mark"') == len(effects)
    for e in effects:
        assert f">{escape(e.regimen.label)}<" in drawn
        assert f">{words.band_ug(e.usable)}<" in drawn
    # The scale ends at powers of ten, which stand under it; 1.2 stands where its logarithm does.
    ticks = [float(ug) for ug in re.findall(r'style="left:[0-9.]+%">([0-9.]+)<', drawn)]
    low, high = math.log10(ticks[0]), math.log10(ticks[-1])
    need = float(re.search(r'class="mark" style="left:([0-9.]+)%', drawn).group(1))
    assert need == pytest.approx(100 * (math.log10(1.2) - low) / (high - low), abs=0.01)


def test_the_forms_are_filtered_and_sorted(tables, vegan):
    app = suggestions_page(vegan)
    effects = regimens.compare(advised(vegan, tables), tables)
    app.selectbox(key="forms_who").set_value("clinician").run()
    assert set(app.dataframe[0].value["Who decides"]) == {words.ADVICE_LABELS["clinician"]}
    app.selectbox(key="forms_who").set_value("").run()
    app.selectbox(key="forms_order").set_value("usable").run()
    most = max(effects, key=lambda e: e.usable.value)
    assert app.dataframe[0].value["Form and dose"].iloc[0] == most.regimen.label


def test_the_picture_of_one_dose_marks_the_plans_occasions(tables):
    plan = starter_plan(tables, Person(34, diet="vegetarian"))
    app = suggestions_page(plan)
    chart = json.loads(app.get("plotly_chart")[0].proto.spec)
    traces = {t["name"]: t for t in chart["data"]}
    assert set(traces) == {said.YOURS_BAND, said.YOURS, said.HEALTHY, said.OCCASIONS}
    eating = sum(1 for d in assess(plan, tables).days for m in d.meals if m.intake.total_ug)
    assert len(traces[said.OCCASIONS]["x"]) == eating


def test_what_is_folded_is_not_worked_out_before_it_is_opened(vegan):
    app = AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=60)
    app.query_params[link.PARAMETER] = link.encode(vegan)
    app.run()
    app.switch_page("pages/suggestions.py").run()
    assert {said.CHANGES_TITLE, said.DOSE_TITLE} <= {e.label for e in app.expander}
    assert not app.get("plotly_chart")
    assert not [b for b in app.button if str(b.key).startswith("propose-")]


def test_a_way_becomes_the_proposal_with_the_week_before(tables, vegan):
    app = suggestions_page(vegan)
    app.button(key="propose-tablet").click().run()
    plan = plan_of(app)
    assert plan.baseline == vegan
    assert [(s.dose_ug, s.times_per_week) for s in plan.supplements] == [(10, 7)]
    assert assess(plan, tables).usable.value == pytest.approx(1.35, abs=0.01)


def test_the_week_before_and_after_is_drawn(tables, vegan):
    app = suggestions_page(vegan)
    app.segmented_control(key="way_shown").set_value("tablet").run()
    assert not app.exception
    drawn = next(e.proto.body for e in app.get("html") if "b12-picture by-day" in e.proto.body)
    assert drawn.count('class="stood"') == len(vegan.days)
    assert drawn.count('<i class="supplement"') == len(vegan.days) + 1, "one for each day, one in the key"


def test_a_thumb_down_takes_the_food_away_and_travels_in_the_plan(vegan):
    app = suggestions_page(vegan)
    app.button(key="dislike-0").click().run()
    disliked = plan_of(app).dislikes
    assert "label:nutritional-yeast" in disliked
    assert "Nutritional yeast, fortified: " not in text(app)
    for food in disliked:
        app.button(key=f"offer-again-{food}").click().run()
    assert plan_of(app).dislikes == ()


def test_the_slider_says_what_comes_to_the_same(vegan):
    app = suggestions_page(vegan)
    assert "10 µg every day gives about 1.3 µg" in text(app) or "10 µg every day gives about 1.4 µg" in text(app)
    app.select_slider(key="same_dose").set_value(2000).run()
    app.selectbox(key="same_often").set_value(1).run()
    assert "2,000 µg once a week gives about 3.6 µg" in text(app)


def test_nothing_is_to_be_chosen_alone_without_intrinsic_factor(tables):
    app = suggestions_page(starter_plan(tables, Person(60, conditions=("pernicious-anaemia",))))
    assert not [b for b in app.button if str(b.key).startswith(("suggest-", "regimen-", "propose-"))]
    assert "Treatment for life comes first." in text(app)
    assert said.EQUIVALENTS_TITLE not in [e.label for e in app.expander]
    covers = set(app.dataframe[0].value.query("`Form and dose`.str.contains('Tablet')")["Covers the need"])
    assert covers == {"a clinician decides"}
    assert 'class="mark"' not in forms_drawn(app), "no line of need that a tablet could seem to reach"
