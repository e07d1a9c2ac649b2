"""The page on body stores through AppTest: its numbers, its controls, and what it must not say."""

from __future__ import annotations

import json
import math
import re
from html import escape

import pytest
from conftest import opened
from streamlit.testing.v1 import AppTest
from test_words import forbidden_in

from dashboard.estimate.assess import assess
from dashboard.plan import Diet, LifeStage, Person, Plan, Supplement, add_supplement, keep_baseline
from dashboard.weeks.starter import starter_plan
from dashboard.words import outlook as words

TABLET = "+ Tablet,<br>   10 µg every day"


def outlook_page(plan: Plan) -> AppTest:
    return opened(plan, "outlook.py")


def text(app: AppTest) -> str:
    kinds = (app.markdown, app.header, app.subheader, app.info, app.warning, app.error)
    return "\n".join(value for kind in kinds for element in kind if not (value := str(element.value)).startswith("<style>"))


def lines(app: AppTest) -> dict[str, dict]:
    """The chart's lines and bands by name."""
    assert not app.exception
    return {trace["name"]: trace for trace in json.loads(app.get("plotly_chart")[0].proto.spec)["data"] if "name" in trace}


@pytest.fixture
def no_b12(tables) -> Plan:
    return starter_plan(tables, Person(34, diet=Diet.VEGAN), unfortified=True)


def test_a_plan_with_no_b12(no_b12):
    """1, 2.5 and 4 mg to 300 ug: ln(1000 / 300) / 0.002, ln(2500 / 300) / 0.001 and ln(4000 / 300) / 0.001 days."""
    app = outlook_page(no_b12)
    assert app.header[0].value == "How long will my stores last?"
    assert "in about 5.8 years (between 1.6 and 7.1 years)" in text(app)
    assert "about 2,500 µg (1,000 to 4,000)" in text(app)
    assert words.BLOOD_TEST in text(app)
    plan = lines(app)["Your plan"]
    assert (plan["x"][0], plan["x"][-1]) == (0, 10)
    assert plan["y"][0] == 2500
    assert plan["y"][12] == pytest.approx(2500 * math.exp(-0.36525))
    assert lines(app)["Your plan: low to high"]["y"][12] == pytest.approx(1000 * math.exp(-0.7305))
    numbers = app.dataframe[0].value
    assert list(numbers["Years from today"]) == list(range(11))
    assert list(numbers.iloc[1][["Your plan, low µg", "Your plan, estimate µg", "Your plan, high µg"]]) == [482, 1735, 2776]


def test_the_chart_tells_lines_apart_without_colour(no_b12):
    app = outlook_page(no_b12)
    app.selectbox(key="outlook_compare").set_value("tablet-10-daily").run()
    found = lines(app)
    dashes = [found[name]["line"]["dash"] for name in ("Your plan", TABLET, "No B12 at all")]
    assert len(set(dashes)) == 3
    assert found["Signs can begin: 300 µg"]["y"] == [300, 300]
    assert found["Signs can begin: 300 µg"]["line"]["dash"] not in dashes[:1]
    assert "annotations" not in json.loads(app.get("plotly_chart")[0].proto.spec)["layout"], "no name stands across a curve"
    assert app.get("plotly_chart")[0].proto.alt.startswith("Estimated B12 in store")


def test_a_former_diet_and_the_time_since(tables, no_b12):
    """The omnivore's steady pool, then two years of nothing."""
    app = outlook_page(no_b12)
    app.selectbox(key="outlook_before").set_value("omnivore").run()
    app.text_input(key="outlook_since").set_value("2").run()
    former = assess(starter_plan(tables, Person()), tables).usable.value / 0.001
    assert lines(app)["Your plan"]["y"][0] == pytest.approx(former * math.exp(-0.7305))
    left = math.log(former / 300) / 0.36525 - 2
    said = f"in about {left:.1f} years"
    assert text(app).count(said) == 1, "the answer above the controls follows them"
    app.run()
    assert text(app).count(said) == 1, "and is drawn so at once at the next run"


def test_a_tablet_from_a_date_on(no_b12):
    """Three years of nothing to 836 ug, then 1.3475 ug a day: 1347.5 - 511.8 e^-0.36525 after one more year."""
    app = outlook_page(no_b12)
    app.selectbox(key="outlook_compare").set_value("tablet-10-daily").run()
    app.text_input(key="outlook_change").set_value("3").run()
    tablet = lines(app)[TABLET]
    assert tablet["y"][36] == pytest.approx(835.7, abs=0.1)
    assert tablet["y"][48] == pytest.approx(992.3, abs=0.5)
    assert "1,103 days" in text(app)  # ln(1047.5 / 347.5) / 0.001, from 300 to 1000 ug


