"""The tables of data/ keep their own rules, and the food figures are USDA's."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from conftest import DATA, RELEASES, csv_rows

from dashboard.estimate import reference
from dashboard.plan import MEALS, Person
from dashboard.tables import manifest

MARKS = {"read", "read-2nd", "known", "unsure", "calc", "choice"}
EVERY_TABLE = sorted(path.stem for path in DATA.glob("*.csv") if path.stem != manifest.NAME)
#: facts.csv says what words mean; it states nothing that a source could stand behind.
VOCABULARY = {"sources", "facts"}
WITH_UNIT = sorted(set(EVERY_TABLE) - VOCABULARY - {"foods"})  # foods: units stand in the column names
WITH_MARK = (
    "units",
    "absorption_observations",
    "advice_rules",
    "age_bands",
    "condition_details",
    "condition_names",
    "conditions",
    "flags",
    "food_absorption_observations",
    "label_dates",
    "label_values",
    "model_parameters",
    "outlook_limits",
    "reference_intakes",
    "reference_sets",
    "regimen_cautions",
    "regimens",
    "sensitivity",
    "study_observations",
    "uncertainty",
    "validation_findings",
)

# The plan file's words: links made today must keep their meaning (file format version 1).
REFERENCE_SETS = {
    "iom-1998",
    "efsa-2015",
    "uk-1991",
    "dach-2018",
    "nnr-2023",
    "who-fao-2004",
    "nhmrc-2006",
    "icmr-2020",
    "japan-2020",
    "japan-2025",
}
CONDITIONS = {
    "pernicious-anaemia",
    "total-gastrectomy",
    "partial-gastrectomy",
    "gastric-bypass",
    "sleeve-gastrectomy",
    "atrophic-gastritis",
    "ileal-resection-short",
    "ileal-resection-medium",
    "ileal-resection-long",
    "crohns",
    "coeliac",
    "ppi",
    "h2-blocker",
    "metformin",
    "alcohol",
    "nitrous-oxide",
    "h-pylori",
    "fish-tapeworm",
    "sibo",
    "pancreatic-insufficiency",
    "one-anastomosis-bypass",
    "duodenal-switch",
    "sadi",
    "abdominal-radiotherapy",
    "colchicine",
    "topiramate",
    "pregabalin",
    "primidone",
    "phenobarbital",
    "hiv-diarrhoea",
    "neomycin",
    "cholestyramine",
    "slow-release-potassium",
    "lebers-eye-disease",
    "not-in-list",
}


def optional(text: str) -> float | None:
    return float(text) if text else None


# Sources, units, places --------------------------------------------------------------------------


@pytest.mark.parametrize("table", sorted(set(EVERY_TABLE) - VOCABULARY))
def test_every_source_resolves_and_has_a_place(table):
    known = {row["source_id"] for row in csv_rows("sources")}
    for n, row in enumerate(csv_rows(table), 2):
        ids = row["source_id"].split()
        assert ids, f"{table}.csv line {n} names no source"
        assert set(ids) <= known, f"{table}.csv line {n}: {set(ids) - known}"
        assert row["locator"].strip(), f"{table}.csv line {n} has no locator"


def test_what_each_reference_set_rests_on_resolves_and_has_a_place():
    known = {row["source_id"] for row in csv_rows("sources")}
    for row in csv_rows("reference_sets"):
        assert row["basis"].strip(), row["reference_set"]
        ids = row["basis_source_id"].split()
        assert ids, row["reference_set"]
        assert set(ids) <= known, row["reference_set"]
        assert len(row["basis_locator"].split(";")) in (1, len(ids)), row["reference_set"]
        assert row["basis_locator"].strip(), row["reference_set"]
        assert row["basis_mark"] in MARKS, row["reference_set"]


@pytest.mark.parametrize("table", WITH_UNIT)
def test_every_row_has_a_unit(table):
    assert [n for n, row in enumerate(csv_rows(table), 2) if not row["unit"].strip()] == []


@pytest.mark.parametrize("table", WITH_MARK)
def test_every_row_has_a_known_mark(table):
    assert {row["mark"] for row in csv_rows(table)} <= MARKS


def test_sources_are_unique_and_say_what_they_are():
    rows = csv_rows("sources")
    assert len({row["source_id"] for row in rows}) == len(rows)
    assert [row["source_id"] for row in rows if not (row["title"] and (row["citation"] or row["producer"]))] == []


@pytest.mark.parametrize("table", EVERY_TABLE)
def test_tables_are_regular(table):
    text = (DATA / f"{table}.csv").read_bytes()
    assert b"\r" not in text
    assert not text.startswith(b"\xef\xbb\xbf")
    for n, row in enumerate(csv_rows(table), 2):
        assert None not in row, f"{table}.csv line {n} has more cells than the header"
        assert None not in row.values(), f"{table}.csv line {n} has fewer cells than the header"


# Figures -----------------------------------------------------------------------------------------


def test_parameters_lie_within_their_range(tables):
    names = [row["name"] for row in csv_rows("model_parameters")]
    assert len(names) == len(set(names))
    for p in tables.parameters.values():
        assert p.low <= p.value <= p.high, p.name
        assert math.isfinite(p.value)


@pytest.mark.parametrize(("table", "key", "bands"), [("conditions", "condition", "grk"), ("regimens", "regimen", ("kept",))])
def test_bands_are_in_order(table, key, bands):
    for row in csv_rows(table):
        for band in bands:
            ends = [optional(row[f"{band}_{end}"]) for end in ("low", "value", "high")]
            assert all(e is None for e in ends) or None not in ends, f"{row[key]}: {band} is half a band"
            if None not in ends:
                assert 0 <= ends[0] <= ends[1] <= ends[2] <= 1, f"{row[key]}: {band}"


def half_unit(text: str) -> float:
    """Half a unit of the last digit printed: 0.36 -> 0.005, 71 -> 0.5."""
    return 0.5 * 10 ** -len(text.partition(".")[2])


def test_observations_agree_with_themselves():
    """Dose, amount and percent of each row fit together within their own rounding."""
    rows = csv_rows("absorption_observations")
    for row in rows:
        dose, absorbed, percent = (float(row[c]) for c in ("dose_ug", "absorbed_ug", "absorbed_percent"))
        rounding = half_unit(row["absorbed_ug"]) + half_unit(row["absorbed_percent"]) * dose / 100
        assert abs(absorbed - percent * dose / 100) <= rounding, row
    # published absorption has 11 pairs that are fitted; those without intrinsic factor and Chanarin's are not
    assert sum(row["fitted"] == "yes" for row in rows) == 11


def test_the_default_curve_is_the_rounded_fit(tables):
    # published absorption: M3 rounded has f 0.65, C 1.25 ug, p 0.012; with food p 0.005; SD of ln residual 0.27
    wanted = {
        "if_fraction": 0.65,
        "if_capacity_ug": 1.25,
        "passive_fraction": 0.012,
        "passive_fraction_with_food": 0.005,
        "residual_ln_sd": 0.27,
        "food_fraction": 0.5,
        "egg_fraction": 0.3,
        "food_capacity_ug": 2.5,
        "days_for_verdict": 3,
    }
    assert {name: tables.parameters[name].value for name in wanted} == wanted


# Reference values --------------------------------------------------------------------------------


def test_reference_sets_are_those_of_the_plan_file(tables):
    """Links name them, so none goes; a new one has values."""
    assert set(tables.reference_sets) >= REFERENCE_SETS
    assert {row.reference_set for row in tables.references} == set(tables.reference_sets)


def test_conditions_are_those_of_the_plan_file(tables):
    assert set(tables.conditions) == CONDITIONS
    assert len(csv_rows("conditions")) == len(CONDITIONS)


def bands_of(tables) -> dict[tuple[str, str, str], list[tuple[float, float]]]:
    bands: dict[tuple[str, str, str], list[tuple[float, float]]] = {}
    for row in tables.references:
        end = math.inf if row.age_below_years is None else row.age_below_years
        bands.setdefault((row.reference_set, row.kind, row.life_stage), []).append((row.age_from_years, end))
    return {key: sorted(ages) for key, ages in bands.items()}


def test_reference_ages_do_not_overlap_or_run_backwards(tables):
    for key, ages in bands_of(tables).items():
        assert all(start < end for start, end in ages), key
        assert all(end <= following for (_, end), (following, _) in pairwise(ages)), key


def gaps(ages: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Stretches of life from birth on that no band covers."""
    found, at = [], 0.0
    for start, end in sorted(ages):
        if start > at:
            found.append((at, start))
        at = max(at, end)
    return [*found, (at, math.inf)] if at < math.inf else found


