"""Live FoodData Central, against a server on this machine: its answers, its limits and every fault."""

from __future__ import annotations

import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from conftest import USDA as SHARED
from fakeredis import TcpFakeServer
from hypothesis import given
from hypothesis import strategies as st
from usda_server import HTML, Reply, Usda, backend, flat, gateway, hit, nested, page, serving

from dashboard.estimate.intake import eaten_in
from dashboard.foods.fdc import client as fdc
from dashboard.foods.fdc import kept
from dashboard.foods.fdc.client import Client, Settings
from dashboard.foods.fdc.faults import Fault, FoodDataError
from dashboard.foods.fdc.food import own_food, to_food
from dashboard.foods.fdc.percent_dv import era_of, from_percent_dv
from dashboard.foods.label import add_to_plan
from dashboard.plan import FOOD_ID, Plan, link
from dashboard.tables.foods import Portion
from dashboard.words import fdc as said

KEY = "SecretKeyOfThisVisit0123456789abcdefghij"
RECORDED = SHARED / "fdc_api_v1_responses"
needs_recordings = pytest.mark.skipif(not RECORDED.is_dir(), reason="the recorded answers do not lie beside the repository")


@pytest.fixture
def usda() -> Iterator[Usda]:
    with serving() as server:
        server.answers(Reply(page(hit())))
        yield server


@pytest.fixture(autouse=True)
def no_key_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(fdc.KEY_VARIABLE, raising=False)


@pytest.fixture
def settings(usda: Usda, tmp_path: Path) -> Settings:
    """Patient with the server of the test, so that a busy machine is no fault; short waits between tries."""
    return Settings(usda.url, tmp_path / "cache", connect_timeout_s=10, read_timeout_s=10, whole_timeout_s=20, backoff_s=0.01, wait_max_s=2)


@pytest.fixture
def client(settings: Settings) -> Client:
    return Client(settings)


def impatient(settings: Settings, reply: Reply) -> Client:
    """A client that gives up before a reply that is slow on purpose, and waits for any other."""
    slow = reply.wait_s or reply.pause_s
    return Client(replace(settings, read_timeout_s=0.5) if slow else settings)


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def fault_of(client: Client, key: str = KEY) -> FoodDataError:
    with pytest.raises(FoodDataError) as told:
        client.search("oat drink", key=key)
    return told.value


# What is asked -----------------------------------------------------------------------------------


def test_a_search_posts_json_with_a_list_of_data_types_and_nutrient_numbers(client, usda):
    client.search("  oat   drink ")
    (asked,) = usda.asked
    assert (asked.method, asked.path) == ("POST", "/fdc/v1/foods/search")
    assert asked.headers["Content-Type"] == "application/json"
    assert asked.body["query"] == "oat drink"
    assert asked.body["dataType"] == ["Branded"]
    assert {418, 578} <= set(asked.body["nutrients"])
    assert not {1178, 1246} & set(asked.body["nutrients"])


def test_a_detail_asks_for_the_full_record_by_nutrient_number(client, usda):
    usda.answers(Reply(hit()))
    client.detail(100)
    (asked,) = usda.asked
    assert asked.method == "GET"
    assert asked.path.startswith("/fdc/v1/food/100?format=full")
    assert "418" in asked.path


def test_an_empty_search_is_not_sent(client, usda):
    with pytest.raises(FoodDataError) as told:
        client.search("   ")
    assert told.value.fault is Fault.BAD_REQUEST
    assert usda.asked == []


# The key -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("server", "given", "sent"),
    [("", "", "DEMO_KEY"), ("", KEY, KEY), ("KeyOfTheServer", "", "KeyOfTheServer"), ("KeyOfTheServer", KEY, "KeyOfTheServer")],
    ids=["demo", "visit", "server", "server first"],
)
def test_which_key_is_used(client, usda, monkeypatch, server, given, sent):
    monkeypatch.setenv(fdc.KEY_VARIABLE, server)
    client.search("oat drink", key=given)
    assert usda.asked[0].headers["X-Api-Key"] == sent
    assert fdc.has_server_key() is bool(server)


@pytest.mark.parametrize("key", ["two words", "line\nbreak", "tab\there", "ключ", "x" * 101, "a:b"])
def test_what_cannot_be_a_key_is_not_sent_and_not_repeated(client, usda, key):
    error = fault_of(client, key)
    assert error.fault is Fault.KEY_REFUSED
    assert key not in str(error)
    assert usda.asked == []