def test_injections_stand_as_pulses(no_b12):
    app = outlook_page(no_b12)
    app.selectbox(key="outlook_compare").set_value("injection-hydroxocobalamin-1000").run()
    needle = lines(app)["+ Hydroxocobalamin injection,<br>   1000 µg every 2 to 3 months"]
    assert (needle["x"][:2], needle["y"][:2]) == ([0, 0], pytest.approx([2500, 3225]))  # 0.725 of 1000 ug


def test_the_years_shown(no_b12):
    app = outlook_page(no_b12)
    app.slider(key="outlook_years").set_value(20).run()
    assert lines(app)["Your plan"]["x"][-1] == 20
    assert len(app.dataframe[0].value) == 21


def test_a_kept_plan_is_what_is_eaten_until_the_change(tables, no_b12):
    app = outlook_page(add_supplement(keep_baseline(no_b12), Supplement("tablet", 10, 7, False)))
    found = lines(app)
    assert found["The plan you kept"]["y"][12] == pytest.approx(2500 * math.exp(-0.36525))
    assert found["Your plan"]["y"][12] > 1900  # 1347.5 + 1152.5 e^-0.36525 = 2147


def forms_of(app):
    """The table of forms, a row each by its headings."""
    table = next(str(e.proto.body) for e in app.get("html") if "b12-rows" in str(e.proto.body))
    names = re.findall(r'scope="col">(.*?)</th>', table)
    rows = [re.findall(r"<span>(.*?)</span>", row) for row in table.split("<tr")[2:]]
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_every_form_is_in_the_table(tables, no_b12):
    forms = forms_of(outlook_page(no_b12))
    assert [row["Form and dose"] for row in forms] == [escape(r.label) for name, r in tables.regimens.items() if "-age-" not in name]
    assert {row["Who decides"] for row in forms if "injection" in row["Form and dose"]} == {"A clinician decides"}


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (Person(0), words.NOT_MODELLED_INFANT),
        (Person(12), words.NOT_MODELLED_CHILD),
        (Person(30, LifeStage.PREGNANT), words.NOT_MODELLED_PREGNANCY),
        (Person(30, LifeStage.BREASTFEEDING), words.NOT_MODELLED_PREGNANCY),
    ],
)
def test_whom_the_page_does_not_model(tables, person, said):
    app = outlook_page(starter_plan(tables, person))
    assert said in text(app)
    assert not app.get("plotly_chart")
    assert "General information" in app.caption[-1].value


def test_without_intrinsic_factor_nothing_swallowed_is_called_enough(tables):
    person = Person(60, diet=Diet.VEGAN, conditions=("pernicious-anaemia",))
    plan = starter_plan(tables, person)
    app = outlook_page(Plan(person, plan.days, (Supplement("tablet", 2000, 7, False),)))
    assert "Treatment for life is arranged with a clinician, who decides what is enough." in text(app)
    assert "stay above" not in text(app)
    assert "Your plan" not in lines(app)
    assert all("Tablet" not in choice for choice in app.selectbox(key="outlook_compare").options)
    assert {row["Until signs can begin"] for row in forms_of(app)} == {"a clinician decides"}


@pytest.mark.parametrize("conditions", [(), ("ppi",), ("pernicious-anaemia",), ("nitrous-oxide",)])
@pytest.mark.parametrize("unfortified", [True, False])
def test_it_informs_and_never_diagnoses(tables, unfortified, conditions):
    person = Person(60, diet=Diet.VEGAN, conditions=conditions)
    app = outlook_page(starter_plan(tables, person, unfortified=unfortified))
    cited = [m.value for e in app.expander if e.label.startswith("Sources") for m in e.markdown]  # titles of papers may say it
    urgent = "nitrous-oxide" in conditions
    assert urgent or cited
    said = text(app).casefold()
    for title in cited:
        said = said.replace(title.casefold(), "")
    assert not forbidden_in(said)
    assert "deficien" not in said
    assert "estimate" in said
    assert urgent or "blood test" in said


def test_what_is_left_out_is_said_with_its_sources(tables, no_b12):
    app = outlook_page(no_b12)
    for row in tables.outlook_limits.values():
        assert row.text in text(app)
    assert "Lederer" in text(app)