EVERY_SET = sorted(row["reference_set"] for row in csv_rows("reference_sets"))
#: Ages without a target outside pregnancy and breastfeeding, of the sets of the plan file. [years]
KNOWN_GAPS = {"efsa-2015": [(0, 0.5)], "nnr-2023": [(0, 0.5)], "icmr-2020": [(0, 1)], "japan-2020": [(1, 18)], "japan-2025": [(1, 18)]}


@pytest.mark.parametrize("reference_set", EVERY_SET)
def test_ages_without_a_target_are_those_the_note_names(tables, reference_set):
    kinds = tables.reference_sets[reference_set].target_kinds
    ages = [
        a for (s, kind, stage), rows in bands_of(tables).items() if (s, stage) == (reference_set, "none") and kind in kinds for a in rows
    ]
    found, note = gaps(ages), tables.reference_sets[reference_set].note
    if reference_set in REFERENCE_SETS:
        assert found == KNOWN_GAPS.get(reference_set, [])
    for start, end in found:
        assert f"{start:g} to under {end:g} year" in note
    assert bool(found) != ("no gaps" in note.lower())


@pytest.mark.parametrize("stage", ["pregnant", "breastfeeding"])
@pytest.mark.parametrize("reference_set", EVERY_SET)
def test_pregnancy_and_breastfeeding_need_no_less_than_usual(tables, reference_set, stage):
    usual = reference.target(tables, Person(30, reference_set=reference_set))
    staged = reference.target(tables, Person(30, stage, reference_set=reference_set))
    assert staged.life_stage == stage
    assert staged.intake_ug >= usual.intake_ug


