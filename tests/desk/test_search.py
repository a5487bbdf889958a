"""The search finds what a walk over all orders would find."""

from typing import Any

import pytest

from inventory.models import SkuBarcode
from oms.search import fold, grams, grams_of_query
from oms.sql import query
from orders.desk import search
from orders.desk.search import Found, found
from orders.intake.draft import CustomerDraft, OrderDraft, ShipTo
from orders.models import Order, Shipment
from orders.states import OrderStatus
from tests.fixtures.company import Place, create_sku, draft

Find = Any


def order_for(name: str, phone: str = "13800138001", **fields: Any) -> OrderDraft:
    ship_to = ShipTo(name, phone, "CN", "浙江省", "杭州市", "西湖区", "文三路 1 号")
    return draft(customer=CustomerDraft(name, phone), ship_to=ship_to, **fields)


@pytest.fixture
def find() -> Find:
    """`find("王")`: ids, newest first."""

    def _find(text: str, **options: Any) -> list[int]:
        return found(Order.objects.all(), text, **options).ids

    return _find


def test_by_number_and_by_its_beginning(place: Place, find: Find):
    order = place()

    assert find(order.number) == [order.pk]
    assert find(order.number[:6].lower()) == [order.pk]
    assert find(order.number[2:]) == [order.pk]


def test_by_the_beginning_of_the_platform_number_in_any_case(place: Place, find: Find):
    order = place(external_no="TB-77001")

    assert find("tb-77") == [order.pk]
    assert find("TB-77001") == [order.pk]
    assert find("77001") == []


def test_by_the_tail_of_the_phone(place: Place, find: Find):
    order = place(draft=order_for("张三", "13900007788"))
    place(draft=order_for("李四", "13900008877"))

    assert find("7788") == [order.pk]
    assert find("139 0000 7788") == [order.pk]
    assert find("0077") == []


@pytest.mark.parametrize("fragment", ["欧", "欧阳", "阳修", "欧阳修"])
def test_by_any_piece_of_a_chinese_name(place: Place, find: Find, fragment: str):
    order = place(draft=order_for("欧阳修"))
    place(draft=order_for("王小明"))

    assert find(fragment) == [order.pk]


@pytest.mark.parametrize("fragment", ["smith", "SMITH", "n sm", "ｊｏｈｎ", "ohn"])
def test_by_any_piece_of_a_latin_name(place: Place, find: Find, fragment: str):
    order = place(draft=order_for("John Smith"))
    place(draft=order_for("Jane Smyth"))

    assert find(fragment) == [order.pk]


def test_the_grams_alone_do_not_make_a_hit(place: Place, find: Find):
    place(draft=order_for("anan bana"))

    assert find("banan") == []


def test_words_that_end_and_begin_alike_are_told_apart_by_the_index():
    name, other = grams("Anna Liez 3"), grams("Liezanna 3")

    assert {"a ", " l", " 3"} <= set(name)
    assert set(grams_of_query("a liez 3")) <= set(name)
    assert not set(grams_of_query("a liez 3")) <= set(other)


@pytest.mark.usefixtures("short_reach")
@pytest.mark.parametrize(
    "text",
    ["王", "小明", "a", "an", "n l", "anna l", "liez", "%", "a%", "_", "100% 棉", "ä", "Ａｎ"],
)
def test_every_search_finds_what_a_walk_over_all_names_finds(place: Place, find: Find, text: str):
    names = ("王小明", "小明王", "Anna Liez", "Annal Iez", "A% 王_", "纯棉 100% 棉", "Änna  Li")
    orders = {place(draft=order_for(name, external_no=name)).pk: name for name in names}

    fits = [pk for pk, name in orders.items() if fold(text) in fold(name)]
    is_too_short = len(text) == 1 and text < "\u3400"
    assert find(text) == ([] if is_too_short else fits[::-1])


@pytest.mark.parametrize("typed", ["%", "_", "王%", "王_明", "\\", "%王", "100%"])
def test_wildcards_find_nothing_but_themselves(place: Place, find: Find, typed: str):
    place(draft=order_for("王小明"))

    assert find(typed) == []


def test_a_percent_sign_in_a_name_is_found(place: Place, find: Find):
    order = place(draft=order_for("纯棉100%专营"))

    assert find("100%") == [order.pk]


