"""Finds a food by what a person types: the plain food first, whatever the order, spelling or English of the words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Final

from dashboard.foods import index
from dashboard.foods.lexicon import lexicon, ranking, words
from dashboard.foods.query import Reader, Term, Vocabulary, expression
from dashboard.foods.ranking import RankedFood, ranked_food, score
from dashboard.foods.same_food import rows_of_one_food
from dashboard.foods.usda.store import Store, StoreError
from dashboard.plan import Diet
from dashboard.tables.foods import DIET_MAY_EAT, Exclusion, Food
from dashboard.tables.read import load_tables
from dashboard.tables.tables import Tables

#: How many rows of the full-text index are looked at closely, best bm25 first.
CANDIDATES: Final = 200
BRANDED_WEIGHED: Final = 3000
#: Weights of name, description and brand in bm25.
BM25: Final = "bm25(food_fts, 10.0, 3.0, 2.0)"


@dataclass(frozen=True, slots=True)
class Hit:
    """A food that answers a query, and other releases' records of the same food, the preferred release first."""

    food: Food
    others: tuple[Food, ...] = ()


@dataclass(frozen=True, slots=True)
class _Asked:
    """For whom is searched."""

    diet: Diet | None
    leave_out: tuple[Exclusion, ...]
    limit: int

    def may_have(self, food: Food) -> bool:
        """Whether the diet may eat it and nothing of it is left out."""
        return (not self.diet or food.diet in DIET_MAY_EAT[self.diet]) and not any(food.has(e) for e in self.leave_out)


@dataclass(frozen=True, slots=True)
class _Scored:
    points: float
    name: str
    rowid: int


def _filter(diet: Diet | None, leave_out: Iterable[Exclusion]) -> tuple[str, list[str]]:
    """A condition on ``food`` and its values: what the diet may eat, without what is left out."""
    parts, values = [], []
    if diet:
        allowed = sorted(DIET_MAY_EAT[diet])
        parts.append(f"food.diet IN ({', '.join('?' * len(allowed))})")
        values += allowed
    for exclusion in leave_out:
        if exclusion.field not in {"contains", "allergens", "tags"}:
            raise KeyError(exclusion.field)
        parts.append(f"instr(' ' || coalesce(food.{exclusion.field}, '') || ' ', ?) = 0")
        values.append(f" {exclusion.exclusion} ")
    return "".join(f" AND {part}" for part in parts), values


def eaten_by_many(tables: Tables) -> set[str]:
    """Foods that stand in the example weeks of more than one place. [ids]"""
    places: dict[str, set[str]] = {}
    for week in tables.starter_weeks:
        for food_id in {item.food for day in week.days for meal in day.meals for item in meal}:
            places.setdefault(food_id, set()).update(week.markets)
    return {food_id for food_id, markets in places.items() if len(markets) > 1}


