"""Every table of data/ as it is, with its rows' sources and marks."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import words
from dashboard.tables.read import read_rows
from dashboard.ui.shell import tables
from dashboard.words import sources as said

SHOWN = {
    "reference_intakes": "Reference intakes",
    "reference_sets": "Reference sets",
    "model_parameters": "Parameters of the absorption model",
    "absorption_observations": "Measured absorption, crystalline B12",
    "food_absorption_observations": "Measured absorption, B12 in food",
    "study_observations": "Studies the estimate is held against",
    "validation_findings": "What the estimate is good and bad at",
    "reference_bases": "What reference sets rest on",
    "sensitivity": "What is changed to see what moves the figure",
    "uncertainty": "What the low and high of the estimate cover",
    "conditions": "Conditions and medicines",
    "regimens": "Supplement regimens",
    "starter_weeks": "Example weeks",
    "starter_days": "What stands in the example weeks",
    "markets": "Where a person shops",
    "energy_needs": "Energy needs of children",
    "foods": "Foods",
    "label_values": "Values on labels",
    "flags": "Flags",
    "outlook_limits": "What the outlook leaves out",
    "absorption_path": "The path of B12",
    "life_stages": "Life stages",
    "risk_factors": "Risk factors",
    "symptoms": "Signs",
    "red_flags": "Red flags",
    "triage_rules": "Rules: whether and how soon to see whom",
    "blood_tests": "Blood tests: units and published bands",
    "blood_test_cautions": "Blood tests: what can mislead",
    "guidelines": "Guidelines on tests, treatment and follow-up",
    "questions": "Questions to bring",
    "suggestion_groups": "Food groups that are suggested",
    "everyday_foods": "Foods that may be added",
    "swaps": "Swaps like for like",
    "advice_rules": "Rules of advice: what may be said, claimed and offered",
    "age_bands": "Age limits",
    "condition_details": "Questions about a condition or medicine",
    "condition_names": "Words that lead to a condition or medicine",
    "quick_check": "Quick check: the questions",
    "frequencies": "Quick check: the answers",
    "stand_ins": "Stand-ins after a change of diet",
    "exclusions": "What can be left out",
}


def food_data() -> None:
    """Where the foods come from, and how many have, lack, or have zero B12."""
    foods = tables().foods.values()
    known = [f for f in foods if f.b12_ug_per_100g is not None]
    st.write(said.food_table(len(foods), sum(bool(f.b12_ug_per_100g) for f in known), len(foods) - len(known)))
    counts = pd.Series([f.source_id for f in foods]).value_counts()
    rows = [(tables().sources[str(s)], n) for s, n in counts.items()]
    st.dataframe(
        pd.DataFrame(
            {"Data set": s.title, "Foods": n, "Read on": s.date_accessed, "Licence": s.licence, "Address": s.url} for s, n in rows
        ),
        hide_index=True,
        column_config={"Address": st.column_config.LinkColumn()},
        alt="Data sets of the food table, with the number of foods from each",
    )


def tables_of_data() -> None:
    """One table of data/ at a time, as it is in the file."""
    st.subheader("The tables", anchor=False)
    name = st.selectbox("Table", list(SHOWN), format_func=SHOWN.__getitem__, key="table_shown", persist_state="session")
    rows = pd.DataFrame(read_rows(name)).replace("", None)
    if "mark" in rows:
        rows["mark"] = rows["mark"].map(lambda m: words.MARK_LABELS.get(m, m))
        doubtful = int((rows["mark"] == words.MARK_LABELS["unsure"]).sum())
        if doubtful:
            st.warning(said.doubtful(doubtful), icon=":material/help:")
    st.dataframe(rows, hide_index=True, alt=f"{SHOWN[name]}: {len(rows)} rows with source and locator")


def citations() -> None:
    """Every source."""
    st.subheader("The sources", anchor=False)
    sources = sorted(tables().sources.values(), key=lambda s: s.citation.lower())
    st.dataframe(
        pd.DataFrame({"Key": s.source_id, "Citation": said.cite(s), "DOI": f"https://doi.org/{s.doi}" if s.doi else None} for s in sources),
        hide_index=True,
        column_config={"DOI": st.column_config.LinkColumn()},
        alt=f"{len(sources)} sources with citation and DOI",
    )