@pytest.mark.parametrize(
    "reply",
    [
        Reply(page(hit())),
        Reply(gateway("API_KEY_INVALID", f"{KEY} is not known"), 403),
        Reply(backend(400, f"Bad Request {KEY}"), 400),
        Reply(f"<html>{KEY}</html>".encode(), 502),
        Reply(b'{"foods": [', missing=50),
        Reply(page(hit()), wait_s=1.5),
        Reply(b"", 302, {"Location": f"/elsewhere?api_key={KEY}"}),
    ],
    ids=["answer", "refused", "backend", "html", "cut off", "slow", "redirect"],
)
def test_the_key_is_in_the_header_and_nowhere_else(usda, settings, caplog, reply):
    client = impatient(settings, reply)
    caplog.set_level(logging.DEBUG)
    usda.answers(reply)
    told = ""
    try:
        answer = client.search("oat drink", key=KEY)
        told = repr(answer)
    except FoodDataError as error:
        told = f"{error} {error!r} {error.args} {error.__cause__} {vars(error)}"
    assert usda.asked
    assert all(asked.headers["X-Api-Key"] == KEY for asked in usda.asked)
    assert not [asked for asked in usda.asked if KEY in asked.path or KEY in json.dumps(asked.body)]
    assert KEY not in told
    assert KEY not in caplog.text
    assert caplog.text, "nothing was logged, so nothing was proven"
    kept = [path.read_bytes() for path in Path(settings.cache_folder).rglob("*") if path.is_file()]
    assert kept, "no cache was written, so nothing was proven"
    assert not [content for content in kept if KEY.encode() in content]
    assert KEY not in repr(vars(client))


def test_a_redirect_is_not_followed_so_that_the_key_stays_here(client, usda):
    with serving() as other:
        other.answers(Reply(page(hit())))
        usda.answers(Reply(b"", 307, {"Location": f"{other.url}/foods/search"}))
        assert fault_of(client).fault is Fault.STRANGE
        assert other.asked == []


# Tries and waits ---------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 401, 403, 404, 418])
def test_a_refusal_is_not_tried_again(client, usda, status):
    usda.answers(Reply(gateway("API_KEY_INVALID") if status == 403 else b"", status), Reply(page(hit())))
    fault_of(client)
    assert len(usda.asked) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_passing_fault_is_tried_again(client, usda, status):
    usda.answers(Reply(HTML, status), Reply(HTML, status), Reply(page(hit())))
    assert client.search("oat drink").foods[0].fdc_id == 100
    assert [asked.method for asked in usda.asked] == ["POST"] * 3


@pytest.mark.parametrize(("status", "fault"), [(429, Fault.OVER_LIMIT), (500, Fault.SERVER), (503, Fault.SERVER)])
def test_the_tries_have_an_end(client, usda, settings, status, fault):
    usda.answers(Reply(HTML, status))
    error = fault_of(client)
    assert (error.fault, error.status) == (fault, status)
    assert len(usda.asked) == settings.retries + 1


def test_a_short_retry_after_is_waited_for(client, usda):
    usda.answers(Reply(HTML, 503, {"Retry-After": "1"}), Reply(page(hit())))
    client.search("oat drink")
    first, second = usda.asked
    assert second.at_s - first.at_s >= 1  # a sleep is never shorter than asked


def test_a_long_retry_after_is_told_and_not_waited_for(client, usda):
    usda.answers(Reply(gateway("OVER_RATE_LIMIT"), 429, {"Retry-After": "3600"}), Reply(page(hit())))
    error = fault_of(client)
    assert len(usda.asked) == 1
    assert error.wait_s == 3600
    assert "60 minutes" in said.fault(error.fault, error.wait_s)


def test_a_retry_after_that_cannot_be_read_is_no_obstacle(client, usda):
    usda.answers(Reply(HTML, 503, {"Retry-After": "soon"}), Reply(page(hit())))
    assert client.search("oat drink").foods


NOON = datetime(2026, 7, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        (" 7 ", 7),
        ("Fri, 03 Jul 2026 12:00:30 GMT", 30),
        ("Fri, 03 Jul 2026 11:00:00 GMT", 0),
        ("-5", None),
        ("²", None),
        ("", None),
        ("soon", None),
    ],
)
def test_retry_after_comes_in_seconds_or_as_a_date(header, seconds):
    assert fdc.retry_after_s({"Retry-After": header}, NOON) == seconds


