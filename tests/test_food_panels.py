"""The two panels that bring foods of one's own into the plan, on a page of their own, against a server here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import address_of
from streamlit.testing.v1 import AppTest
from usda_server import HTML, Reply, Usda, gateway, hit, page, serving

from dashboard.foods.fdc import client as fdc
from dashboard.foods.fdc.faults import Fault
from dashboard.plan import Day, Item, Plan, link
from dashboard.tables.read import load_tables
from dashboard.words import fdc as said
from dashboard.words import label as label_words
from dashboard.words.plan_faults import FAULTS

KEY = "KeyTypedForThisVisit"


def the_page() -> None:
    import streamlit as st

    from dashboard.ui import label_food, live_search, opening, shell, state

    with shell.entered():
        opening.begin()
        live_search.panel(0, 1)
        label_food.panel(0, 2)
        st.text(f"foods {len(state.plan().own_foods)}")


@pytest.fixture
def usda(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Usda]:
    with serving() as server:
        server.answers(Reply(page(hit()), headers={"X-RateLimit-Limit": "30", "X-RateLimit-Remaining": "29"}))
        monkeypatch.setenv(fdc.URL_VARIABLE, server.url)
        monkeypatch.setenv(fdc.CACHE_FOLDER_VARIABLE, str(tmp_path))
        monkeypatch.delenv(fdc.CACHE_REDIS_VARIABLE, raising=False)
        monkeypatch.delenv(fdc.KEY_VARIABLE, raising=False)
        yield server


@pytest.fixture
def app(usda: Usda) -> AppTest:
    test = AppTest.from_function(the_page, default_timeout=30)
    test.query_params[link.PARAMETER] = link.encode(Plan())
    return run(test)


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception, app.exception
    return app


def text(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.info, app.warning, app.success, app.text)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def plan_of(app: AppTest) -> Plan:
    opened = link.decode(address_of(app), weeks=load_tables().link_weeks).plan
    assert opened is not None
    return opened


def search_for(app: AppTest, query: str, key: str = "") -> AppTest:
    app.text_input(key="fdc_query").set_value(query)
    if key:
        app.text_input(key="fdc_key").set_value(key)
    next(button for button in app.button if button.label == said.SEARCH).click()
    return run(app)


def test_nothing_is_asked_until_the_button_is_pressed(app, usda):
    assert usda.asked == []
    assert said.DEMO_LIMITS in text(app)
    assert said.INTRO in text(app)


def test_results_say_b12_date_and_what_is_left(app, usda):
    search_for(app, "oat drink")
    # 0.38 µg per 100 ml, 240 ml
    assert "Oat drink, Plain Oats — 1 serving (1 cup), 240 g: **0.9 µg B12**" in text(app)
    assert "Data as of" in text(app)
    assert "29 requests of 30 left" in text(app)
    assert usda.asked[0].headers["X-Api-Key"] == "DEMO_KEY"


def test_the_key_typed_is_sent_and_is_not_in_the_address_or_on_screen(app, usda):
    search_for(app, "oat drink", KEY)
    assert usda.asked[0].headers["X-Api-Key"] == KEY
    assert app.text_input(key="fdc_key").proto.type == app.text_input(key="fdc_key").proto.PASSWORD
    assert KEY not in text(app)
    assert KEY not in str(dict(app.query_params))


def test_a_key_of_the_server_leaves_no_field_to_type_one(usda, monkeypatch):
    monkeypatch.setenv(fdc.KEY_VARIABLE, "KeyOfTheServer")
    app = run(AppTest.from_function(the_page, default_timeout=30))
    assert [field.key for field in app.text_input if field.key == "fdc_key"] == []
    assert said.KEY_SERVER in text(app)
    assert "KeyOfTheServer" not in text(app)


def test_a_key_of_the_secrets_file_is_used(usda):
    test = AppTest.from_function(the_page, default_timeout=30)
    test.secrets[fdc.KEY_VARIABLE] = "KeyOfTheSecrets"
    app = search_for(run(test), "oat drink")
    assert usda.asked[0].headers["X-Api-Key"] == "KeyOfTheSecrets"
    assert "KeyOfTheSecrets" not in text(app)


def test_a_food_found_online_stays_in_the_plan(app, usda):
    search_for(app, "oat drink")
    app.selectbox(key="fdc-diet-100").set_value("vegan")
    run(app)
    app.button(key="fdc-add-100").click()
    run(app)
    usda.close()
    (own,) = plan_of(app).own_foods
    assert (own.key, own.label, own.diet) == ("fdc-100", "Oat drink, Plain Oats", "vegan")
    assert plan_of(app).days[0].meal("lunch") == (Item("own:fdc-100", 240),)
    assert "stays there when you are offline" in text(app)
    assert "foods 1" in text(run(app))


def test_a_hit_without_b12_is_looked_up_once_more_when_it_is_added(app, usda):
    usda.by_path = {
        "/foods/search": Reply(page(hit(foodNutrients=[]))),
        "format=full": Reply(b"", 404),
        "format=abridged": Reply(hit()),
    }
    search_for(app, "oat drink")
    assert "**no B12 value**" in text(app)
    app.button(key="fdc-add-100").click()
    run(app)
    assert plan_of(app).own_foods[0].b12_ug_per_100g == 0.38


def test_a_hit_that_cannot_be_looked_up_is_added_as_unknown(app, usda):
    usda.by_path = {"/foods/search": Reply(page(hit(foodNutrients=[]))), "/food/": Reply(HTML, 404)}
    search_for(app, "oat drink")
    app.button(key="fdc-add-100").click()
    run(app)
    assert plan_of(app).own_foods[0].b12_ug_per_100g is None


@pytest.mark.parametrize(
    ("reply", "fault"),
    [(Reply(gateway("API_KEY_INVALID"), 403), Fault.KEY_REFUSED), (Reply(HTML, 200), Fault.NOT_JSON), (Reply(b"{", 200), Fault.TRUNCATED)],
)
def test_a_fault_is_one_message_and_the_app_goes_on(app, usda, reply, fault):
    usda.answers(reply)
    search_for(app, "oat drink")
    assert [warning.value for warning in app.warning] == [said.FAULTS[fault]]
    fill_in_a_label(app)
    assert len(plan_of(app).own_foods) == 1


def test_no_server_is_one_message(app, usda):
    usda.close()
    search_for(app, "oat drink")
    assert [warning.value for warning in app.warning] == [said.FAULTS[Fault.OFFLINE]]


def test_nothing_found_says_so(app, usda):
    usda.answers(Reply(page()))
    search_for(app, "qwertz")
    assert said.NONE_FOUND in text(app)


def test_a_name_with_markup_is_shown_as_it_is(app, usda):
    usda.answers(Reply(page(hit(description="Bran *flakes* $5 <b>x</b>"))))
    search_for(app, "bran")
    assert r"Bran \*flakes\* \$5 bx/b, Plain Oats" in text(app)


def fill_in_a_label(app: AppTest) -> AppTest:
    app.text_input(key="label_name_0").set_value("My oat drink")
    app.text_input(key="label_serving_0").set_value("250")
    app.selectbox(key="label_unit_0").set_value("ml")
    app.text_input(key="label_amount_ug_0").set_value("0.95")
    app.selectbox(key="label_diet_0").set_value("vegan")
    app.radio(key="label_fortified_0").set_value("yes")
    run(app)
    app.button(key="label_add").click()
    return run(app)


def test_a_label_is_previewed_and_added(app):
    assert FAULTS["label-no-name"] in text(app)
    assert app.button(key="label_add").disabled
    app.text_input(key="label_name_0").set_value("Flakes")
    app.text_input(key="label_serving_0").set_value("30")
    app.selectbox(key="label_basis_0").set_value("us-dv")
    run(app)
    assert FAULTS["label-no-amount"] in text(app)
    app.text_input(key="label_amount_us-dv_0").set_value("25")
    run(app)
    # 25 % of 2.4 µg
    assert "One serving (30 g): 0.60 µg B12." in text(app)
    assert app.button(key="label_add").disabled, "whether B12 is an ingredient is asked, not guessed"
    assert label_words.SAY_FORTIFIED in text(app)
    app.radio(key="label_fortified_0").set_value("unknown")
    run(app)
    app.button(key="label_add").click()
    run(app)
    assert plan_of(app).own_foods[0].added_ug_per_100g is None
    assert plan_of(app).days[0].meal("dinner") == (Item("own:flakes", 30),)
    assert "Flakes was added to dinner." in text(app)
    assert FAULTS["label-no-name"] not in text(app), "no fault below a success"
    assert app.text_input(key="label_name_1").value == ""


def test_a_food_from_its_label_goes_to_every_day_at_once(usda):
    app = AppTest.from_function(the_page, default_timeout=30)
    app.query_params[link.PARAMETER] = link.encode(Plan(days=(Day("Monday"), Day("Tuesday"), Day("Friday"))))
    run(app)
    app.text_input(key="label_name_0").set_value("Oat drink")
    app.text_input(key="label_amount_ug_0").set_value("0.95")
    app.radio(key="label_fortified_0").set_value("yes")
    app.checkbox(key="label_every_day_0").check()
    run(app)
    assert "0.95 µg B12" in text(app)
    app.button(key="label_add").click()
    run(app)
    plan = plan_of(app)
    assert len(plan.own_foods) == 1
    assert all(Item("own:oat-drink", 100) in day.meal("dinner") for day in plan.days)
    assert f"Oat drink was added to dinner on {len(plan.days)} days." in text(app)


def test_a_percentage_does_not_become_micrograms_when_the_unit_is_changed(app):
    app.text_input(key="label_name_0").set_value("Flakes")
    app.selectbox(key="label_basis_0").set_value("us-dv")
    run(app)
    app.text_input(key="label_amount_us-dv_0").set_value("25")
    run(app)
    app.selectbox(key="label_basis_0").set_value("ug")
    run(app)
    assert app.text_input(key="label_amount_ug_0").value == ""
    assert FAULTS["label-no-amount"] in text(app)


def test_a_whole_label_goes_into_the_link(app):
    (own,) = plan_of(fill_in_a_label(app)).own_foods
    assert (own.label, own.diet, own.serving_g) == ("My oat drink", "vegan", 250)
    assert own.b12_ug_per_100g == own.added_ug_per_100g == pytest.approx(0.38)
