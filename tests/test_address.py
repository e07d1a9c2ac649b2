"""What comes from the browser is checked; the plan of the address is shown; conditions stay with their tab; nothing is lost."""

from __future__ import annotations

import ast
import json
from dataclasses import asdict, replace

import pytest
from conftest import ROOT, address_of
from hypothesis import given
from hypothesis import strategies as st
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextInput

from dashboard import words
from dashboard.plan import MEALS, Day, Item, OwnFood, Person, Plan, Supplement, keep_baseline, link
from dashboard.tables.read import load_tables
from dashboard.ui import address, estimates, frame
from dashboard.ui.undo import PLANS_MAX, Timeline, Was
from dashboard.weeks.starter import starter_plan
from dashboard.words import address as said
from dashboard.words import plan_faults

# News of the element -----------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.dictionaries(
    st.sampled_from(["number", "session", "step", "address", "conditions", "known", "before", "whose", "plan", "forgets"]), JSON
)


@given(JSON | FIELDS)
def test_whatever_a_browser_sends_is_read_or_ignored(raw):
    told = address.read_told(raw)
    if told is not None:
        assert 0 <= told.number < address.COUNT_MAX and 0 <= told.step < address.COUNT_MAX
        assert len(told.address) <= link.LINK_MAX + 1
        assert told.conditions is None or all(address.CONDITION.fullmatch(c) for c in told.conditions)
        assert told.plan is None or len(told.plan) <= link.CODE_MAX
        assert len(told.before) <= link.LINK_MAX
        json.dumps(asdict(told))


NEWS = {"number": 1, "session": "0a1b2c3d", "step": 0, "address": "1.abc"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": True},
        {"number": -1},
        {"step": 2**31},
        {"step": "1"},
        {"step": None},
        {"session": None},
        {"session": "x" * 17},
        {"address": None},
        {"address": "x" * (link.LINK_MAX + 2)},
        {"plan": 3},
        {"plan": "x" * (link.CODE_MAX + 1)},
    ],
)
def test_news_in_another_form_is_ignored(wrong):
    assert address.read_told(NEWS) is not None
    assert address.read_told(NEWS | wrong) is None


def test_only_words_that_can_be_conditions_are_read():
    told = address.read_told(NEWS | {"conditions": ["ppi", "<b>", 3, "ppi", "x" * 41, "metformin"]})
    assert told.conditions == ("ppi", "metformin")
    assert address.read_told(NEWS | {"conditions": ["ppi"] * 1000}).conditions is None


def test_the_code_of_the_frame_writes_no_markup_and_what_goes_with_every_rerun_is_small():
    assert len(address.LOADER) < 300
    assert "//" not in frame.script()
    assert "innerHTML" not in frame.script()


# Undo, Redo, Back, Forward -----------------------------------------------------------------------


def was(n: int) -> Was:
    return Was(Plan(Person(n)), str(n))


@given(st.lists(st.sampled_from(["edit", "undo", "redo"]) | st.integers(0, 60), max_size=80))
def test_the_timeline_is_a_list_of_what_was_with_a_place_in_it(steps):
    timeline, told, at, edits = Timeline((was(0),)), [0], 0, 0
    for step in steps:
        if step == "edit":
            edits = (edits + 1) % 61
            timeline, told = timeline.changed(was(edits)), [*told[: at + 1], edits][-PLANS_MAX:]
            at = len(told) - 1
        elif step == "undo":
            timeline, at = timeline.undone(), max(0, at - 1)
        elif step == "redo":
            timeline, at = timeline.redone(), min(len(told) - 1, at + 1)
        else:
            moved = timeline.moved(str(step))
            assert (moved is None) == (step not in told)
            if moved is not None:
                at = min((n for n, address in enumerate(told) if address == step), key=lambda n: abs(n - at))
                timeline = moved
        assert [entry.address for entry in timeline.plans] == [str(n) for n in told]
        assert timeline.now.address == str(told[at])
        assert (timeline.can_undo, timeline.can_redo) == (at > 0, at + 1 < len(told))


# The plan of the address -------------------------------------------------------------------------


