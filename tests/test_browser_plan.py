"""Entering, changing, comparing and sharing a plan as a person does it: with a mouse, with the keyboard alone, with a thumb."""

from __future__ import annotations

import pytest
from browsing import NARROW, WIDE, address, becomes, figure, plan_in, settled, visit
from conftest import csv_rows
from playwright.sync_api import Locator, Page, expect

from dashboard.plan import MEALS, WEEKDAYS, Day, Diet, Item, Person, Plan, Supplement, keep_baseline

pytestmark = pytest.mark.browser

MILK, EGG, BANANA, BEEF = "fndds:11112110", "fndds:31103010", "fndds:63107010", "fndds:21500100"
SOYA_DRINK = "fndds:11320100"
TAPS_MAX = 8
PRESSES_MAX = 80
PAGES = ("Quick check", "Shortfall", "Suggestions", "Outlook", "Take along")


def day_of(*foods: tuple[str, float], meal: int = 0, name: str = "Typical day") -> Day:
    meals: list[tuple[Item, ...]] = [(), (), (), ()]
    meals[meal] = tuple(Item(food, grams) for food, grams in foods)
    return Day(name, tuple(meals))


def eaten(plan: Plan, meal: str, day: int = 0) -> list[tuple[str, float]]:
    return [(item.food, item.grams) for item in plan.days[day].meal(meal)]


def row(page: Page, number: int = 0) -> Locator:
    return page.locator("[class*='st-key-row-']").nth(number)


def amount(page: Page, number: int = 0) -> Locator:
    return row(page, number).get_by_test_id("stPopoverButton")


def more(page: Page, number: int = 0) -> Locator:
    return row(page, number).get_by_test_id("stMenuButtonButton")


def choose(page: Page, what: str, number: int = 0) -> None:
    """Picks something from the menu of a food; a menu opened while the page is still changing would close again."""
    settled(page)
    more(page, number).click()
    page.get_by_role("menuitem", name=what).click()


def matches(page: Page) -> Locator:
    return page.locator("[class*='st-key-add-'] button:visible")


def options(page: Page) -> None:
    page.get_by_role("button", name="Day and plan").click()


def press_to(page: Page, key: str, target: Locator) -> int:
    """Presses a key until the target has the focus; answers how often."""
    for presses in range(1, PRESSES_MAX + 1):
        page.keyboard.press(key)
        if target.evaluate("element => element === document.activeElement"):
            return presses
    raise AssertionError(f"The {key} key does not lead there.")


def tab_to(page: Page, target: Locator) -> int:
    """Presses the Tab key until the target has the focus; answers how often."""
    return press_to(page, "Tab", target)


# The quick check ---------------------------------------------------------------------------------


def test_a_new_visitor_enters_a_usual_week_with_a_thumb(server, phone):
    """Vegan: plant drink every day and a supplement, all else as offered, in a few taps."""
    page = phone.new_page()
    visit(page, server.url)
    taps = 0

    def tap(target: Locator) -> None:
        nonlocal taps
        target.tap()
        taps += 1
        settled(page)

    tap(page.get_by_role("button", name="I eat vegan"))
    tap(page.get_by_role("link", name="Make it mine in a minute"))
    page.get_by_role("heading", name="How often do you have these?").wait_for()
    drink = page.locator("[class*='st-key-quick-plant-drink']").get_by_role("slider")
    expect(page.get_by_role("slider")).to_have_count(sum(bool(r["vegan"]) for r in csv_rows("quick_check")))
    before = figure(page)
    drink.scroll_into_view_if_needed()
    box = drink.bounding_box()
    page.touchscreen.tap(NARROW["width"] - 30, box["y"] + box["height"] / 2)
    taps += 1
    expect(page.locator(".b12-figure")).not_to_have_text(before)
    expect(page.locator(".b12-figure")).to_be_in_viewport()
    tap(page.get_by_role("combobox", name="A B12 supplement"))
    tap(page.get_by_role("option", name="Tablet, 10 µg every day"))
    promised = figure(page)
    tap(page.get_by_role("button", name="Make this my plan"))
    plan = becomes(page, lambda plan: plan.supplements != ())
    assert plan.supplements == (Supplement("tablet", 10, 7, False),)
    assert [day.name for day in plan.days] == list(WEEKDAYS)
    assert all(any(item.food == SOYA_DRINK for meal in day.meals for item in meal) for day in plan.days)
    tap(page.get_by_role("link", name="Open it as a week"))
    page.get_by_role("heading", name="Am I getting enough?").wait_for()
    assert figure(page) == promised
    assert taps <= TAPS_MAX


