"""Exports in other hands: LibreOffice opens them as they are, a full disk leaves no half a file, a cluster answers as one process."""

from __future__ import annotations

import errno
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

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


def rows() -> list[exports.Row]:
    return exports.items(assess(starter_plan(TABLES, Person(34, diet="vegan")), TABLES), code="=AB", on=date(2026, 11, 26))


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_workbook_and_reads_the_same_figures(tmp_path):
    book = tmp_path / "foods.xlsx"
    book.write_bytes(exports.to_xlsx({"foods": (exports.ITEMS, rows())}))
    command = [
        str(OFFICE),
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        "csv",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(book)], check=True, timeout=SECONDS_MAX, capture_output=True)
    lines = (tmp_path / "foods.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(rows()) + 1
    assert lines[0].split(",")[:4] == list(exports.ITEMS[:4])
    assert lines[1].startswith("=AB,"), "text that begins like a formula stays text"


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
