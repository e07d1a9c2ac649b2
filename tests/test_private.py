"""What is said about where a plan is, is true: nothing of it on the server's disk, in its logs or in what all visitors share."""

from __future__ import annotations

import gc
import io
import json
import logging
import re
import sys

import pytest
from conftest import ROOT, opened

from dashboard.foods.search import search
from dashboard.plan import Day, Item, OwnFood, Person, Plan, link, plan_file
from dashboard.tables.fault import TableError
from dashboard.ui import shell, watching
from dashboard.words import plan_faults
from dashboard.words import take_along as words

MARK = "Zanzibarquince"
CONDITION = "metformin"
PAGES = sorted(path.name for path in (ROOT / "pages").glob("*.py"))


def marked_plan() -> Plan:
    """A plan that can be told from every other wherever it turns up."""
    own = OwnFood("zq", f"{MARK} spread", 1.2345, 0.0, 50, "vegan")
    return Plan(Person(47, conditions=(CONDITION,)), (Day("Monday", ((Item(own.id, 50),), (), (), ())),), own_foods=(own,))


# The saved file ------------------------------------------------------------------------------------


def test_the_file_holds_conditions_only_when_asked_to_and_says_so():
    app = opened(marked_plan(), "take_along.py")
    app.radio(key="conditions_along").set_value(False).run()
    shown = "\n".join(str(element.value) for element in app.markdown)
    assert words.file_holds(marked_plan(), False) in shown
    assert "It holds no conditions or medicines." in words.file_holds(marked_plan(), False)
    app.radio(key="conditions_along").set_value(True).run()
    assert not app.exception
    shown = "\n".join(str(element.value) for element in app.markdown)
    assert words.file_holds(marked_plan(), True) in shown
    assert "conditions, medicines" in words.file_holds(marked_plan(), True)


def test_what_is_said_of_the_file_is_what_is_in_it():
    plan = marked_plan()
    plan = Plan(plan.person, plan.days, own_foods=plan.own_foods, baseline=plan)
    assert CONDITION not in plan_file.dump(plan, conditions=False)
    assert plan_file.dump(plan).count(CONDITION) == 2
    assert plan_file.load(plan_file.dump(plan)).plan == plan


def test_a_file_without_conditions_says_so_when_it_is_opened():
    """Otherwise the figures would be those of somebody without them, in silence."""
    answer = plan_file.load(plan_file.dump(marked_plan(), conditions=False))
    assert answer.plan.person.conditions == ()
    assert answer.plan.days == marked_plan().days
    assert plan_faults.sentences(answer.problems) == (plan_faults.FAULTS["conditions-not-in-file"],)


def test_nothing_is_asked_where_there_are_no_conditions():
    app = opened(Plan(), "take_along.py")
    assert "conditions_along" not in {field.key for field in app.radio}
    assert any("no conditions or medicines" in str(element.value) and "The file holds" in str(element.value) for element in app.markdown)


# Memory --------------------------------------------------------------------------------------------


def left_in_memory() -> list[object]:
    shell.cleaned.clear()
    shell.cleaned()
    every = gc.get_objects()
    return [held for held in every if isinstance(held, OwnFood) and MARK in held.label] + [
        held for held in every if isinstance(held, Person) and held.age_years == 47
    ]


@pytest.mark.parametrize("page", PAGES)
def test_no_cache_of_all_visitors_holds_a_plan(page):
    """What a session worked out goes with the session."""
    app = opened(marked_plan(), page)
    del app
    assert left_in_memory() == []


def holds_the_word(held: object) -> bool:
    return type(held) in (dict, tuple, list, set) and any(type(part) is str and "zanzibar" in part.lower() for part in held)  # type: ignore[attr-defined]


def test_a_word_that_was_typed_into_the_search_is_not_kept(tables):
    before = {id(held) for held in gc.get_objects() if holds_the_word(held)}
    search(tables.foods, "zanzibarberry zanzibarquinces")
    gc.collect()
    assert [held for held in gc.get_objects() if holds_the_word(held) and id(held) not in before] == []


# Logs ----------------------------------------------------------------------------------------------


@pytest.fixture
def lines(capsys, monkeypatch):
    """What is logged while watching, as JSON; logging is put back afterwards."""
    before = (
        logging.getLogRecordFactory(),
        logging.getLogger().handlers[:],
        {
            name: (logger.handlers[:], logger.propagate)
            for name, logger in logging.Logger.manager.loggerDict.items()
            if isinstance(logger, logging.Logger)
        },
    )
    monkeypatch.delenv(watching.DETAILS, raising=False)
    yield lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    logging.setLogRecordFactory(before[0])
    logging.getLogger().handlers = before[1]
    for name, (handlers, propagate) in before[2].items():
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = handlers, propagate


def test_the_first_line_says_what_runs_here(lines, tables):
    watching.begin()
    [started] = lines()
    assert started["event"] == "started"
    assert started["tables"] > 40
    assert started["rows"] > len(tables.foods)
    assert set(started) >= {"time", "level", "version", "results", "python", "streamlit", "tables_sha256", "usda"}


