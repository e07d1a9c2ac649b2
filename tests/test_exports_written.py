"""Exports in other hands: LibreOffice opens them as they are, a full disk leaves no half a file, a cluster answers as one process."""

from __future__ import annotations

import errno
import math
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dashboard.command_line import report
from dashboard.command_line.error import CommandError
from dashboard.estimate.assess import assess
from dashboard.group import results
from dashboard.group.people import Client
from dashboard.handout import exports
from dashboard.plan import Person, plan_file
from dashboard.tables.read import load_tables
from dashboard.weeks.starter import starter_plan

TABLES = load_tables()
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
SECONDS_MAX = 120
LOCALES = {"en-US": exports.Locale.ENGLISH, "de-DE": exports.Locale.GERMAN}
#: What LibreOffice takes for the system it runs on.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{locale}</value></prop></item>
</oor:items>
"""


def rows() -> list[exports.Row]:
    return exports.items(assess(starter_plan(TABLES, Person(34, diet="vegan")), TABLES), code="=AB", on=date(2026, 11, 26))


def read_by_office(folder: Path, file: Path, locale: str, filters: tuple[str, ...] = ()) -> list[tuple[object, ...]]:
    """The cells of a file as LibreOffice holds them after it has opened the file on a system of a locale, without a question."""
    settings = folder / f"profile-{locale}" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(SETTINGS.format(locale=locale), encoding="utf-8")
    out = folder / f"read-{locale}"
    profile = f"-env:UserInstallation=file://{settings.parent.parent}"
    command = [str(OFFICE), "--headless", profile, *filters, "--convert-to", "xlsx", "--outdir", str(out), str(file)]
    subprocess.run(command, check=True, timeout=SECONDS_MAX, capture_output=True)
    return list(load_workbook(out / f"{file.stem}.xlsx").worksheets[0].iter_rows(values_only=True))


def same_figures(read: list[tuple[object, ...]], formula: str) -> None:
    """Every number is a number and the same one; text is text, also where it looks like a formula."""
    assert read[0] == exports.ITEMS and len(read) == len(rows()) + 1
    for cells, row in zip(read[1:], rows(), strict=True):
        for column, cell in zip(exports.ITEMS, cells, strict=True):
            told = row[column]
            if isinstance(told, int | float):
                assert isinstance(cell, int | float), (column, told, cell)
                assert math.isclose(cell, told, rel_tol=1e-5, abs_tol=1e-9), column
        assert cells[0] == formula


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("locale", LOCALES)
def test_libreoffice_of_either_system_reads_the_csv_made_for_it(tmp_path, locale):
    file = tmp_path / "foods.csv"
    file.write_bytes(exports.to_csv(rows(), exports.ITEMS, LOCALES[locale]))
    separator = ord(";" if LOCALES[locale] is exports.Locale.GERMAN else ",")
    same_figures(read_by_office(tmp_path, file, locale, (f"--infilter=CSV:{separator},34,76,1",)), "'=AB")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("locale", LOCALES)
def test_libreoffice_of_either_system_reads_the_workbook(tmp_path, locale):
    book = tmp_path / "foods.xlsx"
    book.write_bytes(exports.to_xlsx({"foods": (exports.ITEMS, rows())}))
    same_figures(read_by_office(tmp_path, book, locale), "=AB")


def test_what_has_a_band_has_a_column_for_each_end():
    assert {"usable_low_ug", "usable_ug", "usable_high_ug"} <= set(results.COLUMNS)
    row = results.row(Client("P", "f", starter_plan(TABLES, Person(34, diet="vegan"))))
    assert 0 < row["usable_low_ug"] < row["usable_ug"] < row["usable_high_ug"]


# A full disk -------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", report.ENDINGS)
def test_a_full_disk_leaves_the_file_of_before_and_nothing_else(tmp_path, monkeypatch, ending):
    plan, out = tmp_path / "plan.json", tmp_path / f"handout{ending}"
    plan.write_text(plan_file.dump(starter_plan(TABLES, Person(34))), encoding="utf-8")
    out.write_bytes(b"of before")
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        write(path, data[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(CommandError, match="No space left on device"):
        report.write_whole(out, b"x" * 1000)
    assert out.read_bytes() == b"of before"
    assert {path.name for path in tmp_path.iterdir()} == {plan.name, out.name}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_disk_that_is_full_is_one_sentence():
    with pytest.raises(CommandError) as refused:
        report.write_whole(Path("/dev/full/handout.pdf"), b"x")
    assert str(refused.value).count("\n") == 0


# A cluster ---------------------------------------------------------------------------------------


def test_a_cluster_answers_as_one_process_does():
    distributed = pytest.importorskip("distributed", reason="the optional package distributed is not installed")
    people = [Client(f"P{n}", "f", starter_plan(TABLES, Person(20 + n, diet="vegan"))) for n in range(5)]
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        assert list(results.on_cluster(people, cluster.scheduler_address)) == [results.row(person) for person in people]
