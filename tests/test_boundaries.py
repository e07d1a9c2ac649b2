"""Imports go down only, and no number from a paper stands in the model."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest
from conftest import ROOT

DASHBOARD = ROOT / "dashboard"
#: The rooms that are pure: what they answer depends on nothing but what they are given.
PURE = ("estimate", "rules", "advice", "care")
MODEL = sorted(path for room in PURE for path in (DASHBOARD / room).glob("*.py"))
UI = DASHBOARD / "ui"
PICTURES = DASHBOARD / "pictures"
SCREEN = {"streamlit"}
PACKAGES_OF_THE_MODEL = {"numpy", "icalendar", "rapidfuzz"}
INPUT_AND_OUTPUT = {"urllib", "http", "socket", "csv", "json", "pathlib", "os", "io", "sqlite3", "subprocess", "tempfile", "shutil"}
EVERY_MODULE = sorted(DASHBOARD.rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> set[str]:
    """Full names of what a file imports; ``from dashboard import link`` counts as dashboard.plan.link."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: a relative import hides where it points"
            base = node.module or ""
            for alias in node.names:
                full = f"{base}.{alias.name}"
                at = ROOT.joinpath(*full.split("."))
                names.add(full if at.is_dir() or at.with_suffix(".py").is_file() else base)
    return names


def ours(path: Path) -> set[str]:
    return {name for name in imported(path) if name.partition(".")[0] == "dashboard"}


def outer(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imported(path)}