def test_the_limit_of_the_key_is_read(client, usda):
    usda.answers(Reply(page(hit()), headers={"X-RateLimit-Limit": "1000", "X-RateLimit-Remaining": "998"}))
    reading = client.search("oat drink").reading
    assert (reading.limit, reading.remaining, reading.from_cache) == (1000, 998, False)
    assert said.remaining(998, 1000) == "998 requests of 1,000 left for this key at the moment."


def test_a_limit_that_is_not_said_or_not_a_number_is_not_known(client, usda):
    usda.answers(Reply(page(hit()), headers={"X-RateLimit-Limit": "many"}))
    reading = client.search("oat drink").reading
    assert (reading.limit, reading.remaining) == (None, None)


# What is kept ------------------------------------------------------------------------------------


def test_an_answer_is_kept_for_the_next_search_whatever_the_key(settings, usda):
    first = Client(settings).search("oat drink", key=KEY)
    second = Client(settings).search("oat drink", key="another-key")
    assert len(usda.asked) == 1
    assert first.foods == second.foods
    assert (first.reading.from_cache, second.reading.from_cache) == (False, True)
    assert second.reading.as_of == datetime.now(UTC).date() or second.reading.as_of == first.reading.as_of


def test_another_search_is_another_answer(client, usda):
    client.search("oat drink")
    client.search("soya drink")
    assert len(usda.asked) == 2


def test_the_cache_serves_while_the_server_is_down(settings, usda):
    Client(settings).search("oat drink")
    usda.close()
    again = Client(settings).search("oat drink")
    assert again.foods[0].food.b12_ug_per_100g == 0.38
    assert again.reading.from_cache


@pytest.mark.parametrize("down", [True, False], ids=["down", "503"])
def test_an_answer_past_its_time_serves_when_there_is_no_newer_one(settings, usda, down):
    brief = replace(settings, fresh_for=timedelta(seconds=1))
    Client(brief).search("oat drink")
    time.sleep(1.1)
    if down:
        usda.close()
    else:
        usda.answers(Reply(HTML, 503))
    again = Client(brief).search("oat drink")
    assert again.foods[0].fdc_id == 100
    assert again.reading.from_cache


def test_an_answer_past_its_time_is_asked_for_again(settings, usda):
    brief = replace(settings, fresh_for=timedelta(seconds=1))
    Client(brief).search("oat drink")
    time.sleep(1.1)
    usda.answers(Reply(page(hit(200))))
    assert Client(brief).search("oat drink").foods[0].fdc_id == 200


@pytest.mark.parametrize("bad", [Reply(b'{"foods": [', 200), Reply(HTML, 200), Reply(gateway("API_KEY_INVALID"), 403), Reply(HTML, 500)])
def test_a_fault_is_not_kept(client, usda, bad):
    usda.answers(bad)
    fault_of(client)
    usda.answers(Reply(page(hit())))
    assert client.search("oat drink").foods