class Finder:
    """Search over the embedded foods and, where there is one, a store of USDA foods.

    Making one reads all generic foods into memory (under a second); keep it. Several threads may use it.

    Attributes
    ----------
    fault
        Why the store is not searched, where it is damaged; the embedded foods are searched all the same.
    """

    def __init__(self, tables: Tables, store_path: Path | None = None) -> None:
        self._lock = Lock()
        self.fault: StoreError | None = None
        self._memory = self._with_embedded(tables)
        self._embedded = len(tables.foods)
        self._store = self._opened(store_path) if store_path is not None else None
        if self.fault:  # what was copied before the damage was met is not to be searched
            self._memory = self._with_embedded(tables)
        index.fill_text_index(self._memory)
        self._foods = tables.foods
        self._habits = eaten_by_many(tables)
        self._seen: dict[int, RankedFood] = {}
        self._records = rows_of_one_food(self._memory, self._embedded) if self._store is not None else {}
        self._reader = Reader(Vocabulary(self._word_counts()), lexicon(), ranking())

    @staticmethod
    def _with_embedded(tables: Tables) -> sqlite3.Connection:
        memory = index.in_memory()
        index.add_foods(memory, tables.foods.values())
        return memory

    def _opened(self, path: Path) -> sqlite3.Connection | None:
        """The store, once its generic foods are in memory; None where it is damaged."""
        try:
            Store(path).close()
            index.copy_generic(self._memory, path)
            return index.read_only(path)
        except StoreError as error:
            self.fault = error
        except sqlite3.Error:
            self.fault = StoreError("store-unreadable", file=path.name)
        return None

    def find(
        self,
        query: str,
        *,
        diet: Diet | None = None,
        leave_out: Iterable[Exclusion] = (),
        limit: int = 10,
        generic_only: bool = False,
    ) -> list[Hit]:
        """Foods that answer a query, the plain food first; generic foods before branded ones.

        Parameters
        ----------
        diet
            Only foods this diet may eat; a food of an uncertain class is not offered to vegans or vegetarians.
        leave_out
            What the person leaves out; foods that hold it are not offered.
        generic_only
            Leave branded foods out.
        """
        asked = _Asked(diet, tuple(leave_out), limit)
        with self._lock:
            for terms, every in self._attempts(query, self._reader):
                hits = self._generic(asked, terms, every)
                if every and not generic_only and len(hits) < limit:
                    hits += self._branded(asked, terms, limit - len(hits))
                if hits or self._known(asked, terms, every):
                    return hits
        return []

    def among(self, foods: Mapping[str, Food], query: str, *, diet: Diet | None, leave_out: Iterable[Exclusion], limit: int) -> list[Food]:
        """The same among the foods of a mapping, which may hold others than the embedded ones."""
        asked = _Asked(diet, tuple(leave_out), limit)
        # Compared by value: the same tables read a second time hold no other foods.
        outside_index = [food for key, food in foods.items() if (known := self._foods.get(key)) is not food and known != food]
        reader = self._reader_with(outside_index) if outside_index else self._reader
        with self._lock:
            for terms, every in self._attempts(query, reader):
                scored = [(s, self._memory_food(s.rowid)) for s in self._scored(asked, terms, every)]
                found = [(s, foods[food.id]) for s, food in scored if foods.get(food.id) == food]
                own = list(self._score_each(outside_index, terms, every))
                found += [(s, food) for s, food in own if asked.may_have(food)]
                if found or own or self._known(asked, terms, every):
                    found.sort(key=lambda pair: (-pair[0].points, pair[0].name))
                    return [food for _, food in found[:limit]]
        return []

    # What was typed ----------------------------------------------------------------------------------

    def _attempts(self, query: str, reader: Reader) -> Iterator[tuple[tuple[Term, ...], bool]]:
        """Ways to read a query, from what was typed to the most generous; and whether all of its words have to be met."""
        terms = reader.terms(query)
        if not terms:
            return
        yield terms, True
        guessed = reader.terms(query, guess=True)
        if guessed != terms:
            yield guessed, True
        # A word that no food has is never passed over: hemp milk is not cow's milk.
        if len(terms) > 1 and all(map(reader.knows, guessed)):
            yield guessed, False

    def _known(self, asked: _Asked, terms: tuple[Term, ...], every: bool) -> bool:
        """Whether there is such a food at all, though not for this person: then nothing else is to be guessed."""
        if not asked.diet and not asked.leave_out:
            return False
        return bool(self._rows(expression(terms, every=every), "", [], 1))

    def _word_counts(self) -> dict[str, int]:
        self._memory.execute("CREATE VIRTUAL TABLE temp.word USING fts5vocab(main, food_fts, row)")
        counts = dict(self._memory.execute("SELECT term, doc FROM word"))
        for phrase in lexicon().others:
            for word in phrase:
                counts.setdefault(word, 0)
        return counts

    def _reader_with(self, foods: Iterable[Food]) -> Reader:
        counts = dict(self._reader.vocabulary.counts)
        for food in foods:
            for word in words(food.name):
                counts[word] = counts.get(word, 0) + 1
        return Reader(Vocabulary(counts), lexicon(), ranking())

    # Foods, and as the ranking sees them -------------------------------------------------------------------------

    def _memory_food(self, rowid: int) -> Food:
        if rowid <= self._embedded:
            (key,) = self._memory.execute("SELECT id FROM food WHERE rowid = ?", (rowid,)).fetchone()
            return self._foods[key]
        return index.food_at(self._memory, rowid)

    def _seen_food(self, rowid: int) -> RankedFood:
        """A generic food as the ranking sees it, made when first needed."""
        known = self._seen.get(rowid)
        if known is None:
            food_id, name, description, data_set, group, tags = self._memory.execute(
                "SELECT id, name, description, data_set, food_group, tags FROM food WHERE rowid = ?", (rowid,)
            ).fetchone()
            data_set = "embedded" if rowid <= self._embedded and data_set != "label" else data_set
            known = self._seen[rowid] = ranked_food(
                name or "",
                description or "",
                data_set,
                group or "",
                frozenset((tags or "").split()),
                lexicon(),
                ranking(),
                habit=food_id in self._habits,
            )
        return known

    # Ranking -----------------------------------------------------------------------------------------

    def _rows(self, match: str, condition: str, values: list[str], most: int) -> list[tuple[int, float]]:
        join = "CROSS JOIN food ON food.rowid = food_fts.rowid" if "food." in condition else ""
        sql = (
            f"SELECT food_fts.rowid, {BM25} AS relevance FROM food_fts {join} WHERE food_fts MATCH ?{condition} ORDER BY relevance LIMIT ?"
        )
        return self._memory.execute(sql, [match, *values, most]).fetchall()

    def _scored(self, asked: _Asked, terms: tuple[Term, ...], every: bool) -> list[_Scored]:
        """Generic foods that answer the terms, most points first."""
        condition, values = _filter(asked.diet, asked.leave_out)
        match = expression(terms, every=every)
        most = max(CANDIDATES, asked.limit)
        rows = self._rows(match, f" AND food_fts.rowid <= {self._embedded}{condition}", values, most)
        if self._store is not None:
            rows += self._rows(match, f" AND food_fts.rowid > {self._embedded}{condition}", values, most)
        best = min((relevance for _, relevance in rows), default=0.0) or -1.0
        scored = []
        for rowid, relevance in rows:
            food = self._seen_food(rowid)
            points = score(terms, food, ranking(), relevance=relevance / best, every=every)
            if points is not None:
                scored.append(_Scored(points, " ".join(food.words), rowid))
        scored.sort(key=lambda s: (-s.points, s.name))
        return scored

    def _score_each(self, foods: Iterable[Food], terms: tuple[Term, ...], every: bool) -> Iterator[tuple[_Scored, Food]]:
        """Foods that stand in no index, such as the person's own."""
        for food in foods:
            seen = ranked_food(
                food.name, food.usda_description, index.data_set(food.id), food.group, food.tags, lexicon(), ranking(), habit=False
            )
            points = score(terms, seen, ranking(), every=every)
            if points is not None:
                yield _Scored(points, food.name, 0), food

    def _generic(self, asked: _Asked, terms: tuple[Term, ...], every: bool) -> list[Hit]:
        hits: list[Hit] = []
        taken: set[int] = set()
        for scored in self._scored(asked, terms, every):
            if len(hits) >= asked.limit:
                break
            if scored.rowid in taken:
                continue
            records = self._records.get(scored.rowid, (scored.rowid,))
            taken.update(records)
            foods = [food for food in map(self._memory_food, records) if asked.may_have(food)]
            hits.append(Hit(foods[0], tuple(foods[1:])))
        return hits

    def _branded(self, asked: _Asked, terms: tuple[Term, ...], most: int) -> list[Hit]:
        if self._store is None:
            return []
        try:
            return self._branded_of(self._store, asked, terms, most)
        except (sqlite3.Error, UnicodeDecodeError):  # damage in a part that was not read before
            self.fault = StoreError("store-unreadable", file="usda.sqlite")
            self._store = None
            return []

    @staticmethod
    def _branded_of(store: sqlite3.Connection, asked: _Asked, terms: tuple[Term, ...], most: int) -> list[Hit]:
        condition, values = _filter(asked.diet, asked.leave_out)
        # A common word is in tens of thousands of branded names: only so many are weighed.
        rows = store.execute(
            "SELECT food.rowid, food.name, food.description, food.brand"
            f" FROM (SELECT rowid, {BM25} AS relevance FROM food_fts WHERE food_fts MATCH ? LIMIT {BRANDED_WEIGHED}) AS found"
            f" CROSS JOIN food ON food.rowid = found.rowid WHERE +food.data_set = 'branded'{condition}"
            f" ORDER BY found.relevance LIMIT {CANDIDATES}",
            [expression(terms), *values],
        )
        scored = []
        for rowid, name, description, brand in rows:
            seen = ranked_food(
                name or description or "", f"{description} {brand}", "branded", "", frozenset(), lexicon(), ranking(), habit=False
            )
            points = score(terms, seen, ranking())
            if points is not None:
                scored.append(_Scored(points, name or "", rowid))
        scored.sort(key=lambda s: (-s.points, s.name))
        return [Hit(index.food_at(store, s.rowid)) for s in scored[:most]]


@lru_cache(maxsize=1)
def _embedded_finder() -> Finder:
    return Finder(load_tables())


def search(
    foods: Mapping[str, Food],
    query: str,
    *,
    diet: Diet | None = None,
    leave_out: Iterable[Exclusion] = (),
    limit: int = 10,
) -> list[Food]:
    """Foods of a mapping that answer a query, the plain food first.

    Parameters
    ----------
    foods
        The embedded foods, with or without the person's own.
    diet
        Only foods this diet may eat; a food of an uncertain class is not offered to vegans or vegetarians.
    leave_out
        What the person leaves out; foods that hold it are not offered.
    """
    return _embedded_finder().among(foods, query, diet=diet, leave_out=leave_out, limit=limit)