def test_average_requirement_is_below_the_target(tables):
    for reference_set in EVERY_SET:
        for age in (0.2, 0.7, 2, 5, 8, 12, 16, 25, 60, 80):
            found = {r.kind: r.value_ug for r in reference.rows(tables, reference_set, age, "none")}
            average = found.get(tables.reference_sets[reference_set].average_kind)
            tops = [found[k] for k in tables.reference_sets[reference_set].target_kinds if k in found]
            assert average is None or average < tops[0], (reference_set, age)


def test_iom_rda_is_the_ear_and_two_cv(tables):
    # published reference intakes: RDA = EAR + 2 CV with CV 10 %, so 1.2 x EAR, published to one decimal
    rows = [r for r in tables.references if r.reference_set == "iom-1998"]
    ears = {(r.life_stage, r.age_from_years): r.value_ug for r in rows if r.kind == "EAR"}
    rdas = {(r.life_stage, r.age_from_years): r.value_ug for r in rows if r.kind == "RDA"}
    assert ears.keys() == rdas.keys()
    for key, ear in ears.items():
        assert abs(rdas[key] - 1.2 * ear) <= 0.1 + 1e-9, key  # IOM rounds 0.84 up to 0.9 and 2.88 down to 2.8


def test_the_food_fraction_is_the_same_for_everybody_with_efsas_as_its_low_end(tables):
    food, egg = tables.parameters["food_fraction"], tables.parameters["egg_fraction"]
    assert (food.low, food.value, food.high) == (0.4, 0.5, 0.5)
    assert (egg.low, egg.value, egg.high) == (0.3, 0.3, 0.3)


# The need in absorbed terms ----------------------------------------------------------------------

#: Sets whose target is an AI or an estimate: blood markers, not absorbed amounts (published at the point of advice, A7).
ADEQUATE_INTAKES = {"efsa-2015", "dach-2018", "nnr-2023", "japan-2025"}
STAGES = ("none", "pregnant", "breastfeeding")


def test_an_ai_takes_its_need_from_iom_and_other_sets_from_themselves(tables):
    for key, chosen in tables.reference_sets.items():
        assert chosen.need_set == (key if chosen.target_kinds[0] in ("RDA", "RNI", "RDI") else "iom-1998")
        # A need is half of a recommended intake, never of an AI: those of the basis begin with RDA, RNI or RDI.
        assert tables.reference_sets[chosen.need_set].target_kinds[0] in ("RDA", "RNI", "RDI")