def frame_alone() -> None:
    """What every page has, with Undo and Redo as plain buttons."""
    import streamlit as st

    from dashboard.ui import about_me, opening, shell, state

    with shell.entered():
        if opening.begin():
            about_me.fields(state.plan().person)
            st.button("Undo", key="undo", on_click=state.undo)
            st.button("Redo", key="redo", on_click=state.redo)


def visit(**query: str) -> AppTest:
    return opened(AppTest.from_function(frame_alone, default_timeout=30), **query)


def visit_plan_page(**query: str) -> AppTest:
    return opened(AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=30), **query)


def opened(app: AppTest, **query: str) -> AppTest:
    for name, value in query.items():
        app.query_params[name] = value
    return checked(app.run())


def checked(app: AppTest) -> AppTest:
    assert not app.exception, app.exception
    return app


def stepped(app: AppTest, code: str, step: int) -> AppTest:
    """Back or Forward, as the browser tells it."""
    app.query_params[link.PARAMETER] = code
    app.query_params[address.STEP] = str(step)
    return checked(app.run())


def element_of(app: AppTest) -> BidiComponent:
    return next(e.proto for e in app.get("bidi_component") if e.proto.component_name == "b12_address")


def told_by(app: AppTest, **news: object) -> WidgetStates:
    """What the browser sends when the element has news."""
    states = app._tree.get_widget_states()
    element = element_of(app)
    known = shown(app)
    value = NEWS | {"session": known["session"], "address": address_of(app), "number": int(str(known["heard"])) + 1} | news
    states.widgets.add(
        id=f"$$STREAMLIT_INTERNAL_KEY_{element.id}__events", json_trigger_value=json.dumps([{"event": "told", "value": value}])
    )
    return states


def told(app: AppTest, **news: object) -> AppTest:
    """News of the element reach the app."""
    return checked(app._run(told_by(app, **news)))


def shown(app: AppTest) -> dict[str, object]:
    """What the element is told."""
    data: dict[str, object] = json.loads(element_of(app).json)
    return data


def text(app: AppTest) -> str:
    return "\n".join(str(e.value) for kind in (app.markdown, app.info, app.warning) for e in kind)


def age(app: AppTest) -> TextInput:
    if not any(field.label == words.AGE_LABEL for field in app.text_input):
        app.session_state["about_me"] = True
        app.run()
    return next(field for field in app.text_input if field.label == words.AGE_LABEL)


def plan_shown(app: AppTest) -> Plan:
    held: Plan = app.session_state["_plan"]
    return held


MILK = "fndds:11112110"


def grams(amount: float) -> Plan:
    return Plan(Person(34), (Day("Typical day", ((Item(MILK, amount),), (), (), ())),))


def test_a_step_to_another_address_shows_its_plan_and_no_edit_is_counted():
    app = visit(p=link.encode(grams(100)))
    assert (shown(app)["edit"], shown(app)["step"], shown(app)["code"]) == (0, 0, link.encode(grams(100)))
    stepped(app, link.encode(grams(200)), 1)
    assert plan_shown(app) == grams(200)
    assert (shown(app)["edit"], shown(app)["step"], shown(app)["code"]) == (0, 1, link.encode(grams(200)))


def test_an_address_without_a_newer_step_is_an_old_one_and_changes_nothing():
    app = visit(p=link.encode(grams(100)))
    stepped(app, link.encode(grams(200)), 3)
    for step in (1, 2, 3):
        stepped(app, link.encode(grams(100)), step)
        assert plan_shown(app) == grams(200)
    for step in ("", "-4", "4.5", "²", "9" * 30):
        app.query_params[address.STEP] = step
        assert plan_shown(checked(app.run())) == grams(200)


def test_the_address_wins_over_an_edit_that_arrives_with_it_and_redo_brings_the_edit_back():
    app = visit(p=link.encode(grams(100)))
    stepped(app, link.encode(grams(200)), 1)
    app.query_params[link.PARAMETER], app.query_params[address.STEP] = link.encode(grams(100)), "2"
    age(app).set_value("60")
    checked(app.run())
    assert plan_shown(app) == grams(100)
    app.button(key="redo").click().run()
    app.button(key="redo").click().run()
    assert plan_shown(app).person.age_years == 60


