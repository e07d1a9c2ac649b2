"""The dictionaries that ``--json`` prints: one shape per answer, made from the model's objects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from dashboard.advice import regimens
from dashboard.advice.advise import Advice, Claim
from dashboard.advice.changes import Change, changes
from dashboard.advice.food_edits import Edit
from dashboard.advice.outlook import Outlook, Path, Span, shown_paths, stores_claim
from dashboard.advice.regimens import RegimenEffect
from dashboard.advice.suggest import Suggestion, suggest
from dashboard.estimate import RESULT_VERSION, equivalents
from dashboard.estimate.equivalents import Equivalent
from dashboard.estimate.provenance import Step, doubtful
from dashboard.plan import MEALS
from dashboard.tables.foods import Food
from dashboard.tables.science import Band, Reference
from dashboard.tables.tables import Tables
from dashboard.words import outlook as outlook_words
from dashboard.words.offers import WHOLE_FROM, nothing_to_suggest, supplement
from dashboard.words.verdict import clause, usable, verdict

DECIMALS = 4


def _ug(amount: float | None) -> float | None:
    return None if amount is None else round(amount, DECIMALS)


def band(b: Band) -> dict[str, float | None]:
    """Low, value and high. [µg]"""
    return {"low": _ug(b.low), "value": _ug(b.value), "high": _ug(b.high)}


def assessment(advice: Advice) -> dict[str, Any]:
    """The answer of ``assess --json``. [µg/day, means over the plan's days]"""
    a = advice.assessment
    target = a.target
    return {
        "result_version": RESULT_VERSION,
        "intake_ug": _ug(a.intake_ug),
        "natural_ug": _ug(a.natural_ug),
        "added_ug": _ug(a.added_ug),
        "supplement_ug": _ug(a.supplement_ug),
        "given_ug": _ug(a.given_ug),
        "uncounted_ug": _ug(a.intake.uncounted_ug),
        "usable_ug": band(a.usable),
        "usable_swallowed_ug": band(a.usable_swallowed),
        "usable_given_ug": band(a.usable_given),
        "target": target
        and {
            "reference_set": target.reference_set,
            "kind": target.kind,
            "intake_ug": target.intake_ug,
            "usable_ug": _ug(target.need_ug),
            "need": target.need
            and {
                "ug": _ug(target.need.ug),
                "average_ug": _ug(target.need.average_ug),
                "reference_set": target.need.reference_set,
                "kind": target.need.kind,
                "source_id": target.need.source_id,
                "locator": target.need.locator,
                "mark": target.need.mark,
            },
            "source_id": target.source_id,
            "locator": target.locator,
            "mark": target.mark,
        },
        "shortfall_ug": _ug(a.shortfall_ug) if advice.plans and target and not a.nothing_to_judge else None,
        "usable_shortfall_ug": _missing(a.usable_shortfall_ug, advice, Claim.MEETS) if advice.judges_usable and a.need_ug else None,
        "share_of_target": _ug(a.share_of_target) if advice.plans else None,
        "days_entered": a.days_entered,
        "looks_incomplete": a.looks_incomplete,
        "foods": a.intake.foods,
        "foods_unknown": a.intake.unknown,
        "lines_left_out": a.lines_left_out,
        "at_least": a.at_least,
        "crystalline_share": _ug(a.crystalline_share),
        "energy_kcal": round(a.intake.energy_kcal),
        "by_day": [
            {
                "name": d.name,
                "entered": d.entered,
                "intake_ug": _ug(d.intake_ug),
                "given_ug": _ug(d.given_ug),
                "usable_ug": band(d.usable),
                "shortfall_ug": _ug(d.shortfall_ug) if advice.plans and target and d.entered and not a.nothing_to_judge else None,
                "foods_unknown": d.intake.unknown,
            }
            for d in a.days
        ],
        "by_meal": [
            {"name": MEALS[m.meal], "intake_ug": _ug(m.intake.total_ug + m.supplement_ug), "usable_ug": band(m.usable)} for m in a.meals
        ],
        "by_food": [
            {
                "food": f.food_id,
                "name": f.name,
                "grams": round(f.grams, 1),
                "intake_ug": _ug(f.total_ug),
                "natural_ug": _ug(f.natural_ug),
                "added_ug": _ug(f.added_ug),
                "uncounted_ug": _ug(f.uncounted_ug),
            }
            for f in a.foods
        ],
        "verdict": str(advice.intake_verdict),
        "usable_verdict": str(advice.usable_verdict),
        "flags": [{"id": f.id, "level": f.level, "text": f.text, "mark": f.mark} for f in advice.flags],
        "advice": advised(advice),
        "scenarios": [{"id": s.id, "usable_ug": band(s.usable)} for s in a.scenarios],
        "sources": sorted({*a.source_ids, *advice.source_ids}),
    }


def advised(advice: Advice) -> dict[str, Any]:
    """What may be said, claimed and offered, and the rules it comes from."""
    return {
        "plans": advice.plans,
        "verdict": {"id": advice.verdict.value, "text": verdict(advice)},
        "usable": usable(advice),
        "leads": [{"rule": r.rule, "what": r.value, "text": r.text} for r in advice.leads],
        "foods": str(advice.foods),
        "regimens": str(advice.regimens),
        "judged_at_low_end": advice.at_low_end,
        "who_decides": str(advice.who),
        "claims": {str(claim): _permission(claim, advice) for claim in Claim},
        "rules": [{"rule": r.rule, "source": list(r.source_ids), "locator": r.locator, "mark": r.mark} for r in advice.rules],
    }


def _permission(claim: Claim, advice: Advice) -> dict[str, Any]:
    permission = advice.claim(claim)
    return {
        "may": permission.may,
        "only_if": [clause(rule, advice) for rule in permission.only_if],
        "rules": [rule.rule for rule in permission.rows],
    }


def rests_on(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """The unchecked figures and the choices behind an answer."""
    return [{"kind": s.kind, "id": s.key, "mark": s.mark, "sources": list(s.source_ids), "locator": s.locator} for s in doubtful(steps)]


def food(f: Food) -> dict[str, Any]:
    """One food of ``foods search`` and ``foods show``."""
    return {
        "id": f.id,
        "fdc_id": f.fdc_id,
        "name": f.name,
        "usda_description": f.usda_description,
        "source": f.source_id,
        "diet": f.diet,
        "b12_ug_per_100g": f.b12_ug_per_100g,
        "added_ug_per_100g": f.added_ug_per_100g,
        "portions": [asdict(p) for p in f.portions],
    }


def food_in_full(f: Food) -> dict[str, Any]:
    """One food with everything the table knows of it."""
    return food(f) | {
        "group": f.group,
        "contains": sorted(f.contains),
        "allergens": sorted(f.allergens),
        "tags": sorted(f.tags),
        "energy_kcal_per_100g": f.energy_kcal_per_100g,
        "protein_g_per_100g": f.protein_g_per_100g,
        "b12_low_ug_per_100g": f.b12_low_ug_per_100g,
        "b12_high_ug_per_100g": f.b12_high_ug_per_100g,
        "derivation": f.derivation,
        "counted": f.counted,
        "locator": f.locator,
        "note": f.note,
    }


def reference(row: Reference) -> dict[str, Any]:
    """One row of ``reference --json``: the value first, then where it comes from."""
    answer = asdict(row)
    return answer | {name: answer.pop(name) for name in ("source_id", "locator", "mark")}


def _edit(e: Edit) -> dict[str, Any]:
    """One edit: ``add``, ``swap``, ``split`` or ``move`` holds the food's id."""
    said: dict[str, Any] = {str(e.kind): e.food.id, "name": e.food.name, "meal": MEALS[e.meal], "days": list(e.days), "family": e.family}
    if e.grams:
        said |= {"grams": e.grams}
    if e.portion:
        said |= {"portion": f"{e.portions:g} x {e.portion}"}
    if e.replaces:
        said |= {"replaces": e.replaces.id}
    if e.from_meal is not None:
        said |= {"from_meal": MEALS[e.from_meal]}
    return said


def _missing(ug: float, advice: Advice, claim: Claim) -> float | None:
    """What is missing; that nothing is, only where the claim may be made, else None. [µg/day]"""
    return _ug(ug) if advice.plans and (ug > 0 or advice.claim(claim).may) else None


def suggestion(s: Suggestion, advice: Advice) -> dict[str, Any]:
    """One suggestion with its effect, as far as it may be claimed: None where it may not.

    ``label_note`` is what is told of its label where it rests on a fortified food.
    """
    closes = advice.claim(Claim.CLOSES)
    whole = s.closes_share >= WHOLE_FROM
    return {
        "edits": [_edit(e) for e in s.edits],
        "intake_gain_ug": _ug(s.intake_gain_ug),
        "usable_gain_ug": _ug(s.usable_gain_ug),
        "closes_share": None if whole and not closes.may else _ug(s.closes_share),
        "closes_if": [clause(rule, advice) for rule in closes.only_if],
        "open_ug": _missing(s.open_ug, advice, Claim.NOTHING_OPEN),
        "usable_open_ug": _missing(s.usable_open_ug, advice, Claim.NOTHING_OPEN),
        "energy_kcal": None if s.energy_kcal is None else round(s.energy_kcal),
        "reason": s.reason,
        "fortified": s.fortified,
        "label_note": advice.market.label_note if s.fortified else None,
    }


def regimen(e: RegimenEffect, advice: Advice) -> dict[str, Any]:
    """One supplement regimen for this person."""
    return {
        "id": e.regimen.regimen,
        "form": e.regimen.form,
        "dose_ug": e.regimen.dose_ug,
        "times_per_week": e.regimen.times_per_week,
        "with_food": e.regimen.with_food,
        "week_ug": _ug(e.week_ug),
        "doses_per_year": round(e.doses_per_year),
        "prescription": e.regimen.prescription,
        "usable_ug": band(e.usable),
        "usable_with_diet_ug": band(e.usable_with_diet),
        "covers_need_alone": e.covers_need_alone,
        "covers_with_diet": e.covers_with_diet,
        "covers_if": [clause(rule, advice) for rule in e.covers_if],
        "advice": e.advice,
        "to_choose": e.to_choose,
        "instead_of": [supplement(s) for s in e.instead_of],
    }


def change(c: Change, advice: Advice) -> dict[str, Any]:
    """One plan of change; ``after`` None where there is none of its kind."""
    return {
        "way": str(c.way),
        "edits": [_edit(e) for e in c.suggestion.edits] if c.suggestion else [],
        "regimen": c.regimen.regimen.regimen if c.regimen else None,
        "meals_changed": c.occasions_changed,
        "after": c.after
        and {
            "intake_ug": _ug(c.after.intake_ug),
            "usable_ug": band(c.after.usable),
            "shortfall_ug": _missing(c.after.shortfall_ug, advice, Claim.NOTHING_OPEN),
            "usable_shortfall_ug": _missing(c.after.usable_shortfall_ug, advice, Claim.NOTHING_OPEN),
            "by_day": [{"name": d.name, "intake_ug": _ug(d.intake_ug), "usable_ug": _ug(d.usable.value)} for d in c.after.days],
        },
    }


def equivalent(e: Equivalent) -> dict[str, Any]:
    """A dose at a frequency that gives about the same as another; ``dose_ug`` None where none does."""
    return {"times_per_week": e.times_per_week, "dose_ug": e.dose_ug, "usable_ug": band(e.usable)}


def suggestions(advice: Advice, tables: Tables) -> dict[str, Any]:
    """The answer of ``suggest --json``."""
    foods = suggest(advice, tables)
    return {
        "foods": [suggestion(s, advice) for s in foods],
        "why_no_food": None if foods else nothing_to_suggest(advice),
        "advice": advised(advice),
        "regimens": [regimen(e, advice) for e in regimens.compare(advice, tables)],
        "changes": [change(c, advice) for c in changes(advice, tables)],
        **_doses(advice, tables),
    }


def _doses(advice: Advice, tables: Tables) -> dict[str, Any]:
    """Doses that come to the need, and the curve of one dose; nothing of it where no other dose may be compared."""
    a = advice.assessment
    if not advice.compares_doses:
        return {"equivalents": [], "dose_response": []}
    need_ug = a.target.need_ug if a.target and advice.claim(Claim.COVERS).may else None
    same = equivalents.equivalent_doses(need_ug, tables, a.levers) if need_ug else ()
    curve = equivalents.curve(tables, a.levers)
    return {
        "equivalents": [equivalent(e) for e in same],
        "dose_response": [{"dose_ug": _ug(r.dose_ug), "usable_ug": band(r.usable), "percent": _ug(r.percent)} for r in curve],
    }


def _years(s: Span) -> dict[str, float | None]:
    """A time with its low and high; None: never. [years]"""
    return {"low": _ug(s.low), "value": _ug(s.value), "high": _ug(s.high)}


def _path(p: Path) -> dict[str, Any]:
    curves = {"low_ug": p.low_ug, "value_ug": p.value_ug, "high_ug": p.high_ug}
    return {
        "years": [round(y, DECIMALS) for y in p.years],
        **{name: [round(ug, 1) for ug in curve] for name, curve in curves.items()},
        "years_to_signs": _years(p.years_to_signs),
    }


def outlook(o: Outlook, advice: Advice, tables: Tables) -> dict[str, Any]:
    """The answer of ``outlook --json``: the plan, and under ``others`` each other way of going on that may be shown."""
    shown = shown_paths(o, advice)
    said = {"answer": outlook_words.answer(o, advice, tables), "claim": None, "sources": list(o.source_ids)}
    if not shown:
        return {"years": [], "low_ug": [], "value_ug": [], "high_ug": [], "years_to_signs": None, "others": []} | said
    first, *others = shown if advice.claim(Claim.STORES).may else reversed(shown)
    return (
        _path(first)
        | {
            "path": first.id,
            "today_ug": band(o.today_ug),
            "signs_ug": o.signs_ug,
            "full_ug": o.full_ug,
            "loss_per_day": {"low": o.loss_per_day.low, "value": o.loss_per_day.value, "high": o.loss_per_day.high},
            "others": [
                {
                    "id": p.id,
                    "years_to_signs": _years(p.years_to_signs),
                    "at_end_ug": band(p.at(o.years)),
                    "days_to_refill": _years(p.days_to_replete),
                    "advice": p.effect.advice if p.effect else None,
                    "claim": str(stores_claim(p, o, advice, tables)),
                }
                for p in others
            ],
        }
        | said
        | {"claim": str(stores_claim(first, o, advice, tables))}
    )