def test_the_quick_check_by_keyboard(server, context):
    page = context.new_page()
    visit(page, address(server, Plan(Person(34, diet=Diet.VEGETARIAN)), "quick_check"))
    before = figure(page)
    tab_to(page, page.get_by_role("slider").first)
    page.keyboard.press("End")
    expect(page.locator(".b12-figure")).not_to_have_text(before)
    tab_to(page, page.get_by_role("button", name="Make this my plan"))
    page.keyboard.press("Enter")
    plan = becomes(page, lambda plan: len(plan.days) == len(WEEKDAYS))
    milk = sum(item.grams for _, item in plan.items() if item.food == MILK)
    assert milk == 21 * 244  # 3 glasses of 244 g a day, 7 days


def test_the_quick_check_keeps_the_supplement_of_the_plan(server, context):
    taken = Supplement("spray", 500, 3, False)
    page = context.new_page()
    visit(page, address(server, Plan(supplements=(taken,)), "quick_check"))
    page.get_by_role("button", name="Make this my plan").click()
    plan = becomes(page, lambda plan: len(plan.days) == len(WEEKDAYS))
    assert plan.supplements == (taken,)


# The editor --------------------------------------------------------------------------------------


def test_a_day_is_changed_with_the_mouse(server, context):
    page = context.new_page()
    visit(page, address(server, Plan(Person(34), (day_of((MILK, 244), (EGG, 50)),))))
    amount(page).click()
    page.get_by_test_id("stNumberInputStepUp").last.click()
    becomes(page, lambda plan: eaten(plan, "breakfast")[0] == (MILK, 366))  # 1 cup of 244 g and a half
    page.keyboard.press("Escape")
    choose(page, "Move to dinner", 1)
    becomes(page, lambda plan: eaten(plan, "dinner") == [(EGG, 50)])
    with_egg = figure(page)
    choose(page, "Leave out for now", 1)
    becomes(page, lambda plan: plan.days[0].meal("dinner")[0].off)
    expect(page.get_by_text("left out for now")).to_be_visible()
    expect(page.locator(".b12-figure")).not_to_have_text(with_egg)
    page.get_by_role("button", name="Put back").click()
    expect(page.locator(".b12-figure")).to_have_text(with_egg)
    choose(page, "Remove", 1)
    removed = becomes(page, lambda plan: eaten(plan, "dinner") == [])
    page.get_by_role("button", name="Undo").click()
    becomes(page, lambda plan: eaten(plan, "dinner") == [(EGG, 50)])
    page.get_by_role("button", name="Redo").click()
    becomes(page, lambda plan: plan == removed)


def test_meals_are_joined_and_days_copied_with_the_mouse(server, context):
    page = context.new_page()
    visit(
        page,
        address(
            server, Plan(Person(34), tuple(day_of((MILK, 244), name=name) if n == 0 else Day(name) for n, name in enumerate(WEEKDAYS)))
        ),
    )
    page.get_by_role("button", name="Meal", exact=True).first.click()
    body = page.get_by_test_id("stPopoverBody")
    body.get_by_role("button", name="Lunch", exact=True).click()
    becomes(page, lambda plan: plan.days[0].joined == (("breakfast", "lunch"),))
    expect(page.get_by_text("Within 4 hours of lunch")).to_be_visible()
    body.get_by_role("button", name="Tuesday").click()
    settled(page)
    body.get_by_role("button", name="Copy").click()
    becomes(page, lambda plan: eaten(plan, "breakfast", day=1) == [(MILK, 244)])
    page.keyboard.press("Escape")
    options(page)
    body = page.get_by_test_id("stPopoverBody")
    body.get_by_role("button", name="Sunday").click()
    settled(page)
    body.get_by_role("button", name="Copy").click()
    plan = becomes(page, lambda plan: eaten(plan, "breakfast", day=6) == [(MILK, 244)])
    assert [bool(eaten(plan, "breakfast", day=d)) for d in range(7)] == [True, True, False, False, False, False, True]


def test_a_recall_is_typed_with_the_keyboard_alone(server, context):
    """Two foods in a row without leaving the field, one of them made larger, moved and taken back."""
    page = context.new_page()
    visit(page, address(server, Plan(Person(34), (Day(),))))
    field = page.get_by_label("Add a food")
    tab_to(page, field)
    for typed, food in (("egg boiled", EGG), ("milk semi", MILK)):
        page.keyboard.type(typed, delay=20)
        match = page.locator(f"[class*='st-key-add-{food.replace(':', '-')}'] button:visible")
        match.wait_for()
        settled(page)
        assert tab_to(page, match) <= 3
        page.keyboard.press("Enter")
        becomes(page, lambda plan, food=food: food in dict(eaten(plan, "lunch")))
        expect(field).to_be_focused()
        expect(field).to_have_value("")
    expect(page.get_by_text("Added to lunch: Milk, semi-skimmed")).to_be_visible()
    tab_to(page, amount(page))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_test_id("stPopoverBody").get_by_role("spinbutton"))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    becomes(page, lambda plan: dict(eaten(plan, "lunch"))[EGG] == 150)  # 3 eggs of 50 g
    page.keyboard.press("Escape")
    settled(page)
    tab_to(page, more(page))
    page.keyboard.press("Enter")
    to_dinner = page.get_by_role("menuitem", name="Move to dinner")
    to_dinner.wait_for()
    press_to(page, "ArrowDown", to_dinner)
    page.keyboard.press("Enter")
    becomes(page, lambda plan: eaten(plan, "dinner") == [(EGG, 150)])
    page.get_by_role("heading", name="Am I getting enough?").click()
    tab_to(page, page.get_by_role("button", name="Undo"))
    page.keyboard.press("Enter")
    becomes(page, lambda plan: eaten(plan, "dinner") == [])