def test_without_a_place_to_keep_answers_the_search_still_works(settings, usda, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    client = Client(replace(settings, cache_folder=tmp_path / "file" / "cache"))
    assert client.search("oat drink").foods
    assert client.search("oat drink").foods
    assert len(usda.asked) == 2


def test_a_cache_that_is_no_cache_does_not_stop_the_search(settings, usda):
    folder = Path(settings.cache_folder)
    folder.mkdir()
    (folder / kept.FILE).write_bytes(b"this is not a database" * 100)
    assert Client(settings).search("oat drink").foods


@pytest.fixture
def redis_url() -> Iterator[str]:
    port = closed_port()
    server = TcpFakeServer(("127.0.0.1", port), server_type="redis")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"redis://127.0.0.1:{port}/0"
    server.shutdown()
    server.server_close()


def test_several_copies_share_a_redis(settings, usda, redis_url, tmp_path):
    shared = replace(settings, redis_url=redis_url)
    Client(shared).search("oat drink", key=KEY)
    usda.close()
    again = Client(replace(shared, cache_folder=tmp_path / "another")).search("oat drink")
    assert again.reading.from_cache
    assert again.foods[0].fdc_id == 100
    assert not list(tmp_path.rglob("*.sqlite"))


@pytest.mark.parametrize("url", ["redis://127.0.0.1:{port}/0", "not an address"], ids=["away", "no address"])
def test_a_redis_that_is_away_does_not_stop_the_search(settings, url):
    away = Client(replace(settings, redis_url=url.format(port=closed_port())))
    assert away.search("oat drink").foods


def test_the_environment_says_where_things_are(monkeypatch, tmp_path, usda):
    monkeypatch.setenv(fdc.URL_VARIABLE, f"{usda.url}/")
    monkeypatch.setenv(fdc.CACHE_FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.setenv(fdc.CACHE_REDIS_VARIABLE, "")
    assert fdc.client().search("oat drink").foods
    assert (tmp_path / kept.FILE).is_file()
    assert fdc.client() is fdc.client()
    monkeypatch.setenv(fdc.CACHE_REDIS_VARIABLE, "redis://elsewhere:6379/3")
    assert Settings.from_environment().redis_url == "redis://elsewhere:6379/3"
    monkeypatch.delenv(fdc.URL_VARIABLE)
    assert Settings.from_environment().base_url == "https://api.nal.usda.gov/fdc/v1"


# Faults ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        (Reply(gateway("API_KEY_MISSING"), 403), Fault.KEY_MISSING),
        (Reply(gateway("API_KEY_INVALID"), 403), Fault.KEY_REFUSED),
        (Reply(gateway("API_KEY_DISABLED"), 403), Fault.KEY_REFUSED),
        (Reply(gateway("OVER_RATE_LIMIT"), 429), Fault.OVER_LIMIT),
        (Reply(gateway("SOMETHING_NEW"), 403), Fault.KEY_REFUSED),
        (Reply(gateway("API_KEY_INVALID"), 200), Fault.KEY_REFUSED),
        (Reply(gateway("SOMETHING_NEW"), 200), Fault.STRANGE),
        (Reply(backend(400, "Bad Request"), 400), Fault.BAD_REQUEST),
        (Reply(backend(500, "Internal Server Error"), 500), Fault.SERVER),
        (Reply(backend(404, "Not Found"), 404), Fault.NOT_FOUND),
        (Reply(HTML, 502, {"Content-Type": "text/html"}), Fault.SERVER),
        (Reply(HTML, 403, {"Content-Type": "text/html"}), Fault.KEY_REFUSED),
        (Reply(HTML, 200, {"Content-Type": "text/html"}), Fault.NOT_JSON),
        (Reply(b"", 200), Fault.TRUNCATED),
        (Reply(json.dumps(page(hit())).encode()[:200], 200), Fault.TRUNCATED),
        (Reply(json.dumps(page(hit())).encode()[:200], 200, missing=300), Fault.TRUNCATED),
        (Reply([], 200), Fault.STRANGE),
        (Reply({}, 200), Fault.HOLES),
        (Reply({"foods": None}, 200), Fault.HOLES),
        (Reply(page({}, {"fdcId": 1}, {"description": "x"}), 200), Fault.HOLES),
        (Reply(page(hit()), wait_s=1.2), Fault.SLOW),
        (Reply(page(hit()), pause_s=1.2), Fault.SLOW),
        (Reply(b"", 204), Fault.STRANGE),
        (Reply(b"", 301, {"Location": "/"}), Fault.STRANGE),
        (Reply(b"\xff\xfe\x00", 200), Fault.TRUNCATED),
    ],
)
def test_each_fault_is_one_plain_message(settings, usda, reply, fault):
    usda.answers(reply)
    error = fault_of(impatient(settings, reply))
    assert error.fault is fault
    assert said.fault(error.fault, error.wait_s) == said.FAULTS[fault]


def test_every_fault_has_words_that_lead_on():
    assert set(said.FAULTS) == set(Fault)
    for sentence in said.FAULTS.values():
        assert "local foods" in sentence or "foods of this app" in sentence


@pytest.mark.parametrize("base", ["http://127.0.0.1:{port}/fdc/v1", "http://nowhere.invalid/fdc/v1"], ids=["refused", "no such name"])
def test_a_server_that_cannot_be_reached(settings, base):
    client = Client(replace(settings, base_url=base.format(port=closed_port())))
    error = fault_of(client)
    assert error.fault is Fault.OFFLINE
    assert error.__cause__ is None
    assert "127.0.0.1" not in str(error)


def test_a_connection_that_is_dropped_at_once(settings):
    with socket.create_server(("127.0.0.1", 0)) as dropping:

        def drop() -> None:
            connection, _ = dropping.accept()
            connection.close()

        threading.Thread(target=drop, daemon=True).start()
        port = dropping.getsockname()[1]
        assert fault_of(Client(replace(settings, base_url=f"http://127.0.0.1:{port}"))).fault is Fault.OFFLINE