@pytest.mark.parametrize("reference_set", EVERY_SET)
def test_the_need_is_half_of_the_sets_own_values_or_ioms(tables, reference_set):
    """Every age and life stage: half of IOM's RDA and EAR for an AI, said as IOM's; half of its own for the others."""
    for age in range(0, 100):
        for stage in STAGES:
            target = reference.target(tables, Person(age, stage, reference_set=reference_set))
            if target is None:
                continue
            if age < 1:
                assert (target.need, target.need_ug, target.need_average_ug) == (None, None, None)
                continue
            basis = "iom-1998" if reference_set in ADEQUATE_INTAKES else reference_set
            rows = {r.kind: r for r in reference.rows(tables, basis, age, target.life_stage)}
            recommended = rows.get("RDA") or rows.get("RNI") or rows.get("RDI")
            if recommended is None:
                assert target.need is None
                continue
            assert target.need_ug == pytest.approx(recommended.value_ug / 2)
            assert target.need_average_ug == (pytest.approx(rows["EAR"].value_ug / 2) if "EAR" in rows else None)
            assert target.need_is_ioms == (reference_set in ADEQUATE_INTAKES)
            assert (target.need.reference_set, target.need.source_id) == (basis, recommended.source_id)
            assert (target.need.locator, target.need.mark) == (recommended.locator, recommended.mark)


@pytest.mark.parametrize("stage", STAGES)
def test_the_need_does_not_change_with_the_country_among_sets_that_are_an_ai(tables, stage):
    for age in range(1, 100):
        targets = [reference.target(tables, Person(age, stage, reference_set=s)) for s in sorted(ADEQUATE_INTAKES)]
        # Two sets may begin pregnancy at different ages: those that compare the same life stage have the same need.
        for life_stage in STAGES:
            assert len({t.need_ug for t in targets if t and t.life_stage == life_stage}) <= 1, age


@pytest.mark.parametrize(
    ("reference_set", "age", "stage", "need", "average"),
    [
        ("iom-1998", 34, "none", 1.2, 1.0),
        ("efsa-2015", 34, "none", 1.2, 1.0),
        ("efsa-2015", 2, "none", 0.45, 0.35),
        ("dach-2018", 30, "pregnant", 1.3, 1.1),
        ("uk-1991", 34, "none", 0.75, 0.625),
        ("uk-1991", 30, "breastfeeding", 1.0, None),  # an RNI and no EAR
        ("who-fao-2004", 12, "none", 1.2, None),  # no EAR below 19 years
        ("nnr-2023", 70, "none", 1.2, 1.0),  # its provisional AR is no basis: its target is an AI
        ("efsa-2015", 52, "pregnant", None, None),  # IOM has no value for pregnancy from 51 years
        ("uk-1991", 0, "none", None, None),
    ],
)
def test_needs_worked_by_hand(tables, reference_set, age, stage, need, average):
    target = reference.target(tables, Person(age, stage, reference_set=reference_set))
    assert target.need_ug == (None if need is None else pytest.approx(need))
    assert target.need_average_ug == (None if average is None else pytest.approx(average))


def test_only_an_ai_or_an_estimate_is_spoken_of_as_one(tables):
    """Below an RNI without an EAR beside it (UK, breastfeeding) the intake may be too low; below an AI it need not be."""
    for reference_set in REFERENCE_SETS:
        target = reference.target(tables, Person(30, "breastfeeding", reference_set=reference_set))
        assert target.is_adequate_intake is (reference_set in ADEQUATE_INTAKES)
    assert reference.target(tables, Person(40, reference_set="nnr-2023")).average_ug is None


def test_a_superseded_set_still_opens_and_is_not_offered(tables):
    gone = {key: s.superseded_by for key, s in tables.reference_sets.items() if s.superseded_by}
    assert gone == {"japan-2020": "japan-2025"}
    assert set(tables.sets_offered()) == set(tables.reference_sets) - {"japan-2020"}
    assert reference.target(tables, Person(40, reference_set="japan-2020")).intake_ug == 2.4
    assert reference.target(tables, Person(40, reference_set="japan-2025")).intake_ug == 4.0
    assert "superseded" in tables.reference_sets["japan-2020"].label


# Foods -------------------------------------------------------------------------------------------

