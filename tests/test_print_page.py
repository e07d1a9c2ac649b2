"""The page that hands a plan over: what is asked, what each way of taking it along holds, and that each button makes its file."""

from __future__ import annotations

import json

import pytest
from conftest import ROOT
from streamlit.testing.v1 import AppTest

from dashboard.advice.advise import advise
from dashboard.care.blood_tests import Result, bands, units
from dashboard.care.signs import RED
from dashboard.estimate.assess import assess
from dashboard.handout.content import Asked, page
from dashboard.handout.web_page import html
from dashboard.plan import Person, edit_person, link
from dashboard.tables.read import load_care_tables, load_tables
from dashboard.weeks.starter import starter_plan
from dashboard.words import clients as clients_words
from dashboard.words import handout as said
from dashboard.words import referral as referral_words
from dashboard.words import take_along as words
from dashboard.words import verdict

BYPASS = Person(45, conditions=("gastric-bypass",))


def opened(tables, person: Person, *, shared: bool = False) -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    plan = starter_plan(tables, person)
    app.query_params[link.PARAMETER] = link.encode(edit_person(plan, conditions=()) if not shared else plan, share_conditions=shared)
    app.run()
    return app.switch_page("pages/take_along.py").run()


def shown(app: AppTest) -> str:
    return "\n".join(str(element.value) for element in (*app.markdown, *app.caption, *app.subheader))


def copied(app: AppTest) -> str:
    """The code that the button copies."""
    data = next(e.proto.json for e in app.get("bidi_component") if "copied" in e.proto.json)
    return str(json.loads(data)["query"]).removeprefix(f"?{link.PARAMETER}=")


def test_the_page_is_one_place_for_all_ways_of_taking_a_plan_along(tables):
    app = opened(tables, Person(34, diet="vegan"))
    assert not app.exception
    labels = {button.label for button in app.get("download_button")}
    assert {said.GET_PDF, said.GET_HTML, said.GET_XLSX, said.GET_JSON, clients_words.SAVE, *said.GET_CSV.values()} <= labels
    for title in (words.LINK_TITLE, words.FILE_TITLE, words.SHEETS_TITLE, said.PRINT_TITLE, referral_words.TITLE):
        assert title in shown(app)
    assert words.ASK_ALONG not in {field.label for field in app.radio}, "nobody is asked about conditions who named none"


def test_who_named_a_condition_is_asked_and_sees_what_a_receiver_would_read(tables):
    app = opened(tables, BYPASS, shared=True)
    app.radio(key="conditions_along").set_value(False).run()
    plan = starter_plan(tables, BYPASS)
    bare = advise(assess(edit_person(plan, conditions=()), tables), tables)
    own = advise(assess(plan, tables), tables)
    assert verdict.verdict(bare) != verdict.verdict(own)
    texts = shown(app)
    for advice in (bare, own):
        assert verdict.verdict(advice).split(":")[0] in texts
    assert words.page_holds(plan, False) in texts
    assert "gastric-bypass" not in copied(app)
    assert not link.decode(copied(app), weeks=load_tables().link_weeks).conditions_shared
    assert said.GET_JSON not in {button.label for button in app.get("download_button")}
    app.radio(key="conditions_along").set_value(True).run()
    assert link.decode(copied(app), weeks=load_tables().link_weeks).plan == plan
    assert words.page_holds(plan, True) in shown(app)
    assert words.file_holds(plan, True) in shown(app)
    assert said.GET_JSON in {button.label for button in app.get("download_button")}


def test_the_answer_is_no_until_somebody_says_yes(tables):
    app = opened(tables, Person(45))
    app.session_state["_plan"] = starter_plan(tables, Person(45, conditions=("metformin",)))
    app.run()
    assert app.radio(key="conditions_along").value is False
    assert "metformin" not in copied(app)


# The summary for a clinician ------------------------------------------------------------------------


def summary(tables, **asked: object) -> str:
    advice = advise(assess(starter_plan(tables, BYPASS), tables), tables)
    return html(page(advice, Asked(with_conditions=True, referral=True, **asked), tables, load_care_tables())).decode("utf-8")


def test_the_summary_names_conditions_signs_and_results_and_carries_no_link(tables):
    text = summary(tables, signs=("Numb feet",), results=("Total B12: 150 pmol/L.",), urgency="appointment")
    for part in (said.REFERRAL_TITLE, "Gastric bypass", "Numb feet", "Total B12: 150 pmol/L.", referral_words.ASK_SIGNS):
        assert part in text, part
    assert said.LINK_TITLE not in text and said.QUESTIONS_TITLE not in text


@pytest.mark.parametrize("urgency", RED)
def test_a_red_flag_asks_for_somebody_today(tables, urgency):
    assert referral_words.ASK_NOW in summary(tables, signs=("x",), urgency=urgency)


def test_a_result_says_its_unit_the_laboratorys_range_and_every_published_band():
    care = load_care_tables()
    unit = units(care.tests, "total-b12")[0]
    result = Result(120, unit, 145, 569)
    text = referral_words.result(result, bands(care.tests, result))
    assert text.startswith(f"Total B12: 120 {unit.unit}. Laboratory's own range 145 to 569: below.")
    for scheme in {r.scheme for r in care.tests if r.kind == "band" and r.test == "total-b12"}:
        assert scheme in text
    assert referral_words.result(Result(49.9999, unit, bound="less"), ()).startswith("Total B12: under 50 ")


def test_the_summary_is_asked_for_on_the_page(tables):
    def script() -> None:
        from dashboard.plan import Person
        from dashboard.ui import referral, shell, state
        from dashboard.weeks.starter import starter_plan

        with shell.entered():
            if state.PLAN not in __import__("streamlit").session_state:
                state.show(starter_plan(shell.tables(), Person(45, conditions=("gastric-bypass",))), None)
            referral._form()

    app = AppTest.from_function(script, default_timeout=60).run()
    assert not app.exception
    assert referral_words.KEPT_NOWHERE in shown(app)
    assert {referral_words.GET_PDF, referral_words.GET_HTML} <= {button.label for button in app.get("download_button")}
    red = next(iter(load_care_tables().red_flags.values()))
    app.multiselect(key="referral_signs").set_value([red.sign]).run()
    assert not app.exception
    assert any(red.text.split(".")[0] in box.value for box in app.error), "a red flag is answered on the spot"


def test_the_plan_page_copies_no_link_past_the_question(tables):
    """With conditions a link is copied on the share page only, where it is asked whether they go along."""

    def links(person: Person) -> list[object]:
        app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
        app.query_params[link.PARAMETER] = link.encode(starter_plan(tables, person), share_conditions=True)
        app.run()
        found = [json.loads(e.proto.bytes) for e in app.get("bidi_component") if e.proto.component_name == "b12_plan_view"]
        return [data["link"] for data in found]

    assert links(Person(45)) == [True]
    assert links(BYPASS) == [False]