def test_hits_with_holes_are_left_out_and_counted(client, usda):
    usda.answers(Reply(page(hit(1), {}, "text", {"fdcId": 5}, hit(2), totalHits=900)))
    found = client.search("oat drink")
    assert [food.fdc_id for food in found.foods] == [1, 2]
    assert (found.left_out, found.total_hits) == (3, 900)


# Details -----------------------------------------------------------------------------------------


ABRIDGED = {
    "fdcId": 328637,
    "description": "Cheese, cheddar",
    "dataType": "Foundation",
    "publicationDate": "2019-04-01",
    "foodNutrients": [
        {
            "number": "418",
            "name": "Vitamin B-12",
            "amount": 1.06,
            "unitName": "UG",
            "derivationCode": "A",
            "derivationDescription": "Analytical",
        }
    ],
}
#: As reported in 2026: a full record whose rows name no nutrient.
HOLES = {"fdcId": 2741498, "description": "X", "dataType": "Branded", "foodNutrients": [{"id": 5, "amount": 1.0}], "labelNutrients": {}}


@pytest.mark.parametrize("full", [Reply(b"", 404), Reply(HOLES)], ids=["404", "holes"])
def test_where_the_full_record_fails_the_abridged_one_is_used(client, usda, full):
    usda.by_path = {"format=full": full, "format=abridged": Reply(ABRIDGED)}
    found = client.detail(328637).found
    assert found.food.b12_ug_per_100g == 1.06
    assert found.food.derivation == "Analytical"
    assert ["full" in a.path for a in usda.asked] == [True, False]


@pytest.mark.parametrize(
    ("abridged", "fault"), [(Reply(b"", 404), Fault.NOT_FOUND), (Reply(HOLES), Fault.HOLES), (Reply(HTML, 500), Fault.SERVER)]
)
def test_a_food_without_any_record_is_told(client, usda, abridged, fault):
    usda.by_path = {"format=full": Reply(b"", 404), "format=abridged": abridged}
    with pytest.raises(FoodDataError) as told:
        client.detail(328637)
    assert told.value.fault is fault


def test_a_refused_key_is_not_asked_a_second_time_in_another_form(client, usda):
    usda.answers(Reply(gateway("API_KEY_INVALID"), 403))
    with pytest.raises(FoodDataError):
        client.detail(328637, key=KEY)
    assert len(usda.asked) == 1


# Foods -------------------------------------------------------------------------------------------


def test_a_search_hit_becomes_a_food(client):
    (found,) = client.search("oat drink").foods
    food = found.food
    assert food.id == "gtin:094395000172"
    assert food.fdc_id == 100
    assert food.name == "Oat drink, Plain Oats"
    assert (food.b12_ug_per_100g, food.energy_kcal_per_100g, food.protein_g_per_100g) == (0.38, 50, 1.25)
    assert food.portions == (Portion("1 serving (1 cup)", 240),)
    assert food.diet == "uncertain"
    assert "fortified" in food.tags
    assert food.source_id == "usda-fdc"
    assert "100" in food.locator
    assert said.ML_AS_G in food.note
    assert found.labelled_on == date(2023, 4, 20)


@pytest.mark.parametrize(
    "row",
    [
        {"nutrientId": 1178, "nutrientNumber": "418", "unitName": "UG", "value": 0.9},
        {"nutrientNumber": "418", "unitName": "UG", "value": 0.9},
        {"nutrientId": 1178, "unitName": "UG", "value": 0.9},
        {"nutrient": {"id": 1178, "number": "418", "unitName": "µg"}, "amount": 0.9},
        {"nutrient": {"id": 1178, "unitName": "µg"}, "amount": 0.9},
        {"number": "418", "unitName": "UG", "amount": 0.9},
        {"number": 418, "unitName": "ug", "amount": 0.9},
        {"number": "418", "unitName": "MCG", "amount": 0.9},
        {"number": "418", "unitName": "MG", "amount": 0.0009},
    ],
    ids=range(9),
)
def test_every_way_to_name_the_nutrient_is_read(row):
    assert to_food(hit(foodNutrients=[row])).food.b12_ug_per_100g == pytest.approx(0.9)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        None,
        "text",
        [None, 5, "x"],
        [{"number": "401", "unitName": "MG", "amount": 3}],
        [{"number": "418", "unitName": "UG"}],
        [{"number": "418", "unitName": "UG", "amount": None}],
        [{"number": "418", "unitName": "UG", "amount": "0.9"}],
        [{"number": "418", "unitName": "UG", "amount": True}],
        [{"number": "418", "unitName": "UG", "amount": -1}],
        [{"number": "418", "unitName": "UG", "amount": float("nan")}],
        [{"id": 1178, "amount": 0.9}],  # the id of the row, not of the nutrient
        [{"nutrientId": 1178, "nutrientNumber": "401", "unitName": "UG", "value": 0.9}],  # id and number disagree
        [{"number": "1178", "unitName": "UG", "amount": 0.9}],
    ],
    ids=range(14),
)
def test_b12_that_is_not_there_is_unknown_and_not_zero(rows):
    food = to_food(hit(foodNutrients=rows)).food
    assert food.b12_ug_per_100g is None
    assert own_food(to_food(hit(foodNutrients=rows))).b12_ug_per_100g is None