def test_the_element_can_tell_where_the_browser_is():
    app = visit(p=link.encode(grams(100)))
    told(app, number=4, step=2, address=link.encode(grams(200)))
    assert plan_shown(app) == grams(200)
    assert (shown(app)["step"], shown(app)["heard"]) == (2, 4)
    told(app, number=5, step=2, address=link.encode(grams(100)))
    assert plan_shown(app) == grams(200)
    assert shown(app)["heard"] == 5


def test_news_that_is_told_again_is_heard_once():
    app = visit(p=link.encode(grams(100)))
    news = {"number": 1, "conditions": ["metformin"], "whose": True}
    for _ in range(2):
        told(app, **news)
        assert plan_shown(app).person.conditions == ("metformin",)
        news["conditions"] = ["ppi"]


def test_an_edit_is_a_new_code_and_undo_another():
    app = visit(p=link.encode(grams(100)))
    age(app).set_value("60").run()
    assert (shown(app)["edit"], link.decode(str(shown(app)["code"]), weeks=load_tables().link_weeks).plan.person.age_years) == (1, 60)
    app.button(key="undo").click().run()
    assert (shown(app)["edit"], shown(app)["code"]) == (2, link.encode(grams(100)))


def test_a_browser_that_comes_from_another_server_says_where_it_is_and_that_is_shown_at_once():
    """Streamlit's own query string can be older than the address: it is the one of the last load or step."""
    at = NEWS | {"number": 7, "session": "another", "step": 3, "address": link.encode(grams(200)), "conditions": ["metformin"]}
    states = WidgetStates()
    states.widgets.add(id=element_of(visit(p=link.encode(grams(100)))).id, json_value=json.dumps({"at": at}))
    app = AppTest.from_function(frame_alone, default_timeout=30)
    app.query_params[link.PARAMETER] = link.encode(grams(100))
    checked(app._run(states))
    assert plan_shown(app).days == grams(200).days
    assert plan_shown(app).person.conditions == ("metformin",)
    assert (shown(app)["step"], shown(app)["heard"], shown(app)["edit"]) == (3, 7, 0)


@pytest.mark.parametrize("way", ["undo", "back"])
def test_the_value_of_a_field_still_on_its_way_is_no_edit_of_the_plan_that_came_since(way):
    """The browser sends all values with every press, also those that Undo or Back has changed meanwhile."""
    app = visit(p=link.encode(grams(100)))
    age(app).set_value("60").run()
    old = app._tree.get_widget_states()
    if way == "undo":
        app.button(key="undo").click().run()
    else:
        stepped(app, link.encode(grams(100)), 1)
    assert plan_shown(app) == grams(100)
    checked(app._run(old))
    assert plan_shown(app) == grams(100)
    assert age(app).value == "34"


# Conditions --------------------------------------------------------------------------------------


def test_back_keeps_the_conditions_that_no_link_carries():
    app = visit(p=link.encode(grams(100)))
    age(app)
    app.button_group(key="me_conditions").set_value(["metformin"]).run()
    stepped(app, link.encode(keep_baseline(grams(200))), 1)
    assert plan_shown(app).person.conditions == plan_shown(app).baseline.person.conditions == ("metformin",)
    assert "metformin" not in address_of(app)


def test_the_tab_gives_its_conditions_back_and_unknown_ones_are_left_out():
    app = told(visit(p=link.encode(keep_baseline(grams(100)))), conditions=["metformin", "no-such-thing"], known=True)
    assert plan_shown(app).person.conditions == plan_shown(app).baseline.person.conditions == ("metformin",)
    assert said.LINK_WITHOUT not in text(app)
    assert shown(app)["conditions"] == ["metformin"]
    told(app, conditions=["ppi"], known=True)
    assert plan_shown(app).person.conditions == ("metformin",)


def test_conditions_of_a_link_go_before_those_of_the_tab():
    app = told(visit(p=link.encode(Plan(Person(60, conditions=("ppi",))), share_conditions=True)), conditions=["metformin"], known=False)
    assert plan_shown(app).person.conditions == ("ppi",)


