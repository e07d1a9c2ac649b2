"""Text from files, links, labels and USDA stays text on every page."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from conftest import ROOT
from hostile import HOST, NAMES
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.pictures.sources_of_b12 import bars
from dashboard.plan import Day, Item, OwnFood, Plan, link, plan_file
from dashboard.ui.as_text import JOINER, as_text
from dashboard.words import plan_faults

PAGES = sorted(path.name for path in (ROOT / "pages").glob("*.py"))
#: Elements that Streamlit shows as Markdown, by the name of their protobuf, and the fields that hold it.
MARKDOWN_FIELDS = {"body", "label", "help", "title", "caption", "text", "captions", "options"}
PLAIN_ELEMENTS = ("text_input", "number_input", "arrow_data_frame", "plotly_chart")


def shown(source: str) -> str:
    """What Markdown shows of an escaped text: without the backslashes that escape, and without joiners."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", source).replace(JOINER, "")


@given(st.text(max_size=80) | st.sampled_from(NAMES))
def test_nothing_is_lost_and_nothing_added(text):
    kept = as_text(text)
    assert "\n" not in kept
    letters = re.compile(r"[^\w]", re.ASCII)
    assert letters.sub("", shown(kept)) == letters.sub("", " ".join(text.split()))


@given(st.text(alphabet="ab:/@.w$*_[]<>`~|#-1 \\", max_size=40))
def test_what_would_be_read_as_an_address_or_as_formatting_is_parted(text):
    source = as_text(text)
    assert not re.search(r"https?://|www\.|\w@\w|:[a-z][\w-]*\[|:[\w+-]+:", source, re.IGNORECASE)
    assert not re.search(r"(?<!\\)(?:\\\\)*[*`~\[\]<>$|]", source)
    assert not re.search(r"(?<![^\W_]|\\)_|(?<!\\)_(?![^\W_])", source)


@pytest.mark.parametrize(
    "sentence", ["0.6 µg (0.4 to 0.7) a day: 1 of 9 foods has no value.", "+1.2 µg, −0.3 g; 10:30", "Tom & Jerry's 50% oats!"]
)
def test_sentences_of_ours_stay_as_they_are(sentence):
    assert as_text(sentence) == sentence


# On the pages --------------------------------------------------------------------------------------


def hostile_plan() -> Plan:
    """A week of foods with hostile names, each with B12, so that tables, charts and sentences name them."""
    own = tuple(OwnFood(f"h{n}", name, 1.0 + n, 0.0, 100, "omnivore") for n, name in enumerate(NAMES))
    meals = tuple(tuple(Item(food.id, 100) for food in own[m::4]) for m in range(4))
    return Plan(days=(Day("Monday", meals),), own_foods=own)


def sources(element: Any) -> list[str]:
    """Every text of an element that Streamlit shows as Markdown."""
    found = []
    for field, value in element.ListFields():
        if field.name not in MARKDOWN_FIELDS:
            continue
        values = value if isinstance(value, str) is False and hasattr(value, "__iter__") else [value]
        found += [v for v in values if isinstance(v, str)]
    return found


def every_element(block: Any) -> list[Any]:
    found = []
    for child in block.children.values():
        if hasattr(child, "children"):
            found += every_element(child)
            if getattr(child, "proto", None) is not None:
                found.append(child.proto)
        elif hasattr(child, "proto"):
            found.append(child.proto)
    return found


@pytest.mark.parametrize("page", PAGES)
def test_no_page_takes_a_name_for_formatting(page):
    plan = hostile_plan()
    labels = [food.label for food in plan.own_foods]
    # Some are formatting wherever they stand, some only at the beginning of a line.
    anywhere = [label for label in labels if as_text(f"x {label}") != f"x {label}"]
    at_start = [label for label in labels if label not in anywhere and as_text(label) != label]
    assert len(anywhere) > 20
    assert len(at_start) > 3
    app = AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=60)
    app.query_params[link.PARAMETER] = link.encode(plan)
    app.run()
    if page != "plan.py":
        app.switch_page(f"pages/{page}").run()
    assert not app.exception
    for proto in every_element(app._tree):
        if type(proto).__name__ in ("Arrow", "Selectbox", "MultiSelect", "Html"):
            continue  # these show what they are given as it is, or escaped as HTML
        for source in sources(proto):
            where = f"{type(proto).__name__}: {source[:200]}"
            assert not [label for label in anywhere if label in source], where
            assert not [line for line in source.splitlines() if line.startswith(tuple(at_start))], where


def test_what_a_plan_file_is_told_for_is_text(tables):
    app = AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=60).run()
    data = json.loads(plan_file.dump(hostile_plan())) | dict.fromkeys(NAMES[:5], 1)
    data["days"][0]["name"] = NAMES[0]
    opened = plan_file.load(json.dumps(data))
    assert any(HOST in problem for problem in plan_faults.sentences(opened.problems))
    app.session_state["_notices"] = list(plan_faults.sentences(opened.problems))
    app.run()
    told = [warning.value for warning in app.warning]
    assert any(HOST in text for text in told)
    assert not any("](" in text.replace("\\]", "") or "://" in text for text in told)


def test_a_picture_takes_no_name_for_formatting(tables):
    from dashboard.estimate.assess import assess

    plan = Plan(days=(Day("Monday", ((Item("own:h", 100),), (), (), ())),), own_foods=(OwnFood("h", "a", 1.0),))
    object.__setattr__(plan.own_foods[0], "label", f"<a href='https://{HOST}'>x</a>\n\n<script>")
    drawn = bars(assess(plan, tables))
    assert "<a" not in drawn
    assert "<script" not in drawn
    assert "\n" not in drawn, "an empty line would end the HTML and begin Markdown"
    assert "&lt;a href" in drawn