@pytest.mark.parametrize("path", MODEL, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_model_reads_and_writes_nothing(path):
    assert outer(path) <= sys.stdlib_module_names | PACKAGES_OF_THE_MODEL | {"dashboard"}
    assert not outer(path) & INPUT_AND_OUTPUT


@pytest.mark.parametrize("path", [p for p in EVERY_MODULE if UI not in p.parents], ids=module_name)
def test_only_the_screen_imports_streamlit_and_only_pictures_plotly(path):
    assert not outer(path) & SCREEN
    assert "plotly" not in outer(path) or PICTURES in path.parents
    assert not {n for n in ours(path) if n.startswith("dashboard.ui")}


def test_the_screen_does_import_them():
    assert set.union(*(outer(p) for p in UI.glob("*.py"))) >= SCREEN


#: What each part may import of ours, itself apart. Parts lower down stand further up; whatever is not listed here fails.
MAY_IMPORT = {
    "dashboard.plan": (),
    "dashboard.tables": ("plan",),
    "dashboard.quantities": ("plan", "tables"),
    "dashboard.estimate": ("plan", "tables"),
    "dashboard.rules": ("plan", "tables", "estimate"),
    "dashboard.advice": ("plan", "tables", "estimate", "rules"),
    "dashboard.care": ("plan", "tables", "estimate", "rules"),
    # A plan made from a record names foods itself where their own names find no room.
    "dashboard.weeks": ("plan", "tables", "quantities", "estimate", "foods", "words"),
    # What foods says itself (a refused label, a failed look-up) stands in words.
    "dashboard.foods": ("plan", "tables", "quantities", "estimate", "words", "weeks"),
    "dashboard.words": ("plan", "tables", "quantities", "estimate", "rules", "advice", "care", "weeks", "foods"),
    "dashboard.pictures": ("plan", "tables", "estimate", "advice", "care", "foods", "words"),
    "dashboard.group": ("plan", "tables", "estimate", "advice", "weeks", "words", "handout"),
    "dashboard.command_line": (
        *("plan", "tables", "quantities", "estimate", "rules", "advice", "care", "weeks", "foods", "words", "handout", "group"),
    ),
    "dashboard.handout": ("plan", "tables", "estimate", "rules", "advice", "care", "words", "pictures"),
    "dashboard.ui": ("",),
    "dashboard.__main__": ("",),
}
#: The screen and the command line are tops: nothing but themselves and the pages imports them.
TOPS = ("dashboard.ui", "dashboard.__main__")


def within(name: str, parts: tuple[str, ...]) -> bool:
    return any(name == part or name.startswith(f"{part}.") for part in parts)


@pytest.mark.parametrize("path", [p for p in EVERY_MODULE if p != DASHBOARD / "__init__.py"], ids=module_name)
def test_imports_go_down_only(path):
    part = ".".join(module_name(path).split(".")[:2])
    assert part in MAY_IMPORT, f"{part} has no place in MAY_IMPORT"
    below = tuple(f"dashboard.{room}".rstrip(".") for room in MAY_IMPORT[part])
    assert not {n for n in ours(path) if not within(n, (part, *below))}
    assert not {n for n in ours(path) if within(n, TOPS) and not within(n, (part,))}


@pytest.mark.parametrize("module", ["__init__", "amounts", "labels"])
def test_the_root_of_words_does_not_lead_back_to_foods(module):
    """Every module of words imports it, and foods by way of those: it must not lead back to foods."""
    own = ("dashboard.words.amounts", "dashboard.words.labels") if module == "__init__" else ()
    below = ("dashboard.plan", "dashboard.tables", "dashboard.estimate", "dashboard.advice")
    assert not {n for n in ours(DASHBOARD / "words" / f"{module}.py") if not within(n, (*below, *own))}


def test_no_import_goes_round_in_a_circle():
    graph = {module_name(p): ours(p) for p in EVERY_MODULE}

    def walk(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " -> ".join((*above, name))
        for other in graph.get(name, ()):
            if other != "dashboard":
                walk(other, (*above, name))

    for name in graph:
        walk(name, ())


def test_no_module_shadows_the_standard_library():
    tops = {p.stem for p in ROOT.glob("*.py")} | {p.stem for p in DASHBOARD.glob("*.py")} | {"dashboard", "tests"}
    assert not (tops - {"__main__", "__init__"}) & sys.stdlib_module_names


@pytest.mark.parametrize("path", [*sorted((ROOT / "pages").glob("*.py")), ROOT / "streamlit_app.py"], ids=lambda p: p.name)
def test_pages_do_not_add_up(path):
    """A page is a list of calls: it draws through dashboard.ui, and neither reads files nor asks the model by itself."""
    assert outer(path) <= {"streamlit", "dashboard", "__future__"}
    assert not {n for n in ours(path) if not within(n, ("dashboard.ui", "dashboard.pictures", "dashboard.words"))}


# Numbers -----------------------------------------------------------------------------------------

#: Numbers that mean structure, not findings. A figure from a paper belongs in data/.
ALLOWED: dict[float, str] = {
    0: "nothing; first",
    1: "whole; one more; the factor that changes nothing",
    -1: "last; the sign of a difference",
    2: "a pair",
    100: "tables give amounts per 100 g; percent",
    7: "days in a week",
}
#: Numbers that are rules of this app, each in one named place.
NAMED_CHOICES = {
    "RESULT_VERSION": 5,  # how often results have moved
    "SUGGESTIONS_MAX": 5,  # at most five suggestions
    "PORTIONS_MAX": 2,  # the same rule: at most two portions
    "FOUND_MAX": 5,  # so many conditions are offered for a word
    "LETTERS_PER_ERROR": 5,  # a typing error is forgiven for so many letters
    "EDITS_MAX": 3,  # a suggestion is at most three edits together
    "CANDIDATES_MAX": 60,  # edits among which the search is exact: 36,000 sets
    "TIMES_A_DAY_MAX": 3,  # three meals a day
    "DECADE": 10,  # figures are decimal
    "WEEKS_PER_YEAR": 52,
    "PUBLISHED_DECIMALS": 1,  # reference values are published to one decimal
    "DAYS_PER_YEAR": 365.25,  # the calendar
    "MONTHS_PER_YEAR": 12,  # the calendar
    "YEARS_MAX": 20,  # an outlook covers 1 to 20 years
}


def numbers(path: Path) -> list[tuple[int, float]]:
    """Line and value of every number in a file, apart from named choices."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            value = node.value
            if (
                isinstance(target, ast.Name)
                and isinstance(value, ast.Constant)
                and target.id in NAMED_CHOICES
                and NAMED_CHOICES[target.id] == value.value
            ):
                skipped.add(id(value))
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
        and id(node) not in skipped
    ]


@pytest.mark.parametrize("path", MODEL, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_no_number_from_a_paper_in_the_model(path):
    strange = [(line, value) for line, value in numbers(path) if value not in ALLOWED]
    assert not strange, f"{path.name}: (line, number) {strange} belong in data/, with unit and source"


def test_the_search_for_numbers_finds_them(tmp_path):
    sample = tmp_path / "sample.py"
    sample.write_text("PUBLISHED_DECIMALS = 1\nrate = 0.65\nif age_years < 18:\n    cap = 1.25\n", encoding="utf-8")
    assert numbers(sample) == [(2, 0.65), (3, 18), (4, 1.25)]


@pytest.mark.parametrize("path", EVERY_MODULE, ids=module_name)
def test_no_age_limit_stands_in_code(path):
    """Age limits are rows of age_bands.csv; 0 and AGE_MAX_YEARS are what can be typed."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Compare) and re.search(r"\bage(_years)?\b", ast.unparse(node)):
            limits = {c.value for c in ast.walk(node) if isinstance(c, ast.Constant) and isinstance(c.value, int | float)}
            assert limits <= {0}, f"{path.name} line {node.lineno}: {ast.unparse(node)}"


def test_no_module_is_longer_than_a_reader_takes_in():
    long = {str(p.relative_to(ROOT)): n for p in (ROOT / "dashboard").rglob("*.py") if (n := len(p.read_text("utf-8").splitlines())) > 350}
    assert long == {}