def test_a_link_without_conditions_says_so_until_it_is_put_away():
    app = visit(p=link.encode(grams(100)))
    assert shown(app)["linked"] is True
    assert said.LINK_WITHOUT not in text(app)
    told(app, conditions=[], known=False)
    assert said.LINK_WITHOUT in text(app)
    assert "This plan was shared by link: age 34, eats everything; target 2.4 µg (RDA)." in text(app)
    age(app).set_value("60").run()
    assert "This plan was shared by link: age 34, eats everything; target 2.4 µg (RDA)." in text(app)
    assert said.LINK_WITHOUT in text(app)
    app.button(key="received_put_away").click().run()
    assert said.LINK_WITHOUT not in text(app)
    assert "shared by link" not in text(app)


def test_what_is_said_of_a_shared_plan_goes_with_a_step_to_another_plan_and_stays_among_its_own_edits():
    app = told(visit(p=link.encode(grams(100))), conditions=[], known=False)
    age(app).set_value("60").run()
    stepped(app, link.encode(grams(100)), 1)
    assert "shared by link" in text(app)
    stepped(app, link.encode(grams(300)), 2)
    assert plan_shown(app).days == grams(300).days
    assert "shared by link" not in text(app)
    assert said.LINK_WITHOUT not in text(app)


def test_a_link_with_conditions_says_that_it_was_shared_and_asks_for_none():
    app = visit(p=link.encode(Plan(Person(60, conditions=("ppi",))), share_conditions=True))
    told(app, conditions=[], known=False)
    assert "shared by link: age 60, eats everything, PPI; target 2.4 µg" in text(app)
    assert said.LINK_WITHOUT not in text(app)
    assert "Different from" not in text(app)


def test_a_link_opened_after_an_own_plan_says_what_differs_until_it_is_put_away():
    mine = replace(grams(200), person=Person(60), supplements=(Supplement("tablet", 10, 7),))
    app = told(visit(p=link.encode(grams(100))), conditions=[], known=False, before=link.encode(mine))
    assert "Different from the plan you had in this tab: age, 1 food, 1 supplement. The browser’s Back goes to yours." in text(app)
    age(app).set_value("61").run()
    assert "Different from the plan you had in this tab: age, 1 food, 1 supplement." in text(app)
    app.button(key="received_put_away").click().run()
    assert "Different from" not in text(app)


@pytest.mark.parametrize("before", ["", "1.abc", "t.0123456789abcdef"])
def test_what_was_before_and_cannot_be_read_is_not_compared_with(before):
    app = told(visit(p=link.encode(grams(100))), conditions=[], known=False, before=before)
    assert "shared by link" in text(app)
    assert "in this tab" not in text(app)


def test_an_example_that_nobody_changed_is_no_plan_to_compare_with(tables):
    app = told(visit(p=link.encode(grams(100))), conditions=[], known=False, before=link.encode(starter_plan(tables, Person(34))))
    assert "in this tab" not in text(app)


def test_the_same_plan_from_a_link_is_said_to_be_the_same():
    app = told(visit(p=link.encode(grams(100))), conditions=[], known=False, before=link.encode(grams(100)))
    assert said.DIFFERS_NOT in text(app)


def test_a_visit_without_a_link_is_told_nothing_of_links():
    app = visit()
    assert shown(app)["linked"] is False
    assert said.LINK_WITHOUT not in text(told(app))


def test_somebody_elses_link_in_my_tab_says_whose_conditions_count_and_leaves_them_out_with_one_click(tables):
    app = told(visit(p=link.encode(grams(100))), conditions=["metformin"], known=False)
    assert said.link_with_mine([tables.conditions["metformin"].label]) in text(app)
    assert plan_shown(app).person.conditions == ("metformin",)
    kept = shown(app)["kept"]
    app.button(key="leave_conditions_out").click().run()
    assert plan_shown(app).person.conditions == ()
    assert shown(app)["kept"] > kept
    assert said.link_with_mine([tables.conditions["metformin"].label]) not in text(app)


def test_a_step_to_the_address_of_another_person_takes_the_conditions_of_that_person():
    app = told(visit(p=link.encode(grams(100))), conditions=["metformin"], known=True)
    stepped(app, link.encode(grams(200)), 1)
    assert plan_shown(app).person.conditions == ("metformin",)
    told(app, step=1, conditions=["ppi"], whose=True)
    assert plan_shown(app).person.conditions == ("ppi",)
    told(app, step=1, conditions=[], whose=True)
    assert plan_shown(app).person.conditions == ()