FLESH = {"meat", "poultry", "fish", "shellfish", "gelatin"}
ANIMAL = FLESH | {"egg", "dairy", "honey"}
ALLERGENS = {
    "gluten",
    "crustaceans",
    "eggs",
    "fish",
    "peanuts",
    "soy",
    "milk",
    "tree-nuts",
    "celery",
    "mustard",
    "sesame",
    "molluscs",
}


def test_there_are_enough_foods(tables):
    assert len(tables.foods) >= 900
    assert sum(f.diet == "vegan" for f in tables.foods.values()) >= 200


def test_food_ids_and_names_are_unique():
    rows = csv_rows("foods")
    assert len({r["id"] for r in rows}) == len(rows)
    names = [r["name"].casefold() for r in rows]
    assert sorted({n for n in names if names.count(n) > 1}) == []
    fdc = [r["fdc_id"] for r in rows if r["fdc_id"]]
    assert len(fdc) == len(set(fdc))


def test_food_figures_are_possible(tables):
    for f in tables.foods.values():
        for amount in (f.b12_ug_per_100g, f.added_ug_per_100g, f.energy_kcal_per_100g, f.protein_g_per_100g):
            assert amount is None or (math.isfinite(amount) and amount >= 0), f.id
        assert (f.energy_kcal_per_100g or 0) <= 902, f.id  # 100 g of pure fat
        assert (f.protein_g_per_100g or 0) <= 100, f.id
        low, value, high = f.b12_low_ug_per_100g, f.b12_ug_per_100g, f.b12_high_ug_per_100g
        if low is not None or high is not None:
            assert low <= value <= high, f.id


def test_added_b12_is_part_of_the_total(tables):
    more = [f.id for f in tables.foods.values() if f.added_ug_per_100g is not None and f.added_ug_per_100g > (f.b12_ug_per_100g or 0)]
    assert more == []


def test_portions_are_few_and_positive(tables):
    for f in tables.foods.values():
        assert 1 <= len(f.portions) <= 4, f.id
        assert all(0 < p.grams <= 1500 and p.label for p in f.portions), f.id
        assert len({p.label for p in f.portions}) == len(f.portions), f.id


def test_diet_class_agrees_with_what_the_food_contains(tables):
    for f in tables.foods.values():
        assert f.diet in {"vegan", "vegetarian", "omnivore", "uncertain"}, f.id
        assert f.contains <= ANIMAL, f.id
        if f.diet == "vegan":
            assert not f.contains, f"{f.id} {f.name}"
            assert not f.allergens & {"milk", "eggs", "fish", "crustaceans", "molluscs"}, f"{f.id} {f.name}"
        if f.diet == "vegetarian":
            assert not f.contains & FLESH, f"{f.id} {f.name}"
            assert not f.allergens & {"fish", "crustaceans", "molluscs"}, f"{f.id} {f.name}"
        if f.contains & FLESH:
            assert f.diet == "omnivore", f"{f.id} {f.name}"


def test_allergens_and_tags_are_known_words(tables):
    tags = {
        "fortified",
        "organ-meat",
        "raw",
        "unreliable",
        "pork",
        "beef",
        "alcohol",
        "energy-drink",
        "high-mercury",
        "infant",
        "medical",
        "cured",
        "dish",
    }
    for f in tables.foods.values():
        assert f.allergens <= ALLERGENS, f.id
        assert f.tags <= tags, f.id


def test_dairy_and_eggs_are_allergens_too(tables):
    for f in tables.foods.values():
        assert "dairy" not in f.contains or "milk" in f.allergens, f"{f.id} {f.name}"
        assert "egg" not in f.contains or "eggs" in f.allergens, f"{f.id} {f.name}"


# Words of a name that settle the diet class; the second column would make it something else.
GIVEAWAYS = {
    "omnivore": ("beef", "chicken breast", "salmon", "bacon", "ham", "tuna", "pork", "turkey breast", "prawns", "lamb"),
    "not vegan": ("egg", "milk", "cheese", "yogurt", "butter", "honey", "cream"),
}
LOOKALIKES = (
    "vegan",
    "vegetarian",
    "meatless",
    "plant",
    "imitation",
    "substitute",
    "soy",
    "almond",
    "oat",
    "rice",
    "coconut",
    "nut",
    "bean",
    "cocoa",
    "pea",
    "squash",
    "eggplant",
    "tofu",
    "hamburger bun",
    "cashew",
    "hemp",
    "flax",
    "without",
    "dairy free",
    "non-dairy",
    "body",
    "apple",
    "of wheat",
    "pumpkin",
    "tartar",
    "tahini",
    "seed",
    "lettuce",
    "no egg",
    "no milk",
    "no cheese",
    "fruit",
)


