"""Search finds the plain food first, keeps diets apart and survives anything typed."""

from __future__ import annotations

import time

import pytest

from dashboard.foods.search import search
from dashboard.plan import Diet

# query -> a part of the name wanted among the first three hits. Everyday foods only.
WANTED = [
    ("milk", "milk"),
    ("whole milk", "milk, whole"),
    ("skimmed milk", "skimmed"),
    ("semi skimmed milk", "semi-skimmed"),
    ("Milk 2%", "2%"),
    ("cheddar", "cheddar"),
    ("chedd", "cheddar"),
    ("cheese cheddar", "cheddar"),
    ("feta", "feta"),
    ("mozzarella", "mozzarella"),
    ("cottage cheese", "cottage"),
    ("greek yogurt", "greek yogurt"),
    ("egg", "egg"),
    ("eggs", "egg"),
    ("boiled egg", "boiled"),
    ("scrambled eggs", "scrambled"),
    ("salmon", "salmon"),
    ("tuna", "tuna"),
    ("canned tuna", "tuna"),
    ("sardines", "sardine"),
    ("mackerel", "mackerel"),
    ("cod", "cod"),
    ("clams", "clam"),
    ("mussels", "mussel"),
    ("prawns", "prawn"),
    ("beef", "beef"),
    ("beef mince", "mince"),
    ("liver", "liver"),
    ("chicken breast", "chicken breast"),
    ("chicken", "chicken"),
    ("turkey", "turkey"),
    ("ham", "ham"),
    ("bacon", "bacon"),
    ("lamb", "lamb"),
    ("pork chop", "pork"),
    ("soy milk", "soy"),
    ("soya drink", "soya"),
    ("almond milk", "almond"),
    ("oat milk", "oat"),
    ("tofu", "tofu"),
    ("tempeh", "tempeh"),
    ("nutritional yeast", "nutritional yeast"),
    ("bran flakes", "bran"),
    ("cornflakes", "corn"),
    ("muesli", "muesli"),
    ("porridge", "porridge"),
    ("oatmeal", "oat"),
    ("banana", "banana"),
    ("apple", "apple"),
    ("strawberries", "strawberr"),
    ("tomatoes", "tomato"),
    ("potatoes", "potato"),
    ("carrots", "carrot"),
    ("spinach", "spinach"),
    ("lentils", "lentil"),
    ("chickpeas", "chickpea"),
    ("kidney beans", "kidney"),
    ("peanut butter", "peanut butter"),
    ("hummus", "hummus"),
    ("rice", "rice"),
    ("pasta", "pasta"),
    ("wholemeal bread", "bread"),
    ("BREAD", "bread"),
    ("  butter  ", "butter"),
    ("olive oil", "olive oil"),
    ("coffee", "coffee"),
    ("ice cream", "ice cream"),
    ("pizza", "pizza"),
    ("nori", "nori"),
    ("spirulina", "spirulina"),
]


@pytest.mark.parametrize(("query", "wanted"), WANTED, ids=[q for q, _ in WANTED])
def test_the_food_meant_is_among_the_first_three(tables, query, wanted):
    hits = search(tables.foods, query, limit=3)
    assert any(wanted in hit.name.casefold() for hit in hits), [hit.name for hit in hits]


@pytest.mark.parametrize(
    ("query", "not_first"),
    [
        ("milk", "chocolate"),
        ("egg", "sandwich"),
        ("chicken", "soup"),
        ("salmon", "salad"),
        ("tuna", "salad"),
        ("rice", "pudding"),
        ("apple", "pie"),
        ("banana", "bread"),
        ("cheese", "cake"),
        ("beef", "soup"),
    ],
)
def test_the_plain_food_comes_before_the_dish(tables, query, not_first):
    assert not_first not in search(tables.foods, query)[0].name.casefold()


@pytest.mark.parametrize("query", ["milk", "cheese", "egg", "burger", "sausage", "soup", "yogurt", "butter", "a", "s", "c"])
@pytest.mark.parametrize("diet", list(Diet))
def test_a_diet_is_a_hard_filter(tables, query, diet):
    may = {"vegan": {"vegan"}, "vegetarian": {"vegan", "vegetarian"}}.get(diet, {"vegan", "vegetarian", "omnivore", "uncertain"})
    flesh = {"meat", "poultry", "fish", "shellfish", "gelatin"}
    for hit in search(tables.foods, query, diet=diet, limit=2000):
        assert hit.diet in may, hit.name
        assert diet == "omnivore" or not hit.contains & flesh, hit.name
        assert diet != "vegan" or not hit.contains, hit.name


def test_no_diet_means_every_food(tables):
    assert {hit.diet for hit in search(tables.foods, "s", limit=5000)} == {"vegan", "vegetarian", "omnivore", "uncertain"}


def test_what_is_left_out_is_not_offered(tables):
    for query, name in (("milk", "milk"), ("drink", "soy"), ("egg", "eggs"), ("bread", "gluten"), ("sausage", "pork"), ("honey", "honey")):
        leave_out = tables.exclusions[name]
        held = [hit for hit in search(tables.foods, query, limit=2000) if hit.has(leave_out)]
        kept = search(tables.foods, query, leave_out=[leave_out], limit=2000)
        assert held, f"nothing to leave out for {query!r}"
        assert not [hit for hit in kept if hit.has(leave_out)]
        assert len(kept) + len(held) == len(search(tables.foods, query, limit=2000))


def test_the_limit_is_kept_and_the_order_does_not_depend_on_it(tables):
    many = search(tables.foods, "milk", limit=20)
    assert len(many) == 20
    assert search(tables.foods, "milk", limit=5) == many[:5]


def test_words_may_stand_in_any_order_and_case(tables):
    assert search(tables.foods, "BOILED egg")[0] == search(tables.foods, "egg boiled")[0]


def test_accents_do_not_matter(tables):
    assert [h.id for h in search(tables.foods, "pâté")] == [h.id for h in search(tables.foods, "pate")]


def test_every_food_is_found_by_its_own_name(tables):
    lost = [f.name for f in list(tables.foods.values())[::7] if f not in search(tables.foods, f.name, limit=10)]
    assert lost == []


ODD = {
    "nothing": "",
    "spaces": " \t\n ",
    "emoji": "🥛🍳",
    "a word and an emoji": "milk 🥛",
    "ten thousand letters": "a" * 10_000,
    "ten thousand words": "milk " * 2_000,
    "SQL": "'; DROP TABLE foods; --",
    "a pattern": "(.*)+$[^a]\\",
    "a bad pattern": "[",
    "percent and underscore": "%_%",
    "markup": "<script>alert(1)</script>",
    "another script": "молоко 牛奶 حليب",
    "a zero byte": "milk\0",
    "half a character": "\udcff",
    "combining marks": "e\u0301" * 50,
    "numbers": "2705386",
    "right to left": "\u202emilk",
}


@pytest.mark.parametrize("query", ODD, ids=str)
def test_odd_input_is_answered_quickly(tables, query):
    started = time.process_time()
    hits = search(tables.foods, ODD[query], limit=10)
    assert time.process_time() - started < 1
    assert len(hits) <= 10


@pytest.mark.parametrize("query", ["nothing", "spaces", "emoji", "a bad pattern", "percent and underscore", "another script"])
def test_what_holds_no_word_finds_nothing(tables, query):
    assert search(tables.foods, ODD[query]) == []


def test_a_word_no_food_has_finds_nothing(tables):
    assert search(tables.foods, "xyzzy") == []
    assert search(tables.foods, "milk xyzzy") == []
