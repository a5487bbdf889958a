from typing import Any

import pytest

from inventory import catalogue
from inventory.catalogue import SkuDraft
from inventory.models import SkuBarcode, Warehouse
from oms.models import User
from oms.search import grams
from tests.fixtures.company import create_sku


@pytest.fixture
def ask(clerk: User, signed_in: Any, stocked: Warehouse) -> Any:
    """`ask("cup")`: the codes suggested."""
    create_sku("POT-1", name="白瓷茶壶", price="68.5", search_grams=grams("白瓷茶壶"))
    create_sku("CUP-OLD", is_active=False)

    def _ask(text: str) -> list[str]:
        found = signed_in(clerk).get("/orders/sku-search/", {"q": text}).json()["skus"]
        return [sku["code"] for sku in found]

    return _ask


@pytest.mark.parametrize(
    ("typed", "codes"),
    [("cup", ["CUP-1"]), ("CUP-1", ["CUP-1"]), ("茶壶", ["POT-1"]), ("瓷", ["POT-1"]), ("壶茶", []),
     ("", []), ("  ", []), ("%", []), ("\x00", []), ("x" * 5000, [])],
)  # fmt: skip
def test_skus_are_suggested_by_code_and_name(ask: Any, typed: str, codes: list[str]):
    assert ask(typed) == codes


def test_a_scan_suggests_its_sku(ask: Any, cup: Any):
    SkuBarcode.objects.create(sku=cup, code="6900000000017")

    assert ask("6900000000017") == ["CUP-1"]


def test_a_suggestion_says_price_and_free_pieces(ask: Any, clerk: User, signed_in: Any):
    (sku,) = signed_in(clerk).get("/orders/sku-search/", {"q": "CUP"}).json()["skus"]

    assert (sku["name"], sku["available"], sku["price_text"]) == ("Thing CUP-1", 50, "¥10.00")


def test_at_most_a_dozen_are_suggested(ask: Any):
    for number in range(20):
        create_sku(f"BOX-{number:02}")

    assert len(ask("box")) == 12


def test_it_is_for_those_who_place_orders(packer: User, signed_in: Any):
    assert signed_in(packer).get("/orders/sku-search/?q=x").status_code == 403


def test_it_takes_the_same_few_queries_whatever_is_found(
    ask: Any, clerk: User, signed_in: Any, django_assert_max_num_queries: Any
):
    browser = signed_in(clerk)

    with django_assert_max_num_queries(8):
        browser.get("/orders/sku-search/?q=cu")


@pytest.mark.parametrize(
    ("typed", "codes"),
    [("bx", ["BOX-1"]), ("BXH", ["BOX-1"]), ("xh", ["BOX-1"]), ("yyh", ["BOX-2"]),
     ("ylh", ["BOX-2"]), ("bh", []), ("hb", []), ("box", ["BOX-1", "BOX-2"])],
)  # fmt: skip
def test_skus_are_suggested_by_the_initials_of_their_pinyin(ask: Any, typed: str, codes: list[str]):
    catalogue.create_skus([SkuDraft("BOX-1", "保鲜盒"), SkuDraft("BOX-2", "音乐盒")])

    assert ask(typed) == codes


def test_initials_from_the_beginning_of_the_name_come_first(ask: Any):
    catalogue.create_skus([SkuDraft("A-1", "香包雪松"), SkuDraft("B-1", "保鲜盒")])

    assert ask("bx") == ["B-1", "A-1"]


def test_the_initials_follow_the_name(ask: Any):
    sku = catalogue.create_sku(SkuDraft("BOX-1", "保鲜盒"))

    catalogue.update_sku(sku.pk, name="白瓷茶壶套装")

    assert (ask("bxh"), ask("bcch")) == ([], ["BOX-1"])