def test_no_flesh_or_dairy_by_name_in_a_vegan_food(tables):
    wrong = []
    for f in tables.foods.values():
        name = f.name.casefold()
        if f.diet != "vegan" or any(word in name for word in LOOKALIKES):
            continue
        words = set(name.replace(",", " ").replace("(", " ").replace(")", " ").split())
        if words & set(GIVEAWAYS["omnivore"]) or words & set(GIVEAWAYS["not vegan"]):
            wrong.append(f"{f.id} {f.name}")
    assert wrong == []


def test_spot_checks_of_b12(tables):
    """Figures of USDA's release FNDDS 2021-2023, by food code. [ug per 100 g]"""
    figures = {
        "fndds:11112110": (0.55, 0.0),  # milk, reduced fat (2 %)
        "fndds:11320100": (0.39, 0.39),  # soy milk, unsweetened: all of it added
        "fndds:31103010": (0.82, 0.0),  # egg, boiled or poached
        "fndds:14104100": (1.06, 0.0),  # cheddar
    }
    found = {i: (tables.foods[i].b12_ug_per_100g, tables.foods[i].added_ug_per_100g) for i in figures if i in tables.foods}
    assert len(found) >= 3, "everyday foods have left the table"
    assert found == {i: figures[i] for i in found}


def test_cooked_clams_are_not_the_record_that_contradicts_its_raw_form(tables):
    # fdc_id 171975, 98.89 ug per 100 g, does not fit its raw form (data/README.md, clams)
    assert 171975 not in {f.fdc_id for f in tables.foods.values()}


def test_unreliable_plant_sources_are_marked(tables):
    for f in tables.foods.values():
        if any(word in f.name.casefold() for word in ("spirulina", "nori", "chlorella", "tempeh")) and "dish" not in f.tags:
            assert not f.counted, f"{f.id} {f.name}"


def test_fortified_vegan_foods_bring_added_b12_only(tables):
    """A plant has none of its own: what a vegan food of FNDDS has that may be counted is added.

    Yeast extract apart: USDA gives 0.50 ug per 100 g and writes 0 for added, though yeast makes none.
    """
    natural = [
        f"{f.id} {f.name}"
        for f in tables.foods.values()
        if f.diet == "vegan"
        and f.counted
        and "east extract" not in f.name
        and f.added_ug_per_100g is not None
        and (f.b12_ug_per_100g or 0) - f.added_ug_per_100g > 0.06
    ]
    assert natural == []


# Foods against USDA ------------------------------------------------------------------------------


def released() -> list[dict[str, str]]:
    return [row for row in csv_rows("foods") if row["source_id"] in RELEASES]


def test_nearly_all_foods_come_from_a_release():
    assert len(released()) >= 0.95 * len(csv_rows("foods"))


def test_foods_are_those_of_the_release(usda):
    wrong = []
    for row in released():
        theirs = usda.get(row["fdc_id"])
        if theirs is None:
            wrong.append(f"{row['id']}: fdc_id {row['fdc_id']} is not in the release")
        elif theirs["description"].split() != row["usda_description"].split():  # USDA doubles some spaces
            wrong.append(f"{row['id']}: {row['usda_description']!r}, USDA says {theirs['description']!r}")
        elif theirs["code"] != row["id"].partition(":")[2]:
            wrong.append(f"{row['id']}: USDA's code is {theirs['code']}")
    assert wrong == []