def test_a_day_is_changed_with_a_thumb(server, phone):
    page = phone.new_page()
    visit(page, address(server, Plan(Person(34), (day_of((MILK, 244)),))))
    breakfast = page.get_by_role("heading", name="Breakfast").bounding_box()
    assert breakfast["y"] < NARROW["height"], "the first meal needs more than a swipe"
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    amount(page).tap()
    page.get_by_test_id("stNumberInputStepUp").last.tap()
    becomes(page, lambda plan: eaten(plan, "breakfast") == [(MILK, 366)])
    page.keyboard.press("Escape")
    more(page).tap()
    page.get_by_role("menuitem", name="Move to snack").tap()
    becomes(page, lambda plan: eaten(plan, "snack") == [(MILK, 366)])
    page.get_by_label("Add a food").tap()
    page.keyboard.type("egg boiled", delay=20)
    matches(page).first.tap()
    becomes(page, lambda plan: eaten(plan, "lunch") == [(EGG, 50)])
    expect(page.get_by_text("Added to lunch: Egg, boiled")).to_be_visible()
    name, figure_of_food, button = (row(page).locator(f":scope > div:nth-child({n})").bounding_box() for n in (1, 3, 4))
    assert name["width"] > 0.8 * (NARROW["width"] - 64)
    assert figure_of_food["x"] + figure_of_food["width"] <= button["x"] + 1
    assert abs(figure_of_food["y"] - button["y"]) < button["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_a_supplement_of_a_usual_regimen_or_an_own_dose(server, context):
    page = context.new_page()
    visit(page, address(server, Plan(Person(34), (day_of((MILK, 244)),))))
    page.get_by_role("button", name="Add a supplement").click()
    page.get_by_role("combobox", name="A usual one").click()
    page.get_by_role("option", name="Tablet, 10 µg every day").click()
    settled(page)
    page.get_by_role("button", name="Add to the plan").click()
    becomes(page, lambda plan: plan.supplements == (Supplement("tablet", 10, 7, False),))
    page.get_by_role("button", name="Add a supplement").click()
    dose = page.get_by_label("Dose in µg")
    dose.fill("37.5")
    dose.press("Enter")
    settled(page)
    page.get_by_role("button", name="Add to the plan").click()
    plan = becomes(page, lambda plan: len(plan.supplements) == 2)
    assert plan.supplements[1].dose_ug == 37.5


# Before and after --------------------------------------------------------------------------------


def test_every_page_shows_the_baseline_and_it_can_be_restored(server, context):
    start = Plan(Person(34), (day_of((MILK, 244)),))
    page = context.new_page()
    visit(page, address(server, start))
    before = figure(page)
    options(page)
    page.get_by_role("button", name="Keep as baseline").click()
    becomes(page, lambda plan: plan.baseline == start)
    expect(page.locator(".b12-before")).to_contain_text("Now the same.")
    page.get_by_role("button", name="Add", exact=True).click()
    changed = becomes(page, lambda plan: plan.days != start.days)
    settled(page)
    after = figure(page)
    assert after != before
    for name in PAGES:
        page.get_by_role("link", name=name).click()
        expect(page.get_by_role("link", name=name)).to_have_attribute("aria-current", "page")
        # 244 g of milk with 0.55 ug per 100 g bring 1.3 ug.
        expect(page.locator(".b12-before")).to_contain_text("Baseline: 1.3 µg a day")
    page.get_by_role("link", name="Plan", exact=True).click()
    page.get_by_role("heading", name="Am I getting enough?").wait_for()
    expect(page.locator(".b12-figure")).to_have_text(after)
    options(page)
    page.get_by_role("button", name="Restore the baseline").click()
    becomes(page, lambda plan: plan == keep_baseline(start))
    expect(page.locator(".b12-figure")).to_have_text(before)
    page.get_by_role("button", name="Undo").click()
    becomes(page, lambda plan: plan == changed)
    options(page)
    page.get_by_role("button", name="Drop the baseline").click()
    becomes(page, lambda plan: plan.baseline is None)
    expect(page.locator(".b12-before")).to_have_count(0)


def test_a_reload_compares_the_baseline_of_the_same_person(server, context):
    """Conditions stay out of the link; after a reload they have to stand in the plan and in its baseline."""
    plan = Plan(Person(70), (day_of((MILK, 244), (BEEF, 85)),))
    page = context.new_page()
    visit(page, address(server, keep_baseline(plan)))
    page.get_by_role("combobox", name="Conditions and medicines").click()
    page.keyboard.type("metf")
    page.keyboard.press("Enter")
    settled(page)
    expect(page.get_by_test_id("stSidebar").get_by_text("Metformin").first).to_be_visible()
    said = page.locator(".b12-before").inner_text()
    page.reload()
    expect(page.get_by_test_id("stSidebar").get_by_text("Metformin").first).to_be_visible()
    expect(page.locator(".b12-before")).to_have_text(said)


# A change of diet --------------------------------------------------------------------------------


def test_going_vegan_keeps_the_plan_and_swaps_on_request(server, context):
    start = day_of((MILK, 244), (BANANA, 40), (BEEF, 85))
    page = context.new_page()
    visit(page, address(server, Plan(Person(34), (start,))))
    page.get_by_role("radiogroup", name="I eat").get_by_text("Vegan", exact=True).click()
    plan = becomes(page, lambda plan: plan.person.diet is Diet.VEGAN)
    assert plan.days == (start,)
    expect(page.get_by_text("2 foods of this plan do not fit")).to_be_visible()
    milk = (
        page.get_by_test_id("stHorizontalBlock").filter(has_text="Milk, semi-skimmed").filter(has=page.get_by_role("button", name="Swap"))
    )
    expect(milk).to_contain_text("µg a day")
    milk.get_by_role("button", name="Swap").click()
    plan = becomes(page, lambda plan: dict(eaten(plan, "breakfast")).get(SOYA_DRINK) == 244)
    assert dict(eaten(plan, "breakfast")).keys() == {SOYA_DRINK, BANANA, BEEF}
    page.get_by_role("button", name="Do all of these").click()
    plan = becomes(page, lambda plan: BEEF not in dict(eaten(plan, "breakfast")))
    diets = {r["id"]: r["diet"] for r in csv_rows("foods")}
    assert {diets[food] for food in dict(eaten(plan, "breakfast"))} == {"vegan"}
    expect(page.get_by_text("do not fit")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    becomes(page, lambda plan: BEEF in dict(eaten(plan, "breakfast")))


# The link ----------------------------------------------------------------------------------------


def test_a_link_is_copied_opened_and_changed_without_touching_the_first(server, browser, context):
    page = context.new_page()
    visit(
        page, address(server, Plan(Person(61, conditions=("ppi",)), (day_of((MILK, 244), ("fdc:999999999", 50)),)), share_conditions=True)
    )
    expect(page.get_by_text("kept in the plan and counted as unknown")).to_be_visible()
    page.get_by_text("Include them in the link").click()
    becomes(page, lambda plan: plan.person.conditions == ())
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url
    other = browser.new_context(viewport=WIDE)
    second = other.new_page()
    visit(second, copied)
    assert plan_in(second) == plan_in(page)
    assert ("fdc:999999999", 50) in eaten(plan_in(second), "breakfast")
    choose(second, "Remove")
    becomes(second, lambda plan: eaten(plan, "breakfast") == [("fdc:999999999", 50)])
    page.reload()
    settled(page)
    assert len(eaten(plan_in(page), "breakfast")) == 2
    other.close()


def test_a_broken_file_leaves_the_plan_on_screen(server, context):
    page = context.new_page()
    visit(page, address(server, Plan(Person(34), (day_of((MILK, 244)),)), "take_along"))
    before, kept = figure(page), plan_in(page)
    page.locator("input[type=file]").first.set_input_files({"name": "plan.json", "mimeType": "application/json", "buffer": b'{"days": ['})
    expect(page.get_by_text("The plan on screen is the one you had before.")).to_be_visible()
    assert (figure(page), plan_in(page)) == (before, kept)
    page.get_by_text("QR code of the link").click()
    expect(page.get_by_alt_text("QR code of the link to this plan")).to_be_visible()


def test_every_meal_can_take_a_food(server, context):
    page = context.new_page()
    visit(page, address(server, Plan(Person(34), (Day(),))))
    for meal in MEALS:
        page.get_by_test_id("stMain").get_by_role("radio", name=meal.capitalize(), exact=True).click()
        settled(page)
        page.get_by_label("Add a food").fill("egg boiled")
        matches(page).first.click()
        becomes(page, lambda plan, meal=meal: eaten(plan, meal) == [(EGG, 50)])
