"""The page that hands a plan over: what is asked, and that each button makes its file."""

from __future__ import annotations

from conftest import ROOT
from streamlit.testing.v1 import AppTest

from dashboard.plan import Person, link
from dashboard.words import handout as said


def opened(tables, person: Person) -> AppTest:
    from dashboard.weeks.starter import starter_plan

    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.query_params[link.PARAMETER] = link.encode(starter_plan(tables, person), share_conditions=True)
    app.run()
    return app.switch_page("pages/take_along.py").run()


def test_the_page_offers_print_and_sheets(tables):
    app = opened(tables, Person(34, diet="vegan"))
    assert not app.exception
    labels = {button.label for button in app.get("download_button")}
    assert {said.GET_PDF, said.GET_HTML, said.GET_XLSX, *said.GET_CSV.values()} <= labels
    assert all(box.label != said.PRINT_CONDITIONS for box in app.checkbox), "nobody is asked about conditions who named none"


def test_who_named_a_condition_is_asked_and_told_what_is_left_out(tables):
    app = opened(tables, Person(45, conditions=("gastric-bypass",)))
    assert any(box.label == said.PRINT_CONDITIONS for box in app.checkbox)
    assert any(said.PRINT_WITHOUT in caption.value for caption in app.caption)