@pytest.mark.parametrize(
    ("column", "nutrient"),
    [("b12_ug_per_100g", "b12"), ("added_ug_per_100g", "added"), ("protein_g_per_100g", "protein")],
    ids=["b12", "added b12", "protein"],
)
def test_figures_are_those_of_the_release(usda, column, nutrient):
    wrong = []
    for row in released():
        theirs, ours = optional(usda.get(row["fdc_id"], {}).get(nutrient, "")), optional(row[column])
        # An added figure above its total is an error of USDA's; leaving the cell empty is right.
        total = optional(usda.get(row["fdc_id"], {}).get("b12", ""))
        if nutrient == "added" and ours is None and theirs is not None and total is not None and theirs > total:
            continue
        # Foundation prints up to eight digits; the table keeps five decimals.
        if (ours is None) != (theirs is None) or (ours is not None and abs(ours - theirs) > 0.5e-5):
            wrong.append(f"{row['id']} {row['name']}: {ours}, USDA {theirs}")
    assert wrong == []


def test_energy_is_that_of_the_release(usda):
    wrong = []
    for row in released():
        theirs = usda.get(row["fdc_id"], {})
        figures = {optional(theirs.get(name, "")) for name in ("energy", "energy general", "energy specific")} - {None}
        ours = optional(row["energy_kcal_per_100g"])
        if ours not in figures and (ours is not None or figures):
            wrong.append(f"{row['id']} {row['name']}: {ours}, USDA {sorted(figures)}")
    assert wrong == []


# The smaller tables ------------------------------------------------------------------------------


def test_regimens_are_those_a_person_can_understand(tables):
    for r in tables.regimens.values():
        assert r.advice in {"self-care", "discuss-first", "clinician"}
        assert r.dose_ug > 0
        assert r.times_per_week > 0
        assert (r.kept is not None) == (r.route in {"nasal", "intramuscular"}), r.regimen
        assert not (r.prescription and r.advice != "clinician"), r.regimen
        if r.route == "intramuscular":
            assert r.advice == "clinician"


def test_guidance_for_vegans_is_among_the_regimens(tables):
    # Vegan Society: 10 ug a day, or 2000 ug a week, or fortified food with at least 3 ug a day (published regimens)
    offered = {(r.dose_ug, r.times_per_week) for r in tables.regimens.values() if r.route == "oral"}
    assert {(10, 7), (2000, 1), (1, 21)} <= offered


def test_suggestion_groups_and_exclusions_name_what_exists(tables):
    groups = {f.group for f in tables.foods.values()}
    assert set(tables.suggestion_groups) <= groups
    for group in tables.suggestion_groups.values():
        assert group.meals
        assert set(group.meals) <= set(MEALS)
        assert 0 < group.times_per_week <= 7
    for exclusion in tables.exclusions.values():
        assert exclusion.field in {"allergens", "tags", "contains"}
        assert any(f.has(exclusion) for f in tables.foods.values()), f"no food holds {exclusion.exclusion}"


@pytest.mark.parametrize("table", ["conditions", "flags"])
def test_levels_are_known(table):
    assert {row["level"] for row in csv_rows(table)} <= {"info", "discuss", "clinician", "urgent"}


def test_levers_of_the_conditions(tables):
    """g and r of the table of conditions: low, value, high."""
    by_condition = {
        "pernicious-anaemia": ((0, 0, 0), (0, 0, 0)),
        "total-gastrectomy": ((0, 0, 0), (0, 0, 0)),
        "ileal-resection-long": ((0, 0, 0), (1, 1, 1)),
        "atrophic-gastritis": ((1, 1, 1), (0, 0, 1)),
        "metformin": ((1, 1, 1), (1, 1, 1)),
        "h2-blocker": ((1, 1, 1), (1, 1, 1)),
        "nitrous-oxide": ((1, 1, 1), (1, 1, 1)),
        "crohns": ((1, 1, 1), (1, 1, 1)),
        "ileal-resection-short": ((1, 1, 1), (1, 1, 1)),
    }
    for condition, (g, r) in by_condition.items():
        row = tables.conditions[condition]
        assert (row.capacity_factor.low, row.capacity_factor.value, row.capacity_factor.high) == g, condition
        assert (row.release_factor.low, row.release_factor.value, row.release_factor.high) == r, condition
    ppi = tables.conditions["ppi"].release_factor
    assert 0.25 <= ppi.low <= ppi.value <= 0.4  # Schenk 1996: 0.25-0.4 on the drug


def test_conditions_of_unknown_size_say_so(tables):
    """Wording for a flag (published conditions): where the effect is not known, no factor stands in the table."""
    for row in tables.conditions.values():
        if row.unknown_effect:
            assert "we do not know by how much" in row.text, row.condition