def test_a_tab_that_cannot_store_says_so():
    assert said.TAB_FORGETS in text(told(visit(p=link.encode(grams(100))), forgets=True))


# A plan too long for a link ----------------------------------------------------------------------


def long_plan(tables) -> Plan:
    """What a plan can hold: 31 days of 160 foods."""
    foods = [f.id for f in tables.foods.values()][:40]
    meal = tuple(Item(food, 100.5) for food in foods)
    return Plan(Person(34), tuple(Day(f"Day {n}", (meal,) * len(MEALS)) for n in range(1, 32)))


def test_a_plan_too_long_for_a_link_stays_in_the_tab_and_comes_back_from_it(tables):
    plan = long_plan(tables)
    code = link.encode(plan)
    assert len(code) > link.LINK_MAX
    app = visit_plan_page(p=link.address_of(code))
    assert said.OPENING in text(app)
    assert (shown(app)["wanted"], shown(app)["code"]) == (link.address_of(code), link.address_of(code))
    told(app, plan=code)
    assert plan_shown(app) == plan
    assert said.too_long(len(code), link.LINK_MAX) in text(app)
    assert app.get("download_button")[0].proto.label == said.SAVE
    assert (shown(app)["wanted"], shown(app)["code"], shown(app)["plan"]) == ("", link.address_of(code), code)
    age(app).set_value("60").run()
    assert shown(app)["code"] == link.address_of(str(shown(app)["plan"])) != link.address_of(code)
    stepped(app, link.address_of(code), 1)
    assert plan_shown(app) == plan


@pytest.mark.parametrize("answer", ["", "rubbish", link.encode(Plan())])
def test_a_tab_that_does_not_have_the_plan_is_told_and_a_plan_is_shown(answer, tables):
    app = told(visit(p="t.0123456789abcdef"), plan=answer)
    assert plan_faults.FAULTS["link-not-in-tab"] in text(app)
    assert plan_shown(app) == starter_plan(tables, Person())
    app = stepped(visit(p=link.encode(grams(100))), "t.0123456789abcdef", 1)
    assert plan_shown(app) == grams(100)
    told(app, step=1, plan=answer)
    assert said.PLAN_BEFORE in text(app)
    assert plan_shown(app) == grams(100)


def test_conditions_that_come_with_a_plan_of_the_tab_are_counted_in(tables):
    code = link.encode(long_plan(tables))
    app = told(visit(p=link.address_of(code)), plan=code, conditions=["metformin"], known=True)
    assert plan_shown(app).person.conditions == ("metformin",)


def test_no_plan_needs_a_longer_code_than_the_reader_takes(tables):
    own = "😀" * 60
    foods = tuple(OwnFood(f"a-key-of-24-letters---{n:02}", own, 99999.999, 99999.999, 4999.9) for n in range(40))
    meal = tuple(Item(f"own:{food.key}", 4999.5, off=True) for food in foods)
    days = tuple(Day(f"Day {n}", (meal,) * len(MEALS)) for n in range(1, 32))
    plan = Plan(Person(34), days, own_foods=foods)
    assert len(link.encode(keep_baseline(plan))) < link.CODE_MAX
    assert link.decode(link.encode(keep_baseline(plan)), longest=link.CODE_MAX).plan == keep_baseline(plan)


# Nothing personal is shared ----------------------------------------------------------------------


def test_answers_about_a_plan_stay_with_the_session_and_only_a_few_of_them():
    app = visit_plan_page(p=link.encode(grams(100)))
    for n in range(8):
        age(app).set_value(str(40 + n)).run()
    answers = app.session_state[estimates.KEPT]
    assert answers and all(len(kept) <= estimates.PLANS_MAX for kept in answers.values())


def test_the_screen_keeps_no_answer_about_a_person_for_all_visitors():
    """What a cache of the process is keyed by may not be, or hold, a plan or a person."""
    for path in sorted((ROOT / "dashboard" / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any("cache" in ast.unparse(d) for d in node.decorator_list):
                named = {ast.unparse(arg.annotation) for arg in node.args.args if arg.annotation}
                assert not named & {"Plan", "Person", "Assessment"}, f"{path.name}: {node.name}"