def test_zero_is_zero():
    assert to_food(hit(foodNutrients=[flat(1178, "418", "UG", 0)])).food.b12_ug_per_100g == 0


@pytest.mark.parametrize("unit", ["IU", "G", "", "kcal"])
def test_a_unit_that_is_not_known_is_not_guessed(unit):
    food = to_food(hit(foodNutrients=[flat(1178, "418", unit, 0.9)])).food
    assert food.b12_ug_per_100g is None
    assert said.BAD_UNIT in food.note


def test_added_b12_is_part_of_the_total_or_not_used():
    good = to_food(hit(foodNutrients=[nested(1178, "418", "µg", 1.0), nested(1246, "578", "µg", 0.8)])).food
    wrong = to_food(hit(foodNutrients=[nested(1178, "418", "µg", 1.62), nested(1246, "578", "µg", 3.0)])).food
    assert (good.b12_ug_per_100g, good.added_ug_per_100g) == (1.0, 0.8)
    assert (wrong.b12_ug_per_100g, wrong.added_ug_per_100g) == (1.62, None)
    assert said.ADDED_ABOVE_TOTAL in wrong.note


@pytest.mark.parametrize(
    ("gtin", "food_id"),
    [
        ("094395000172", "gtin:094395000172"),
        ("0 94395-00017 2", "gtin:094395000172"),
        ("00094395000172", "gtin:00094395000172"),
        ("", "fdc:100"),
        (None, "fdc:100"),
        ("123", "fdc:100"),
        ("not a number", "fdc:100"),
        ("１２３４５６７８", "fdc:100"),
    ],
)
def test_a_food_is_known_by_its_gtin_else_by_its_fdc_id(gtin, food_id):
    food = to_food(hit(gtinUpc=gtin)).food
    assert food.id == food_id
    assert FOOD_ID.fullmatch(food.id)


@pytest.mark.parametrize(
    ("size", "unit", "portions"),
    [
        (28.0, "g", (Portion("1 serving (1 cup)", 28),)),
        (28.0, "GRM", (Portion("1 serving (1 cup)", 28),)),
        (240, "ml", (Portion("1 serving (1 cup)", 240),)),
        (240, "IU", ()),
        (0, "g", ()),
        (None, None, ()),
        (99999, "g", ()),
    ],
    ids=range(7),
)
def test_a_serving_is_in_grams_or_millilitres(size, unit, portions):
    assert to_food(hit(servingSize=size, servingSizeUnit=unit)).food.portions == portions


def test_household_measures_of_a_full_record():
    portions = [
        {"gramWeight": 30, "portionDescription": "1 bar", "modifier": "10205"},
        {"gramWeight": 50, "portionDescription": "Quantity not specified"},
        {"gramWeight": 244, "amount": 1, "measureUnit": {"name": "cup"}, "modifier": "diced"},
        {"gramWeight": 17, "amount": 2, "measureUnit": {"name": "undetermined"}, "modifier": "slices"},
        {"gramWeight": 0, "portionDescription": "nothing"},
    ]
    food = to_food(hit(servingSize=None, foodPortions=portions)).food
    assert food.portions == (Portion("1 bar", 30), Portion("1 cup diced", 244), Portion("2 slices", 17))


def test_the_label_fills_in_what_the_nutrient_table_leaves_out():
    # 120 kcal and 3 g of protein in 240 ml are 50 kcal and 1.25 g in 100 ml
    food = to_food(hit(foodNutrients=[], labelNutrients={"calories": {"value": 120}, "protein": {"value": 3}})).food
    assert (food.energy_kcal_per_100g, food.protein_g_per_100g) == (50, 1.25)
    assert food.b12_ug_per_100g is None


