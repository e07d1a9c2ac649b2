"""The worked example of docs/model.md, as printed, against the code."""

from __future__ import annotations

import re

from conftest import ROOT, own

from dashboard.estimate.assess import assess
from dashboard.plan import Day, Item, Person, Plan, Supplement

PAGE = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
#: The figures of the example are printed to three decimals.
PRINTED = 0.0005
CEREAL, MILK, SALMON = own("cereal", 0.6, 0.6), own("milk", 1.3, 0.0), own("salmon", 2.6, 0.0)


def printed(line: str) -> list[float]:
    """The figures after the last equals sign of a line of the example; a bracket's figures follow."""
    text = next(row for row in PAGE.splitlines() if row.strip().startswith(line))
    return [float(n) for n in re.findall(r"\d+\.\d+", text.rpartition("=")[2])]


def example(*supplements: Supplement) -> Plan:
    """The day of the example, three times over: a verdict needs three days."""
    egg = Item("fndds:31103010", 61.0)
    meals = ((Item(CEREAL.id, 100), Item(MILK.id, 100)), (egg,), (Item(SALMON.id, 100),), ())
    return Plan(Person(34), tuple(Day(f"Day {n}", meals) for n in (1, 2, 3)), supplements, (CEREAL, MILK, SALMON))


def test_the_example_comes_out_as_printed(tables):
    egg = tables.foods["fndds:31103010"]
    assert egg.group == "eggs" and egg.b12_ug_per_100g == 0.82, "the example needs a food of the egg group with this value"
    a = assess(example(), tables)
    near = 0.0005  # 61 g of boiled egg hold 0.5002 µg
    assert abs(a.intake_ug - printed("intake")[0]) < near
    for meal, line in ((0, "+ p D_c"), (1, "lunch"), (2, "dinner")):
        assert abs(a.days[0].meals[meal].usable.value - printed(line)[-1]) < PRINTED + near / 2
    for end in ("low", "high"):
        assert abs(getattr(a.usable, end) - printed(end)[-1]) < PRINTED * 3 + near
    assert abs(a.usable.value - printed("usable")[0]) < PRINTED * 3 + near
    assert a.target is not None and a.target.need_ug == 1.2


def test_the_tablet_comes_out_as_printed(tables):
    a, b = assess(example(), tables), assess(example(Supplement("tablet", 10, 7, False)), tables)
    value, low, high = printed("tablet")
    for end, said in (("value", value), ("low", low), ("high", high)):
        assert abs(getattr(b.usable, end) - getattr(a.usable, end) - said) < PRINTED