def test_by_waybill(place: Place, find: Find, warehouse: Any):
    order = place()
    Shipment.objects.create(number="S1", order=order, warehouse=warehouse, waybill="SF1234567890")

    assert find("sf1234") == [order.pk]
    assert find("1234567890") == []


def test_by_sku_code_its_beginning_and_its_barcode(place: Place, find: Find):
    pot = create_sku("POT-77")
    SkuBarcode.objects.create(sku=pot, code="6901234567892")
    order = place(("POT-77", 1), ("CUP-1", 1), ("POT-77", 2))
    place(("CUP-1", 1))

    assert find("pot-77") == [order.pk]
    assert find("POT-") == [order.pk]
    assert find("6901234567892") == [order.pk]


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "'; DROP TABLE orders_order; --", "x" * 5000])
def test_nonsense_finds_nothing(place: Place, find: Find, typed: str):
    place()

    assert find(typed) == []


def test_statuses_and_place_narrow_the_hits(place: Place, find: Find):
    first, second, third = (place() for _ in range(3))

    assert find("王", before=third.pk) == [second.pk, first.pk]
    assert find("王", statuses=[OrderStatus.PENDING_REVIEW], size=2) == [third.pk, second.pk]
    assert find("王", statuses=[OrderStatus.ON_HOLD, OrderStatus.SHIPPED]) == []


def test_only_the_orders_given_are_searched(place: Place):
    mine, other = place(), place()
    orders = Order.objects.exclude(pk=other.pk)

    assert found(orders, "王") == Found([mine.pk], False)


def test_one_round_trip_whatever_is_typed(place: Place, django_assert_num_queries: Any):
    place()

    with django_assert_num_queries(1):
        found(Order.objects.all(), "1234567")


@pytest.fixture
def short_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if there were far more orders than the newest that are read one by one."""
    monkeypatch.setattr(search, "NEAR", 2)
    monkeypatch.setattr(search, "FAR", 4)
    monkeypatch.setattr(search, "FAR_NAMES", 4)
    monkeypatch.setattr(search, "MANY", 2)
    monkeypatch.setattr(search, "CAP", 3)


@pytest.mark.usefixtures("short_reach")
def test_beyond_the_newest_the_indexes_find_the_rest(place: Place, find: Find):
    old = [
        place(draft=order_for("欧阳修", f"1390000{n:04}", external_no=f"X{n}00")).pk for n in (1, 2)
    ]
    for _ in range(3):
        place()

    assert find("欧阳") == old[::-1]
    assert find("修") == old[::-1]
    assert find("0002") == [old[1]]
    assert find("x100") == [old[0]]


@pytest.mark.usefixtures("short_reach")
def test_what_is_common_fills_the_page_from_the_newest(place: Place):
    ids = [place().pk for _ in range(8)][::-1]

    assert found(Order.objects.all(), "王", size=2) == Found(ids[:2], False)
    assert found(Order.objects.all(), "王", size=4) == Found(ids[:4], False)
    assert found(Order.objects.all(), "王", size=2, before=ids[3]) == Found(ids[4:6], False)


@pytest.mark.usefixtures("short_reach")
def test_what_the_near_orders_lack_and_the_index_has_too_much_of_is_looked_for_further_back(
    place: Place,
):
    ids = [place(draft=order_for("欧阳修", external_no=f"X{n}")).pk for n in range(4)][::-1]
    for _ in range(2):
        place()

    hits = found(Order.objects.all(), "欧阳", size=3)

    assert hits.is_capped
    assert hits.ids[:2] == ids[:2]


@pytest.mark.usefixtures("short_reach")
def test_newer_orders_that_somebody_may_not_see_hide_none_of_the_others(place: Place):
    mine = [place().pk for _ in range(4)][::-1]
    for _ in range(8):
        place()

    assert found(Order.objects.filter(pk__in=mine), "王", size=4) == Found(mine, False)


@pytest.mark.usefixtures("short_reach")
def test_more_than_the_cap_is_said(place: Place):
    ids = [place().pk for _ in range(8)][::-1]

    hits = found(Order.objects.all(), "王小", size=51)

    assert hits.is_capped
    assert hits.ids[:4] == ids[:4]


@pytest.mark.django_db(transaction=True)
def test_what_the_search_forbids_the_planner_ends_with_it():
    found(Order.objects.all(), "王小明")

    assert query("SHOW enable_seqscan") == [("on",)]