def test_energy_in_kilojoules_is_not_taken_for_kilocalories():
    assert to_food(hit(foodNutrients=[flat(1062, "268", "kJ", 210)])).food.energy_kcal_per_100g is None
    assert to_food(hit(foodNutrients=[flat(2047, "957", "KCAL", 51)])).food.energy_kcal_per_100g == 51


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(
                    ["fdcId", "description", "foodNutrients", "nutrient", "number", "amount", "unitName", "servingSize", "gtinUpc", "id"]
                ),
                inner,
                max_size=6,
            )
        ),
        max_leaves=20,
    )
)
def test_no_answer_breaks_the_reader(answer):
    body = (
        {"fdcId": 7, "description": "Food"} | answer
        if isinstance(answer, dict)
        else {"fdcId": 7, "description": "Food", "foodNutrients": answer}
    )
    try:
        food = to_food(body).food
    except FoodDataError as error:
        assert error.fault is Fault.HOLES
        return
    assert food.b12_ug_per_100g is None or food.b12_ug_per_100g >= 0
    assert FOOD_ID.fullmatch(food.id)


# %DV ---------------------------------------------------------------------------------------------

OLD_LABEL, EITHER, NEW_LABEL = date(2015, 3, 1), date(2018, 6, 1), date(2022, 1, 1)


def test_which_daily_value_a_label_of_a_day_uses():
    # 27 May 2016: the rule; 1 January 2021: the last makers
    eras = {
        date(2016, 5, 26): "old",
        date(2016, 5, 27): "uncertain",
        date(2020, 12, 31): "uncertain",
        date(2021, 1, 1): "new",
        None: "uncertain",
    }
    assert {day: era_of(day) for day in eras} == eras


@pytest.mark.parametrize(
    ("usda_ug", "percent", "labelled_on", "value", "low", "high"),
    [
        # 25 % of a serving of 50 g: now 0.6 µg, so 1.2 per 100 g; on an older label 1.5 µg, so 3.0 per 100 g
        (1.2, 25, NEW_LABEL, 1.2, None, None),
        (3.0, 25, OLD_LABEL, 3.0, None, None),
        # USDA used the other one: the label's date decides
        (3.0, 25, NEW_LABEL, 1.2, None, None),
        (1.2, 25, OLD_LABEL, 3.0, None, None),
        # either label: USDA's figure, with both ends
        (3.0, 25, EITHER, 3.0, 1.2, 3.0),
        (1.2, 25, None, 1.2, 1.2, 3.0),
        # without the percentage a dated figure stays; an undated one may be 2.5 times off either way
        (1.2, None, NEW_LABEL, 1.2, None, None),
        (3.0, None, None, 3.0, 1.2, 7.5),
    ],
)
def test_a_figure_from_percent_of_the_daily_value(usda_ug, percent, labelled_on, value, low, high):
    told = from_percent_dv(usda_ug, percent, 50, labelled_on)
    assert told.value_ug == pytest.approx(value)
    assert (told.low_ug, told.high_ug) == (low if low is None else pytest.approx(low), high if high is None else pytest.approx(high))
    assert "6.0 µg" in told.note
    assert "2.4 µg" in told.note
    assert ("uncertain" in told.note) is (low is not None)


def test_a_food_from_percent_of_the_daily_value_is_marked():
    row = flat(1178, "418", "UG", 3.0, "LCCD", percentDailyValue=25)
    undated = to_food(hit(servingSize=50, servingSizeUnit="g", publishedDate="", foodNutrients=[row])).food
    assert undated.derivation == "calculated from %DV"
    assert (undated.b12_low_ug_per_100g, undated.b12_high_ug_per_100g) == pytest.approx((1.2, 3.0))
    # Published in 2023, but the maker last changed it in 2015: an older label.
    older = to_food(hit(servingSize=50, servingSizeUnit="g", modifiedDate="2015-08-10", foodNutrients=[row])).food
    assert (older.b12_ug_per_100g, older.b12_low_ug_per_100g) == (3.0, None)
    newer = to_food(hit(servingSize=50, servingSizeUnit="g", publishedDate="4/20/2023", foodNutrients=[row])).food
    assert newer.b12_ug_per_100g == pytest.approx(1.2)
    assert "not used" in newer.note


