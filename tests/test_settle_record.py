"""The page on which a record's open lines are settled: one row a line, and nothing of the file before."""

from __future__ import annotations

from pathlib import Path

from conftest import ROOT
from streamlit.testing.v1 import AppTest

from dashboard.plan import Plan
from dashboard.tables.read import load_tables
from dashboard.ui.settle_record import Held
from dashboard.weeks.food_record.reading import read_record

TABLES = load_tables()
EGG = "fndds:31103010"
FILES = ROOT / "tests" / "records"
HEAD = "day,meal,food,amount,unit\n"


def opened(record: str | Path, round_: int = 1) -> AppTest:
    app = AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=30).run()
    app.switch_page("pages/take_along.py").run()
    return hold(app, record, round_)


def hold(app: AppTest, record: str | Path, round_: int) -> AppTest:
    data = record.read_bytes() if isinstance(record, Path) else record.encode()
    app.session_state["_record"] = Held(read_record(data, TABLES), round_)
    app.run()
    assert not app.exception, app.exception
    return app


def text(app: AppTest) -> str:
    return "\n".join(str(e.value) for kind in (app.markdown, app.caption, app.warning, app.success, app.info) for e in kind)


def plan_of(app: AppTest) -> Plan:
    plan: Plan = app.session_state["_plan"]
    return plan


def open_it(app: AppTest, round_: int = 1) -> Plan:
    app.button(key=f"record-{round_}-open").click().run()
    assert not app.exception, app.exception
    return plan_of(app)


def test_a_line_is_settled_with_a_food_an_amount_a_meal_and_a_day():
    app = opened(HEAD + f"Monday,lunch,boiled egg,3,eggs\nTuesday,lunch,{EGG},50,g\n")
    row = app.radio(key="record-1--2-food-")
    assert row.options == ["Egg, boiled", "Leave out"]
    assert row.value is None
    row.set_value(EGG).run()
    assert "150 g" in text(app)  # three eggs, as the file means it
    app.selectbox(key="record-1--2-meal").set_value("dinner").run()
    app.selectbox(key="record-1--2-day").set_value(1).run()
    assert "Nothing is left to settle: 2 lines clear." in text(app)
    plan = open_it(app)
    assert [[[(i.food, i.grams) for i in meal] for meal in day.meals] for day in plan.days] == [
        [[], [], [], []],
        [[], [(EGG, 50)], [(EGG, 150)], []],
    ]
    assert [day.lines_left_out for day in plan.days] == [0, 0]


def test_a_number_without_a_unit_in_the_file_is_asked_and_not_taken_for_grams():
    """Two eggs are not two grams of egg."""
    app = opened('day,meal,food,amount\nMonday,lunch,"Egg, boiled",2\n')
    assert "has no unit" in text(app)
    assert app.button(key="record-1-open").disabled
    app.text_input(key="record-1--2-amount").set_value("2 eggs").run()
    assert "100 g" in text(app)
    plan = open_it(app)
    assert [item.grams for _, item in plan.items()] == [100]


def test_another_food_is_searched_for():
    app = opened(HEAD + "Monday,lunch,grandmother's stew,200,g\n")
    app.text_input(key="record-1--2-search").set_value("salmon cooked").run()
    salmon = next(food.id for food in TABLES.foods.values() if food.name == "Salmon, cooked")
    app.radio(key="record-1--2-food-salmon cooked").set_value(salmon).run()
    assert open_it(app).days[0].meal("lunch")[0].food == salmon


def test_what_is_left_out_is_counted_on_the_plan_page_until_it_is_added():
    app = opened(HEAD + f"Monday,lunch,grandmother's stew,200,g\nMonday,dinner,{EGG},50,g\n")
    assert "1 line clear, 1 line left out so far." in text(app)
    plan = open_it(app)
    assert plan.days[0].lines_left_out == 1
    app.switch_page("pages/plan.py").run()
    assert "1 line of the food record is left out. Every figure here is “at least” until they are added." in text(app)
    assert "At least" in text(app) or "at least" in text(app)
    app.button(key="left_out_added").click().run()
    assert plan_of(app).days[0].lines_left_out == 0
    assert "left out" not in text(app)


def test_a_meal_is_asked_once_for_each_name():
    app = opened(HEAD + f"Monday,Meal 1,{EGG},50,g\nTuesday,Meal 1,{EGG},50,g\nTuesday,Meal 2,{EGG},50,g\n")
    asked = [box for box in app.selectbox if str(box.key).startswith("record-1--meal-")]
    assert [(box.label, box.value) for box in asked] == [("“Meal 1” is", "breakfast"), ("“Meal 2” is", "lunch")]
    asked[0].set_value("snack").run()
    plan = open_it(app)
    assert [[len(meal) for meal in day.meals] for day in plan.days] == [[0, 0, 0, 1], [0, 1, 0, 1]]


def test_whose_figures_count_is_asked_once_for_the_file():
    app = opened(FILES / "19_file_differs.csv")
    assert "1.11 µg in the file, 0.82 µg in the table" in text(app)
    app.radio(key="record-1--believe").set_value("file").run()
    (own,) = open_it(app).own_foods
    assert own.b12_ug_per_100g == 1.11


def test_whose_record_it_is_is_asked():
    app = opened(FILES / "06_asa24_two_people.csv")
    app.selectbox(key="record-1-person").set_value(1).run()
    plan = open_it(app)
    assert len(plan.own_foods) == 2
    assert app.session_state["_clients"].people[-1].code == "P02"


def test_nothing_carries_over_from_the_file_before():
    app = opened(HEAD + "Monday,lunch,boiled egg,3,eggs\n")
    app.radio(key="record-1--2-food-").set_value(EGG).run()
    assert "Nothing is left to settle: 1 line clear." in text(app)
    hold(app, HEAD + "Monday,lunch,fried egg special,3,eggs\n", 2)
    assert app.radio(key="record-2--2-food-").value is None
    assert "left out so far" in text(app)


def test_many_open_lines_are_shown_a_few_at_a_time_and_answers_stay():
    app = opened(HEAD + "".join(f"Monday,lunch,boiled egg,{n},eggs\n" for n in range(1, 21)))
    assert "1 to 8 of 20" in text(app)
    app.radio(key="record-1--2-food-").set_value(EGG).run()
    app.button(key="record-after").click().run()
    assert "9 to 16 of 20" in text(app)
    app.button(key="record-before").click().run()
    assert app.radio(key="record-1--2-food-").value == EGG
    assert open_it(app).days[0].lines_left_out == 19


def test_a_file_that_is_no_record_is_told_on_the_page():
    app = opened(FILES / "23_pdf.csv")
    assert "The file is a PDF" in text(app)
    assert not [button for button in app.button if str(button.key).startswith("record-")]
