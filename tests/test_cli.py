"""The command line: answers in their documented shape, errors in one line with exit status 2."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys

import pytest
from conftest import ROOT, csv_rows

from dashboard.__main__ import main
from dashboard.plan import Day, Item, Person, Plan, Supplement, link, plan_file

NUMBER = (int, float)
OPTIONAL = (int, float, type(None))
BAND = {"low": NUMBER, "value": NUMBER, "high": NUMBER}
ASSESSMENT = {
    "result_version": int,
    "intake_ug": NUMBER,
    "natural_ug": NUMBER,
    "added_ug": NUMBER,
    "supplement_ug": NUMBER,
    "given_ug": NUMBER,
    "usable_ug": BAND,
    "usable_swallowed_ug": BAND,
    "usable_given_ug": BAND,
    "target": {
        "reference_set": str,
        "kind": str,
        "intake_ug": NUMBER,
        "usable_ug": NUMBER,
        "source_id": str,
        "locator": str,
    },
    "shortfall_ug": NUMBER,
    "usable_shortfall_ug": NUMBER,
    "share_of_target": NUMBER,
    "days_entered": int,
    "looks_incomplete": bool,
    "foods": int,
    "foods_unknown": int,
    "at_least": bool,
    "crystalline_share": NUMBER,
    "by_day": [{"name": str, "entered": bool, "intake_ug": NUMBER, "given_ug": NUMBER, "usable_ug": BAND, "shortfall_ug": NUMBER}],
    "by_meal": [{"name": str, "intake_ug": NUMBER, "usable_ug": BAND}],
    "by_food": [{"name": str, "grams": NUMBER, "intake_ug": OPTIONAL}],
    "verdict": str,
    "flags": [{"id": str, "level": str, "text": str}],
    "sources": [str],
}
FOOD = {
    "id": str,
    "fdc_id": (int, type(None)),
    "name": str,
    "usda_description": str,
    "source": str,
    "diet": str,
    "b12_ug_per_100g": OPTIONAL,
    "added_ug_per_100g": OPTIONAL,
    "portions": [{"label": str, "grams": NUMBER}],
}
SUGGESTIONS = {
    "foods": [
        {
            "edits": [dict],
            "intake_gain_ug": NUMBER,
            "usable_gain_ug": NUMBER,
            "closes_share": OPTIONAL,  # None where no output may claim that it closes the gap
            "energy_kcal": OPTIONAL,
            "reason": str,
        }
    ],
    "regimens": [
        {
            "form": str,
            "dose_ug": NUMBER,
            "times_per_week": NUMBER,
            "usable_ug": BAND,
            "covers_need_alone": (bool, type(None)),
            "covers_with_diet": (bool, type(None)),
            "advice": str,
        }
    ],
}


def fits(answer, schema, where: str = "answer") -> None:
    """Keys and types as written down; more keys are allowed, fewer are not. bool is no number here."""
    if isinstance(schema, dict):
        assert isinstance(answer, dict), where
        assert schema.keys() <= answer.keys(), f"{where} lacks {schema.keys() - answer.keys()}"
        for key, inner in schema.items():
            fits(answer[key], inner, f"{where}.{key}")
    elif isinstance(schema, list):
        assert isinstance(answer, list), where
        for n, one in enumerate(answer):
            fits(one, schema[0], f"{where}[{n}]")
    else:
        kinds = schema if isinstance(schema, tuple) else (schema,)
        assert isinstance(answer, kinds), f"{where} is {answer!r}"
        assert bool in kinds or not isinstance(answer, bool), f"{where} is {answer!r}"


class Run:
    """One call of the command line in this process."""

    def __init__(self, capsys, monkeypatch) -> None:
        self.capsys, self.monkeypatch = capsys, monkeypatch

    def __call__(self, *arguments: object, stdin: str | bytes | None = None) -> tuple[int, str, str]:
        if stdin is not None:
            raw = stdin.encode() if isinstance(stdin, str) else stdin
            self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
        status = main([str(a) for a in arguments])
        out, err = self.capsys.readouterr()
        return status, out, err

    def json(self, *arguments: object, stdin: str | None = None, told: str = ""):
        """``told``: what stands on stderr; else nothing does."""
        status, out, err = self(*arguments, "--json", stdin=stdin)
        assert status == 0
        assert told in err if told else err == ""
        return json.loads(out, parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))

    def refused(self, *arguments: object, stdin: str | bytes | None = None) -> str:
        status, out, err = self(*arguments, stdin=stdin)
        assert status == 2
        assert out == ""
        assert err.count("\n") == 1, err
        assert err.endswith("\n")
        assert len(err.strip()) > 10
        assert "Traceback" not in err
        return err


@pytest.fixture
def run(capsys, monkeypatch) -> Run:
    return Run(capsys, monkeypatch)


@pytest.fixture
def saved(tmp_path):
    def write(plan: Plan, name: str = "plan.json"):
        path = tmp_path / name
        path.write_text(plan_file.dump(plan), encoding="utf-8")
        return path

    return write


# 244 g of semi-skimmed milk at 0.55 ug per 100 g (FNDDS 11112110): 1.342 ug
MILK = Plan(Person(34), (Day("Monday", ((Item("fndds:11112110", 244),), (), (), ())),))


# Answers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("diet", ["vegan", "vegetarian", "omnivore"])
def test_plan_new_writes_a_plan_file(run, tables, diet):
    status, out, err = run("plan", "new", "--diet", diet, "--age", 29)
    assert (status, err) == (0, "")
    opened = plan_file.load(out)
    assert opened.problems == ()
    assert (opened.plan.person.diet, opened.plan.person.age_years) == (diet, 29)
    assert opened.plan.days in [w.days for w in tables.starter_weeks]


def test_plan_new_takes_everything_of_a_person(run):
    _, out, _ = run(
        *("plan", "new", "--diet", "vegan", "--age", 30, "--life-stage", "pregnant", "--reference-set", "efsa-2015"),
        *("--condition", "ppi", "--condition", "metformin", "--exclude", "soy", "--unfortified"),
    )
    person = plan_file.load(out).plan.person
    assert person == Person(30, "pregnant", "vegan", ("soy",), ("metformin", "ppi"), "efsa-2015")


def test_plan_new_goes_by_age_and_by_where_one_shops(run, tables):
    weeks = {w.days: w.week for w in tables.starter_weeks}

    def week(*said: object) -> str:
        status, out, err = run("plan", "new", "--diet", "vegetarian", *said)
        assert (status, err) == (0, "")
        return weeks[plan_file.load(out).plan.days]

    assert week() == "vegetarian"
    assert week("--age", 9) == "vegetarian-child-9-13"
    assert week("--reference-set", "icmr-2020") == "vegetarian-india"
    assert week("--reference-set", "icmr-2020", "--shops-in", "uk") == "vegetarian-uk"
    assert week("--age", 0) == "infant"
    _, out, _ = run("plan", "new", "--diet", "vegan", "--shops-in", "europe")
    assert json.loads(out)["person"]["shops_in"] == "europe"


def test_assess_answers_in_the_agreed_shape(run, saved):
    answer = run.json("assess", saved(MILK))
    fits(answer, ASSESSMENT)
    assert answer["intake_ug"] == pytest.approx(1.342, abs=0.0005)
    assert answer["shortfall_ug"] == pytest.approx(2.4 - 1.342, abs=0.0005)
    assert answer["share_of_target"] == pytest.approx(1.342 / 2.4, abs=0.0005)
    assert answer["target"]["usable_ug"] == pytest.approx(1.2)
    assert answer["verdict"] == "no-conclusion"  # one day
    assert [m["name"] for m in answer["by_meal"]] == ["breakfast", "lunch", "dinner", "snack"]
    assert answer["by_meal"][0]["intake_ug"] == pytest.approx(1.342, abs=0.0005)
    assert set(answer["sources"]) == {"iom-1998", "usda-fndds-2021-2023", "this-app"}  # the rules of advice are the app's own
    assert answer["advice"]["verdict"]["id"] == "unclear-days"


def test_assess_of_any_starter_week_keeps_the_shape(run):
    for diet in ("vegan", "vegetarian", "omnivore"):
        _, plan, _ = run("plan", "new", "--diet", diet, "--condition", "ppi", "--life-stage", "breastfeeding")
        answer = run.json("assess", "-", stdin=plan)
        fits(answer, ASSESSMENT)
        assert len(answer["by_day"]) == 7
        parts = answer["natural_ug"] + answer["added_ug"] + answer["supplement_ug"]
        assert parts == pytest.approx(answer["intake_ug"], abs=0.001)
        assert {"ppi", "breastfeeding"} <= {f["id"] for f in answer["flags"]}
        assert {f["level"] for f in answer["flags"]} <= {"info", "discuss", "clinician", "urgent"}


def test_assess_without_a_target_says_null(run, saved):
    plan = Plan(Person(8, reference_set="japan-2020"), MILK.days)
    answer = run.json("assess", saved(plan))
    assert answer["target"] is None
    assert answer["share_of_target"] is None
    assert answer["verdict"] == "no-conclusion"


def test_assess_counts_a_food_it_does_not_know_as_unknown(run, saved):
    days = (Day("Monday", ((Item("fndds:11112110", 244), Item("gtin:00000000", 50)), (), (), ())),)
    answer = run.json("assess", saved(Plan(days=days)), told="gtin:00000000")
    assert (answer["foods"], answer["foods_unknown"], answer["at_least"]) == (2, 1, True)
    assert answer["intake_ug"] == pytest.approx(1.342, abs=0.0005)
    by_food = {f["food"]: f["intake_ug"] for f in answer["by_food"]}
    assert by_food == {"gtin:00000000": None, "fndds:11112110": pytest.approx(1.342, abs=0.0005)}


def test_file_link_code_and_standard_input_give_the_same(run, saved):
    plan = Plan(Person(34), MILK.days, (Supplement("tablet", 10, 7, True),))
    answers = [
        run.json("assess", saved(plan)),
        run.json("assess", link.to_url(plan)),
        run.json("assess", link.to_url(plan, "https://example.org/")),
        run.json("assess", "-", stdin=plan_file.dump(plan)),
        run.json("assess", "-", stdin=link.to_url(plan) + "\n"),
        run.json("assess", "-", stdin=link.encode(plan)),
    ]
    assert all(answer == answers[0] for answer in answers)


def test_suggest_answers_in_the_agreed_shape(run):
    _, plan, _ = run("plan", "new", "--diet", "vegan", "--age", 34)
    answer = run.json("suggest", "-", stdin=plan)
    fits(answer, SUGGESTIONS)
    assert 1 <= len(answer["foods"]) <= 5
    assert [c["way"] for c in answer["changes"]] == ["food", "fortified", "tablet", "least"]
    assert [r["what"] for r in answer["advice"]["leads"]] == ["reliable-source"]
    assert {e["times_per_week"] for e in answer["equivalents"]} == {21, 14, 7, 2, 1}
    assert answer["dose_response"][0]["dose_ug"] == 0.1
    assert answer["why_no_food"] is None
    assert {r["id"] for r in answer["regimens"]} == {r["regimen"] for r in csv_rows("regimens") if "-age-" not in r["regimen"]}
    assert {r["advice"] for r in answer["regimens"]} <= {"self-care", "discuss-first", "clinician"}


@pytest.mark.parametrize(
    ("arguments", "value", "percent"),
    [
        (["--dose-ug", "1000"], 13.25, 1.325),  # published absorption: 1.25 + 12
        (["--dose-ug", "1000", "--with-food"], 6.25, 0.625),  # 1.25 + 5
        (["--dose-ug", "1000", "--condition", "pernicious-anaemia"], 12.0, 1.2),  # p alone
        (["--dose-ug", "1"], 0.59, 59.0),
        (["--dose-ug", "5", "--kind", "food"], 1.768, 35.4),  # 2.5 / sqrt(2)
        (["--dose-ug", "5", "--kind", "food", "--condition", "pernicious-anaemia"], 0.0, 0.0),
        (["--dose-ug", "0"], 0.0, 0.0),
    ],
)
def test_absorb(run, arguments, value, percent):
    answer = run.json("absorb", *arguments)
    fits(answer, {"absorbed_ug": BAND, "percent": NUMBER})
    assert answer["absorbed_ug"]["value"] == pytest.approx(value, abs=0.005)
    assert answer["percent"] == pytest.approx(percent, abs=0.5)


def test_reference(run):
    answer = run.json("reference", "--set", "iom-1998", "--age", 34, "--life-stage", "none")
    row = {"reference_set": str, "kind": str, "life_stage": str, "age_from_years": NUMBER, "source_id": str, "locator": str}
    fits(answer, [row])
    assert len(answer) == 2
    assert {(r["kind"], value) for r in answer for key, value in r.items() if key.startswith("value")} == {("EAR", 2.0), ("RDA", 2.4)}


def test_reference_without_filters_is_the_whole_table(run):
    assert len(run.json("reference")) == len(csv_rows("reference_intakes"))


def test_foods_search(run):
    answer = run.json("foods", "search", "boiled egg", "--diet", "vegetarian", "--limit", 5)
    fits(answer, [FOOD])
    assert 1 <= len(answer) <= 5
    assert {f["diet"] for f in answer} <= {"vegan", "vegetarian"}


def test_foods_search_for_many_at_once(run, tmp_path):
    queries = tmp_path / "queries.txt"
    queries.write_text("milk\n\nboiled egg\nxyzzy\n", encoding="utf-8")
    answer = run.json("foods", "search", "--queries", queries, "--limit", 3)
    assert list(answer) == ["milk", "boiled egg", "xyzzy"]
    fits(answer["milk"], [FOOD])
    assert len(answer["milk"]) == 3
    assert answer["xyzzy"] == []


def test_foods_show(run):
    answer = run.json("foods", "show", "fndds:11112110")
    fits(answer, FOOD)
    assert answer["fdc_id"] == 2705386
    assert answer["b12_ug_per_100g"] == 0.55


def test_link_encode_and_decode_lead_back(run, saved):
    plan = Plan(Person(34, conditions=("ppi",)), MILK.days, (Supplement("tablet", 10, 7, True),))
    _, url, _ = run("link", "encode", saved(plan), "--base", "https://example.org/", "--share-conditions")
    assert url.startswith("https://example.org/?p=")
    status, out, err = run("link", "decode", url.strip())
    assert (status, err) == (0, "")
    assert plan_file.load(out).plan == plan


def test_link_encode_keeps_conditions_back_unasked(run, saved):
    _, url, _ = run("link", "encode", saved(Plan(Person(34, conditions=("nitrous-oxide",)), MILK.days)))
    assert "nitrous" not in url
    _, out, _ = run("link", "decode", url.strip())
    assert plan_file.load(out).plan.person.conditions == ()


def test_a_damaged_link_is_read_and_told(run):
    url = link.to_url(MILK)
    status, out, err = run("link", "decode", url[:-3] + "zzz")
    assert status == 0
    assert err.strip()
    assert plan_file.load(out).plan is not None


TEXT = [
    ("assess", "-"),
    ("suggest", "-"),
    ("absorb", "--dose-ug", "1000"),
    ("reference", "--age", "34"),
    ("foods", "search", "milk"),
    ("foods", "show", "fndds:11112110"),
]


@pytest.mark.parametrize("arguments", TEXT, ids=" ".join)
def test_text_answers_are_for_people(run, arguments):
    status, out, err = run(*arguments, stdin=plan_file.dump(MILK))
    assert (status, err) == (0, "")
    assert out.strip()
    if arguments[:2] != ("foods", "show"):  # which prints the row as it stands
        assert not re.search(r"\b(None|nan|inf)\b|Band\(|[{}]", out)


# Bad input ---------------------------------------------------------------------------------------

REFUSED = {
    "no command": (),
    "unknown command": ("frobnicate",),
    "plan without new": ("plan",),
    "no diet": ("plan", "new"),
    "unknown diet": ("plan", "new", "--diet", "paleo"),
    "unknown place": ("plan", "new", "--diet", "vegan", "--shops-in", "atlantis"),
    "age 500": ("plan", "new", "--diet", "vegan", "--age", "500"),
    "age -1": ("plan", "new", "--diet", "vegan", "--age", "-1"),
    "age is a word": ("plan", "new", "--diet", "vegan", "--age", "old"),
    "age has a fraction": ("plan", "new", "--diet", "vegan", "--age", "1.5"),
    "unknown life stage": ("plan", "new", "--diet", "vegan", "--life-stage", "old"),
    "unknown condition": ("plan", "new", "--diet", "vegan", "--condition", "tiredness"),
    "unknown exclusion": ("plan", "new", "--diet", "vegan", "--exclude", "mondays"),
    "unknown reference set": ("plan", "new", "--diet", "vegan", "--reference-set", "mine"),
    "missing file": ("assess", "no-such-file.json"),
    "a folder": ("assess", "."),
    "no plan named": ("assess",),
    "a name with a zero byte": ("assess", "a\0b"),
    "suggest for a missing file": ("suggest", "no-such-file.json", "--json"),
    "bad link": ("assess", "?p=nonsense"),
    "a link to elsewhere": ("assess", "https://example.org/"),
    "a link with a broken host": ("assess", "http://[::1?p=1.abc.def"),
    "a link with 150 fields": ("assess", "https://example.org/?" + "a=1&" * 150),
    "decode nonsense": ("link", "decode", "nonsense"),
    "decode nothing": ("link", "decode", ""),
    "decode a byte that is no text": ("link", "decode", "1.000.\udcff"),
    "decode another version": ("link", "decode", "?p=9.abc.def"),
    "encode a missing file": ("link", "encode", "no-such-file.json"),
    "negative dose": ("absorb", "--dose-ug", "-1"),
    "dose nan": ("absorb", "--dose-ug", "nan"),
    "dose infinite": ("absorb", "--dose-ug", "inf"),
    "dose a million": ("absorb", "--dose-ug", "1000000"),
    "dose a word": ("absorb", "--dose-ug", "lots"),
    "no dose": ("absorb",),
    "absorb, unknown condition": ("absorb", "--dose-ug", "10", "--condition", "tiredness"),
    "absorb, unknown kind": ("absorb", "--dose-ug", "10", "--kind", "patch"),
    "absorb, unknown set": ("absorb", "--dose-ug", "10", "--reference-set", "mine"),
    "reference, unknown set": ("reference", "--set", "mine"),
    "reference, age a word": ("reference", "--age", "old"),
    "reference, age 500": ("reference", "--age", "500"),
    "reference, age -5": ("reference", "--age", "-5"),
    "reference, age nan": ("reference", "--age", "nan"),
    "unknown food": ("foods", "show", "fndds:00000000"),
    "food with a strange id": ("foods", "show", "liver; DROP TABLE foods"),
    "search for nothing": ("foods", "search"),
    "search with a missing file": ("foods", "search", "--queries", "no-such-file.txt"),
    "search with an unknown diet": ("foods", "search", "milk", "--diet", "paleo"),
    "limit a word": ("foods", "search", "milk", "--limit", "many"),
    "an option nobody knows": ("reference", "--colour", "red"),
}


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_bad_input_is_refused_in_one_line(run, case):
    run.refused(*REFUSED[case])


def test_numbers_are_typed_as_people_write_them(run):
    """A comma is a decimal mark, a unit is read, and what can be two numbers is refused."""
    for typed, dose_ug in (("1,5", 1.5), ("1.5", 1.5), ("1 mg", 1000), ("0,38", 0.38)):
        assert run.json("absorb", "--dose-ug", typed) == run.json("absorb", "--dose-ug", f"{dose_ug:g}")
    assert "1 µg / 1000 µg" in run.refused("absorb", "--dose-ug", "1,000")
    assert "more than one dose" in run.refused("absorb", "--dose-ug", "3 x 25")
    assert "no whole number" in run.refused("plan", "new", "--diet", "vegan", "--age", "34,5")


@pytest.mark.parametrize(
    "stdin",
    ["", "hello", "{", "[]", '{"version": 2, "days": []}', "?p=", b"\xff\xfe{}", b'{"version": 1, "days": "\xe9"}'],
    ids=["empty", "a word", "half", "a list", "version 2", "an empty link", "no text", "Latin-1"],
)
def test_bad_standard_input_is_refused_in_one_line(run, stdin):
    run.refused("assess", "-", stdin=stdin)


def test_a_file_of_bytes_is_refused(run, tmp_path):
    path = tmp_path / "photo.json"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xff")
    assert "cannot be read" in run.refused("assess", path)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"age_years": 500}, "Age"),
        ({"age_years": 10**400}, "age"),
        ({"diet": "paleo"}, "Diet"),
        ({"conditions": ["Feels tired"]}, "onditions"),
    ],
    ids=["age 500", "age of 400 digits", "diet", "condition"],
)
def test_a_plan_file_with_a_bad_person_is_told(run, change, told):
    """A file may be opened in part, but what was left out goes to stderr, never a traceback."""
    data = plan_file.to_json(MILK)
    data["person"] |= change
    status, out, err = run("assess", "-", stdin=json.dumps(data))
    assert status in (0, 2)
    assert told in err
    assert "Traceback" not in err


def test_an_unknown_food_id_in_a_file_is_told(run):
    data = plan_file.to_json(MILK)
    data["days"][0]["meals"]["lunch"] = [{"food": "my lunch", "grams": 100}]
    status, _, err = run("assess", "-", stdin=json.dumps(data))
    assert status == 0
    assert "my lunch" in err


def test_an_unknown_condition_in_a_file_is_flagged(run):
    data = plan_file.to_json(MILK)
    data["person"]["conditions"] = ["made-up-illness"]
    answer = run.json("assess", "-", stdin=json.dumps(data), told="made-up-illness")
    assert "unknown-condition" in {f["id"] for f in answer["flags"]}


@pytest.mark.parametrize("limit", ["0", "-1", "-5"])
def test_a_limit_below_one_never_gives_more(run, limit):
    """A slice with a negative end would print nearly the whole table."""
    status, out, err = run("foods", "search", "milk", "--limit", limit, "--json")
    assert (status == 2 and err.count("\n") == 1) or json.loads(out) == []


# The real thing ----------------------------------------------------------------------------------


def shell(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dashboard", *arguments],
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_a_new_plan_can_be_piped_into_assess():
    """python -m dashboard plan new --diet vegan --age 34 | python -m dashboard assess - --json"""
    new = shell("plan", "new", "--diet", "vegan", "--age", "34")
    assert (new.returncode, new.stderr) == (0, "")
    assessed = shell("assess", "-", "--json", stdin=new.stdout)
    assert (assessed.returncode, assessed.stderr) == (0, "")
    fits(json.loads(assessed.stdout), ASSESSMENT)


def test_an_error_has_status_two_in_a_shell():
    refused = shell("assess", "no-such-file.json")
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert refused.stderr.count("\n") == 1
