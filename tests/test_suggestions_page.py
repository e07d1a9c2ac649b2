"""The page "What would help?" shows the model's numbers, and its buttons do what they say."""

from __future__ import annotations

import json

import pytest
from conftest import ROOT, address_of, advised
from streamlit.testing.v1 import AppTest

from dashboard.advice import regimens
from dashboard.advice.suggest import suggest
from dashboard.estimate.assess import assess
from dashboard.plan import Person, Plan, link
from dashboard.tables.read import load_tables
from dashboard.ui.as_text import as_text
from dashboard.weeks.starter import starter_plan
from dashboard.words import offers
from dashboard.words import suggestions as said


def opened(plan: Plan) -> AppTest:
    app = AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=60)
    app.query_params[link.PARAMETER] = link.encode(plan, share_conditions=True)
    app.run()
    app.switch_page("pages/suggestions.py").run()
    assert not app.exception
    return app


def text(app: AppTest) -> str:
    return "\n".join(e.value for kind in (app.markdown, app.caption, app.info, app.subheader) for e in kind)


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


def test_cards_show_what_the_model_found(tables, vegan):
    app = opened(vegan)
    advice = advised(vegan, tables)
    shown = text(app)
    for s in suggest(advice, tables):
        assert all(as_text(line) in shown for line in said.card(s, advice.assessment))
        assert offers.effect(s, advice) in shown
        assert offers.stays_open(s, advice) in shown
        assert len(s.edits) > 1, "a vegan plan never rests on one brand-dependent food (A5)"
    assert "A vegan diet needs a reliable source of B12." in shown


def test_the_chart_of_forms_has_the_need_as_a_line(tables, vegan):
    app = opened(vegan)
    chart = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert chart["layout"]["shapes"][0]["x0"] == pytest.approx(1.2)
    shown = {name: x for trace in chart["data"] for x, name in zip(trace["x"], trace["customdata"], strict=True)}
    for e in regimens.compare(advised(vegan, tables), tables):
        assert shown[e.regimen.label] == pytest.approx(e.usable.value)
    assert shown["Tablet, 10 µg every day"] == pytest.approx(1.35, abs=0.01)
    assert chart["layout"]["xaxis"]["type"] == "log"
    assert {t["name"] for t in chart["data"]} >= {said.CHOSEN_ALONE, said.BY_CLINICIAN}


def test_the_picture_of_one_dose_marks_the_plans_occasions(tables):
    plan = starter_plan(tables, Person(34, diet="vegetarian"))
    app = opened(plan)
    chart = json.loads(app.get("plotly_chart")[1].proto.spec)
    traces = {t["name"]: t for t in chart["data"]}
    assert set(traces) == {said.YOURS_BAND, said.YOURS, said.HEALTHY, said.OCCASIONS}
    eating = sum(1 for d in assess(plan, tables).days for m in d.meals if m.intake.total_ug)
    assert len(traces[said.OCCASIONS]["x"]) == eating


def test_a_way_becomes_the_proposal_with_the_week_before(tables, vegan):
    app = opened(vegan)
    app.button(key="propose-tablet").click().run()
    plan = plan_of(app)
    assert plan.baseline == vegan
    assert [(s.dose_ug, s.times_per_week) for s in plan.supplements] == [(10, 7)]
    assert assess(plan, tables).usable.value == pytest.approx(1.35, abs=0.01)


def test_the_week_before_and_after_is_drawn(tables, vegan):
    app = opened(vegan)
    app.segmented_control(key="way_shown").set_value("tablet").run()
    assert not app.exception
    chart = json.loads(app.get("plotly_chart")[0].proto.spec)
    bars = {t["name"]: t["y"] for t in chart["data"]}
    assert bars[said.BEFORE] == pytest.approx([d.intake_ug for d in assess(vegan, tables).days])
    assert bars[said.AFTER] == pytest.approx([10.0] * 7)


def test_a_thumb_down_takes_the_food_away_and_travels_in_the_plan(vegan):
    app = opened(vegan)
    app.button(key="dislike-0").click().run()
    disliked = plan_of(app).dislikes
    assert "label:nutritional-yeast" in disliked
    assert "Nutritional yeast, fortified: " not in text(app)
    for food in disliked:
        app.button(key=f"offer-again-{food}").click().run()
    assert plan_of(app).dislikes == ()


def test_the_slider_says_what_comes_to_the_same(vegan):
    app = opened(vegan)
    assert "10 µg every day gives about 1.3 µg" in text(app) or "10 µg every day gives about 1.4 µg" in text(app)
    app.select_slider(key="same_dose").set_value(2000).run()
    app.selectbox(key="same_often").set_value(1).run()
    assert "2,000 µg once a week gives about 3.6 µg" in text(app)


def test_nothing_is_to_be_chosen_alone_without_intrinsic_factor(tables):
    app = opened(starter_plan(tables, Person(60, conditions=("pernicious-anaemia",))))
    assert not [b for b in app.button if str(b.key).startswith(("suggest-", "regimen-", "propose-"))]
    assert "Treatment for life comes first." in text(app)
    assert said.EQUIVALENTS_TITLE not in [s.value for s in app.subheader]
    covers = set(app.dataframe[0].value.query("`Form and dose`.str.contains('Tablet')")["Covers the need"])
    assert covers == {"a clinician decides"}
    chart = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert not chart["layout"].get("shapes"), "no line of need that a tablet could seem to reach"
