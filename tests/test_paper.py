"""What stands on the printed PDF: the figures and claims of ``assess --json``, on one page, in fonts of its own."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from PIL import Image
from pypdf import PdfReader

from dashboard import words
from dashboard.advice.advise import Advice, advise
from dashboard.command_line import json_answers
from dashboard.estimate.assess import assess
from dashboard.estimate.held_back import flows
from dashboard.handout.content import Asked, Picture, files, page, pictures
from dashboard.handout.letters import SCRIPTS, printable
from dashboard.handout.pdf import Paper, pdf, png
from dashboard.pictures import sources_of_b12
from dashboard.plan import WEEKDAYS, Day, Item, OwnFood, Person, Plan, Supplement, add_supplement, keep_baseline, link
from dashboard.tables.read import load_care_tables, load_tables
from dashboard.tables.science import Band
from dashboard.weeks.starter import starter_plan
from dashboard.words import handout as said
from dashboard.words import meal_flow as flow_words
from dashboard.words import week as week_words

TABLES = load_tables()
ON = date(2026, 11, 26)
MILK = "fndds:11112110"


def week_of(*labels: str) -> Plan:
    foods = tuple(OwnFood(f"own{n}", label, 1.0, 1.0) for n, label in enumerate(labels))
    days = tuple(Day(name, (tuple(Item(food.id, 80) for food in foods), (), (), ())) for name in WEEKDAYS)
    return Plan(Person(40, diet="vegetarian", reference_set="icmr-2020"), days, (), foods)


def long_plan() -> Plan:
    foods = iter([*TABLES.foods] * 2)
    days = tuple(Day(name, tuple(tuple(Item(next(foods), 30) for _ in range(15)) for _ in range(4))) for name in WEEKDAYS)
    return Plan(Person(61, reference_set="efsa-2015"), days, tuple(Supplement("tablet", 10 + n, 7, True) for n in range(6)))


PLANS = {
    "short": Plan(Person(34), (Day("Monday", ((Item(MILK, 244),), (), (), ())),)),
    "long": long_plan(),
    "baseline": add_supplement(keep_baseline(starter_plan(TABLES, Person(34, diet="vegan"))), Supplement("tablet", 10, 7, False)),
    "indian": week_of("पनीर टिक्का मसाला", "Palak Paneer घर का", "இட்லி", "দই"),
    "german": week_of("Müsli mit Weizenkeimen „Größe XL“", "Käsespätzle mit Röstzwiebeln süß-sauer"),
    "right-to-left": week_of("لبنة بالزيت والزعتر", "גבינה לבנה 5%"),
    "sixty-letters": week_of(*(f"{n} {letter * 58}" for n, letter in enumerate(("W", "x", "पनीर "[:4], "ö")))),
    "bypass": starter_plan(TABLES, Person(45, conditions=("gastric-bypass", "ppi", "metformin"))),
    "pregnant-vegan": starter_plan(TABLES, Person(30, "pregnant", "vegan")),
    "child": starter_plan(TABLES, Person(9, diet="vegetarian", reference_set="uk-1991")),
    "unknown": Plan(
        Person(34),
        (
            Day("Monday", ((Item("fdc:9999999", 100), Item(MILK, 244)), (), (), ())),
            Day("Tuesday", ((Item("fdc:9", 50),), (), (), ())),
        ),
    ),
    "empty": Plan(Person(34)),
    "baby": starter_plan(TABLES, Person(0)),
}


def advised(plan: Plan) -> Advice:
    return advise(assess(plan, TABLES), TABLES)


def made(plan: Plan, paper: Paper = Paper.A4, *, with_foods: bool = False, **asked: object) -> PdfReader:
    before = advised(plan.baseline) if plan.baseline else None
    url = f"https://b12.example.org/?p={link.encode(plan, share_conditions=True)}"
    whole = Asked("AB-12", ON, **{"with_conditions": True, "link": url, **asked})
    return PdfReader(io.BytesIO(pdf(page(advised(plan), whole, TABLES, load_care_tables(), before), paper=paper, with_foods=with_foods)))


def text_of(reader: PdfReader) -> str:
    """The text on paper, without the ends of lines and the hyphens of the layout."""
    return " ".join(" ".join(p.extract_text() for p in reader.pages).split())


def holds(text: str, sentence: str) -> bool:
    return "".join(sentence.split()) in "".join(text.split())


@pytest.mark.parametrize("name", PLANS)
def test_the_paper_carries_the_figures_and_claims_of_the_json_answer(name):
    advice, text = advised(PLANS[name]), text_of(made(PLANS[name]))
    answer = json_answers.assessment(advice)
    assert holds(text, answer["advice"]["verdict"]["text"])
    if not advice.plans:
        assert not re.search(r"\d µg", text), "no figure for a baby"
        return
    for lead in answer["advice"]["leads"][:1]:
        assert holds(text, lead["text"])
    for flag in answer["flags"]:
        if flag["level"] in ("urgent", "clinician"):
            assert holds(text, flag["text"]), flag["id"]
    assert holds(text, f"{words.number(answer['target']['intake_ug'])} µg")
    if not answer["days_entered"]:
        return
    assert holds(text, answer["advice"]["usable"])
    at_least = "at least " if answer["at_least"] else ""
    assert holds(text, f"Intake: {at_least}{words.amount_ug(answer['intake_ug'])} a day")
    usable = Band(*(answer["usable_ug"][end] for end in ("low", "value", "high")))
    assert holds(text, f"Usable by estimate: {words.band_ug(usable)} a day")
    for day in answer["by_day"][:7]:
        if day["entered"] and day["intake_ug"]:
            assert holds(text, words.number(day["intake_ug"])), day["name"]


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("name", PLANS)
def test_it_is_one_page_with_every_font_inside(name, paper):
    reader = made(PLANS[name], paper)
    assert len(reader.pages) == 1
    width, height = reader.pages[0].mediabox[2:]
    assert (round(width), round(height)) == {Paper.A4: (595, 842), Paper.LETTER: (612, 792)}[paper]
    for font in reader.pages[0]["/Resources"]["/Font"].values():
        descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor), "a font that is not in the file"


def test_it_says_that_it_is_pdf_ua_and_is_tagged():
    reader = made(PLANS["short"])
    assert "pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en"


def test_a_long_plan_prints_every_food():
    reader = made(PLANS["long"], with_foods=True)
    text = text_of(reader)
    foods = advised(PLANS["long"]).assessment.foods
    assert len(foods) >= 400
    assert not [food.food_id for food in foods if not holds(text, food.food_id)]


@pytest.mark.parametrize(
    ("label", "shown"), [("पनीर", "पनीर"), ("Müsli „süß“", "Müsli „süß“"), ("לבנה", "לבנה"), ("豆乳", said.OTHER_SCRIPT)]
)
def test_names_are_printed_in_their_own_letters_or_replaced_by_a_note(label, shown):
    assert printable(label) == shown
    made(week_of(label), with_foods=True)


def test_one_note_for_neighbouring_words_and_none_for_a_pictogram():
    assert printable("豆乳 무가당 두유 drink") == f"{said.OTHER_SCRIPT} drink"
    assert printable("🥛 drink") == "drink"
    assert printable("🥛") == said.OTHER_SCRIPT


def test_no_sentence_of_the_app_needs_a_letter_that_the_paper_does_not_have():
    for name in PLANS:
        if name not in ("indian", "right-to-left"):
            assert said.OTHER_SCRIPT not in text_of(made(PLANS[name], with_foods=name != "long")), name
    assert "LATIN" in SCRIPTS


def test_a_rare_sign_still_gives_a_page():
    rare = "".join(chr(n) for n in (0x0258, 0x1E9E, 0xA7B5, 0x0D4E, 0x1D25, 0xAB30, 0x08A0, 0x06F0, 0x1CE9))
    assert len(made(week_of(f"Cheese {rare}"), with_foods=True).pages) == 2


def test_a_day_nobody_entered_and_a_day_of_unknown_foods_are_not_none():
    plan = PLANS["unknown"]
    plan = Plan(plan.person, (*plan.days, Day("Wednesday")))
    text = text_of(made(plan))
    for part in ("≥ 1.3", "no value", "not entered"):
        assert holds(text, part), part
    assert not re.search(r"\bnone\b", text.split(said.WEEK_TITLE)[1].split(said.WEEK_KEY[:12])[0])


# Pictures ----------------------------------------------------------------------------------------


def test_each_picture_is_a_file_of_its_own():
    found = pictures(advised(PLANS["bypass"]), hidden=False)
    assert set(found) == {said.WEEK_PICTURE, said.BOTH_PICTURE}
    for picture in found.values():
        assert picture.svg.startswith("<svg") and picture.alt
        drawn = png(picture)
        assert drawn.startswith(b"\x89PNG") and len(drawn) > 5_000


def test_a_picture_without_conditions_shows_nothing_that_rests_on_them():
    hidden = pictures(advised(PLANS["bypass"]), hidden=True)[said.BOTH_PICTURE]
    assert week_words.USABLE not in hidden.svg and "usable" not in hidden.alt.lower()
    assert pictures(advised(PLANS["baby"]), hidden=False) == {}


@pytest.fixture(scope="module")
def drawn() -> dict[str, Picture]:
    """Every picture of a plan with conditions, a kept plan, and names in several scripts."""
    plan = PLANS["bypass"]
    food = OwnFood("x", "<Käse> & גבינה 豆乳", 40.0, 10.0)
    first = replace(plan.days[0], meals=((*plan.days[0].meals[0], Item(food.id, 100)), *plan.days[0].meals[1:]))
    plan = add_supplement(keep_baseline(replace(plan, own_foods=(food,), days=(first, *plan.days[1:]))), Supplement("tablet", 50, 7, True))
    return files(advised(plan), TABLES, assess(plan.baseline, TABLES), hidden=False)


def written_in(picture: Picture) -> str:
    """What a reader of an SVG sees, line after line; it must be well-formed XML for that."""
    root = ElementTree.fromstring(picture.svg)
    assert root.tag.endswith("svg") and root.get("role") == "img" and root.get("aria-label") == picture.alt
    return "\n".join(element.text or "" for element in root.iter() if element.tag.endswith("text"))


def test_each_picture_of_where_it_falls_short_is_an_svg_with_its_figures(drawn):
    plan = PLANS["bypass"]
    assert set(drawn) == set(said.PICTURE_MARK)
    days, meals, foods = (written_in(drawn[name]) for name in (said.WEEK_PICTURE, said.MEALS_PICTURE, said.FOODS_PICTURE))
    a = advised(add_supplement(plan, Supplement("tablet", 50, 7, True))).assessment
    for day in a.days[1:]:
        assert words.number(day.intake_ug) in days, day.name
    for flow in flows(a, TABLES)[1:]:
        assert f"{words.amount_ug(flow.swallowed_ug)} swallowed" in meals and words.band_ug(flow.usable) in meals
        assert [line for _, line in flow_words.held(flow, flow_words.held_by(a)) if not holds(meals, line)] == []
    assert "50 µg" in foods and "Käse" in foods and "גבינה" in foods
    for name, _, _ in sources_of_b12.bringers(a)[:5]:
        assert holds(foods, name), name


def test_each_picture_is_drawn_as_png_from_the_same_svg(drawn):
    for name, picture in drawn.items():
        image = Image.open(io.BytesIO(png(picture)))
        wide, high = (float(ElementTree.fromstring(picture.svg).get(side)) for side in ("width", "height"))
        assert abs(image.width / image.height - (wide + 16) / (high + 16)) < 0.1, name
        colours = {colour for _, colour in image.convert("RGB").getcolors(1 << 24)}
        rgb = {
            tuple(int(tint[n : n + 2], 16) for n in (1, 3, 5)) for tint in re.findall(r'<(?:rect|path)[^>]*fill="(#\w{6})"', picture.svg)
        }
        assert rgb and rgb & colours, f"{name}: nothing of its fills is seen"


def test_a_file_without_conditions_holds_nothing_that_rests_on_them():
    found = files(advised(PLANS["bypass"]), TABLES, None, hidden=True)
    assert said.MEALS_PICTURE not in found
    told = "\n".join(picture.alt + picture.svg for picture in found.values()).lower()
    assert not {word for word in ("bypass", "omeprazole", "metformin", "usable") if word in told}
    assert files(advised(PLANS["baby"]), TABLES, None, hidden=False) == {}


def test_every_day_of_a_long_plan_is_in_its_picture():
    days = tuple(Day(f"Day {n + 1}", ((Item(MILK, 100.0 + n),), (), (), ())) for n in range(14))
    text = written_in(files(advised(Plan(Person(34), days)), TABLES, None, hidden=False)[said.WEEK_PICTURE])
    assert len(re.findall(r"^0\.\d+$", text, re.MULTILINE)) == 14