def test_of_messages_of_libraries_only_the_plain_part_is_kept(lines):
    before = logging.getLogger("streamlit.error_util")
    before.handlers = [logging.StreamHandler()]
    watching.begin()
    later = logging.getLogger("made.afterwards")
    said = io.StringIO()
    later.handlers, later.propagate = [logging.StreamHandler(said)], False
    bare = logging.getLogger("without.a.handler")  # as the web server's, where somebody leaves while sending a file
    lines()
    try:
        raise ValueError(f"cannot read {MARK}")
    except ValueError:
        for logger in (before, bare):
            logger.error("Uncaught app execution of %s", MARK, exc_info=True)
        later.error("Of %s", MARK, exc_info=True)
    told = lines()
    assert [line["from"] for line in told] == [before.name, bare.name]
    for line in told:
        assert (line["message"], line["exception"]) == ("Uncaught app execution of %s", "ValueError")
        assert "tests/test_private.py" in line["at"][-1]
    assert said.getvalue().startswith('Of %s\n{"exception": "ValueError"')
    assert MARK not in said.getvalue()


def test_a_fault_of_data_is_a_line_without_its_folder(lines):
    watching.begin()
    watching.fault(TableError("store-unreadable", file="/home/anna/usda.sqlite"))
    fault = lines()[-1]
    assert (fault["level"], fault["event"], fault["code"], fault["file"]) == ("error", "data-fault", "store-unreadable", "usda.sqlite")


# A journey through a server ------------------------------------------------------------------------

FAILING = """
import sys
sys.path.insert(0, {root!r})
import streamlit as st
from dashboard.ui import shell, watching
if "begun" not in st.session_state:
    st.session_state["begun"] = True
    watching.begin()
st.text_input("Name", key="name", value={mark!r})
raise ValueError("cannot read " + st.session_state["name"])
"""


@pytest.mark.browser
def test_a_journey_leaves_no_key_plan_or_link_in_a_log_and_nothing_on_the_disk(context, tmp_path):
    from browsing import Server, settled, visit
    from usda_server import Reply, hit, page, serving

    from dashboard.foods.fdc import client as fdc

    key, word = "KeyOfThisVisit0123456789", "quincebrandword"
    home = tmp_path / "home"
    home.mkdir()
    log = tmp_path / "log.txt"
    plan = marked_plan()
    saved = tmp_path / "plan.json"
    saved.write_text(plan_file.dump(plan), encoding="utf-8")
    places = {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "TMPDIR": str(home), watching.DETAILS: "", fdc.KEY_VARIABLE: ""}
    with serving() as usda:
        usda.answers(Reply(page(hit(), foodSearchCriteria={"query": word})))
        server = Server(environment=places | {fdc.URL_VARIABLE: usda.url}, log=log)
        try:
            shown = context.new_page()
            for name in ("", "shortfall", "suggestions", "causes", "take_along"):
                visit(shown, f"{server.url}/{name}{link.to_url(plan, share_conditions=True)}")
            shown.locator("input[type=file]").first.set_input_files(saved)
            shown.get_by_text("The file is open as").wait_for()
            settled(shown)
            visit(shown, f"{server.url}/foods{link.to_url(plan)}")
            shown.get_by_text("Search USDA's branded foods online").click()
            shown.get_by_role("textbox", name="Brand and food").fill(word)
            shown.get_by_role("textbox", name="Your USDA key").fill(key)
            shown.get_by_role("button", name="Search online").click()
            shown.locator("[class*=st-key-row-fdc-]").first.wait_for()
            settled(shown)
        finally:
            server.stop()
        assert usda.asked[0].headers["X-Api-Key"] == key
    text = log.read_text(encoding="utf-8")
    events = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    assert [event["event"] for event in events if event["from"] == "b12"] == ["started", "usda-search"]
    secrets = (MARK, key, word, CONDITION, "own:zq", link.encode(plan, share_conditions=True)[:40], link.encode(plan)[:40], "?p=")
    assert [secret for secret in secrets if secret in text] == []
    files = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    assert [(path, secret) for path, data in files.items() for secret in secrets if secret.encode() in data] == []


@pytest.mark.browser
def test_a_fault_of_the_program_is_a_line_without_what_was_typed(context, tmp_path):
    from browsing import Server

    script, log = tmp_path / "failing.py", tmp_path / "log.txt"
    script.write_text(FAILING.format(root=str(ROOT), mark=MARK), encoding="utf-8")
    server = Server(script, environment={watching.DETAILS: ""}, log=log)
    try:
        shown = context.new_page()
        asked: list[str] = []
        shown.on("request", lambda request: asked.append(request.url))
        shown.goto(server.url)
        box = shown.locator("[data-testid=stException]")
        box.wait_for(timeout=60_000)
        assert MARK not in box.inner_text()
        assert box.locator("a").count() == 0
        assert not re.search(r"Google|ChatGPT|Ask", box.inner_text())
        assert [address for address in asked if not address.startswith((server.url, "data:", "blob:"))] == []
    finally:
        server.stop()
    text = log.read_text(encoding="utf-8")
    faults = [json.loads(line) for line in text.splitlines() if '"exception"' in line]
    assert faults
    assert {fault["exception"] for fault in faults} == {"ValueError"}
    assert any("failing.py" in place for place in faults[0]["at"])
    assert MARK not in text


def test_a_port_that_is_taken_is_one_sentence():
    import socket
    import subprocess

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "streamlit", "run", "--server.port", str(port), "--server.address", "127.0.0.1"]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode != 0
    assert re.fullmatch(rf"\S+ \S+ Port {port} is not available\n", ended.stderr)