def test_a_figure_that_was_measured_is_not_marked():
    food = to_food(hit()).food
    assert food.derivation == "Calculated from value per serving size measure"
    assert "Daily Value" not in food.note


# Into the plan -----------------------------------------------------------------------------------


def test_a_branded_food_stays_in_the_plan_when_the_network_is_gone(client, usda, tables):
    (found,) = client.search("oat drink").foods
    usda.close()
    food = own_food(found, "vegan")
    assert (food.id, food.label, food.diet, food.serving_g) == ("own:fdc-100", "Oat drink, Plain Oats", "vegan", 240)
    plan = add_to_plan(Plan(), food, 0, 0, same_key=True)
    opened = link.decode(link.encode(plan)).plan
    assert opened is not None
    (eaten,) = (e for meal in eaten_in(opened, tables).values() for e in meal)
    # 0.38 µg per 100 ml, 240 ml; cyanocobalamin is among the ingredients
    assert (eaten.total_ug, eaten.added_ug) == pytest.approx((0.912, 0.912))


def test_b12_that_the_ingredients_do_not_name_is_not_called_added():
    assert own_food(to_food(hit(ingredients="MILK"))).added_ug_per_100g is None
    assert own_food(to_food(hit(ingredients="MILK, VITAMIN B-12"))).added_ug_per_100g == 0.38
    assert own_food(to_food(hit(ingredients="MILK, VITAMIN B1, VITAMIN B123"))).added_ug_per_100g is None


def test_a_long_or_odd_name_is_cleaned():
    food = own_food(to_food(hit(description="<script>" + "very long " * 30, brandName="[x](y)")))
    assert len(food.label) <= 60
    assert not set(food.label) & set("<>[]")


# Recorded answers --------------------------------------------------------------------------------


def recorded(name: str) -> Reply:
    return Reply((RECORDED / name).read_bytes(), int(name.split(".")[-2]))


@needs_recordings
def test_recorded_branded_cheddar_has_no_b12(client, usda):
    usda.answers(recorded("foods_search_cheddar_cheese_all.200.json"))
    found = client.search("cheddar cheese")
    assert (len(found.foods), found.left_out, found.total_hits) == (10, 0, 64784)
    assert {live.food.b12_ug_per_100g for live in found.foods} == {None}
    first = found.foods[0]
    assert (first.food.id, first.food.name) == ("gtin:094395000172", "Cheddar cheese, Grafton Village")
    assert first.food.portions == (Portion("1 serving (1 onz)", 28),)
    assert (first.food.energy_kcal_per_100g, first.food.protein_g_per_100g) == (393, 21.4)
    assert first.labelled_on == date(2017, 8, 10)


@needs_recordings
def test_recorded_foundation_search_has_b12_in_three_hits(client, usda):
    usda.answers(recorded("foods_search_cheddar_cheese_foundation.200.json"))
    found = client.search("cheddar cheese", data_types=("Foundation",))
    assert sum(live.food.b12_ug_per_100g is not None for live in found.foods) == 3


@needs_recordings
@pytest.mark.parametrize(
    ("name", "fdc_id", "b12", "added"),
    [
        ("food_328637_abridged.200.json", 328637, 1.06, None),
        ("food_170720_full_2019.200.json", 170720, 0.88, None),
        ("food_1104067_full_2021.200.json", 1104067, 0.29, 0.0),
        ("food_1104067_abridged_2021.200.json", 1104067, 0.29, 0.0),
    ],
)
def test_recorded_details(client, usda, name, fdc_id, b12, added):
    usda.answers(recorded(name))
    food = client.detail(fdc_id).found.food
    assert (food.fdc_id, food.b12_ug_per_100g, food.added_ug_per_100g) == (fdc_id, b12, added)
    assert food.energy_kcal_per_100g


@needs_recordings
def test_recorded_portions_are_household_measures(client, usda):
    usda.answers(recorded("food_1104067_full_2021.200.json"))
    portions = client.detail(1104067).found.food.portions
    assert portions
    assert not [p for p in portions if "not specified" in p.label.lower()]


@needs_recordings
@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("error_API_KEY_MISSING.403.json", Fault.KEY_MISSING),
        ("error_API_KEY_INVALID.403.json", Fault.KEY_REFUSED),
        ("error_OVER_RATE_LIMIT.429.json", Fault.OVER_LIMIT),
    ],
)
def test_recorded_refusals(client, usda, name, fault):
    usda.answers(recorded(name))
    assert fault_of(client).fault is fault
