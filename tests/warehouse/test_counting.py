"""Count sheets: handed out, counted, posted; what moved meanwhile is asked about."""

from decimal import Decimal

import pytest

from inventory.counting.choose import Choice
from inventory.counting.enter import Entry, enter_counts
from inventory.counting.hand_out import hand_out, hand_out_again
from inventory.counting.models import CountLine, CountSheet
from inventory.counting.post import Posted, post_counts
from inventory.counting.sheet import close_sheet
from inventory.models import Sku, Stock, StockMovement, Warehouse
from inventory.receive import Arrival
from inventory.receive import receive as receive_goods
from oms.errors import InvalidInput, NotPossible
from tests.fixtures.company import create_sku
from tests.fixtures.flow import approve, receive, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


@pytest.fixture
def sheet(cup: Sku, warehouse: Warehouse) -> CountSheet:
    """10 cups in A-01 and 5 pots in A-02, handed out to be counted."""
    pot = create_sku("POT-1", cost=Decimal(300))
    goods = [Arrival(cup.pk, 10, "A-01"), Arrival(pot.pk, 5, "A-02")]
    receive_goods(goods, warehouse_id=warehouse.pk, actor=None)
    return hand_out(warehouse, Choice("bins", "A-01", "A-99"), is_blind=False, actor=None)


def ids(sheet: CountSheet) -> list[int]:
    return list(sheet.lines.order_by("pk").values_list("pk", flat=True))


def count(sheet: CountSheet, cups: int | None, pots: int | None, actor=None) -> None:
    pairs = zip(ids(sheet), (cups, pots), strict=True)
    enter_counts(sheet.pk, [Entry(pk, pieces, None) for pk, pieces in pairs], actor=actor)


def post_all(sheet: CountSheet, actor=None, apply_moved=()) -> Posted:
    return post_counts(sheet.pk, ids(sheet), reason="count", apply_moved=apply_moved, actor=actor)


def on_hand() -> dict[str, int]:
    return dict(Stock.objects.values_list("sku__code", "on_hand"))


def test_a_sheet_keeps_what_the_book_said_in_the_order_of_the_bins(sheet: CountSheet) -> None:
    lines = sheet.lines.order_by("pk")

    assert list(lines.values_list("stock__sku__code", "bin_code", "book", "state")) == [
        ("CUP-1", "A-01", 10, "open"),
        ("POT-1", "A-02", 5, "open"),
    ]


def test_differences_are_posted_and_agreement_is_noted(sheet: CountSheet) -> None:
    count(sheet, 8, 5)
    assert on_hand() == {"CUP-1": 10, "POT-1": 5}

    posted = post_all(sheet)

    assert (posted.differing, posted.agreeing, posted.pieces, posted.left) == (1, 1, -2, {})
    assert on_hand() == {"CUP-1": 8, "POT-1": 5}
    move = StockMovement.objects.latest("id")
    assert (move.kind, move.quantity, move.reference) == ("count", -2, sheet.number)


def test_what_is_posted_is_not_posted_again(sheet: CountSheet) -> None:
    count(sheet, 8, 5)
    post_all(sheet)

    assert post_all(sheet) == Posted()
    assert on_hand()["CUP-1"] == 8


def test_a_line_that_moved_is_left_and_says_what_moved(sheet: CountSheet, cup: Sku, place) -> None:
    order = send(approve(place(("CUP-1", 3))))
    count(sheet, 8, 5)

    posted = post_all(sheet)

    (words,) = posted.left.values()
    assert f"Shipped -3 {order.number}-1" in words
    assert on_hand() == {"CUP-1": 7, "POT-1": 5}


def test_a_place_that_moved_to_and_fro_has_moved(sheet: CountSheet, cup, warehouse) -> None:
    receive(cup, warehouse, 2)
    receive(cup, warehouse, -2)
    count(sheet, 8, 5)

    assert list(post_all(sheet).left) == ids(sheet)[:1]


def test_the_difference_is_applied_to_what_the_book_says_now(
    sheet: CountSheet, cup: Sku, warehouse: Warehouse
) -> None:
    receive(cup, warehouse, 4)
    count(sheet, 8, 5)

    posted = post_all(sheet, apply_moved=ids(sheet)[:1])

    assert (posted.left, on_hand()["CUP-1"]) == ({}, 12)


def test_a_line_handed_out_again_is_counted_against_the_book_of_now(
    sheet: CountSheet, cup: Sku, warehouse: Warehouse
) -> None:
    receive(cup, warehouse, 4)
    count(sheet, 8, 5)
    first = ids(sheet)[0]

    assert hand_out_again(sheet.pk, [first]) == 1
    line = CountLine.objects.get(pk=first)
    assert (line.state, line.book, line.counted) == ("open", 14, None)
    enter_counts(sheet.pk, [Entry(first, 13, None)], actor=None)

    assert post_all(sheet).left == {}
    assert on_hand()["CUP-1"] == 13


def test_a_difference_below_the_reserved_says_how_many_to_free(sheet: CountSheet, place) -> None:
    approve(place(("CUP-1", 9)))
    count(sheet, 8, 5)

    posted = post_all(sheet)

    assert "1 are free, 2 are missing" in next(iter(posted.left.values()))
    assert on_hand()["CUP-1"] == 10


def test_a_dear_difference_is_posted_by_somebody_else(sheet: CountSheet, packer, manager) -> None:
    count(sheet, 10, 1, actor=packer)

    assert list(post_all(sheet, actor=packer).left) == ids(sheet)[1:]
    assert post_all(sheet, actor=manager).left == {}
    assert on_hand()["POT-1"] == 1


def test_a_cheap_difference_is_posted_by_who_counted(sheet: CountSheet, packer) -> None:
    count(sheet, 10, 2, actor=packer)

    assert post_all(sheet, actor=packer).left == {}


def test_two_who_count_the_same_place_differently_must_agree(sheet: CountSheet) -> None:
    first = ids(sheet)[0]
    enter_counts(sheet.pk, [Entry(first, 8, None)], actor=None)

    with pytest.raises(InvalidInput) as refusal:
        enter_counts(sheet.pk, [Entry(first, 9, None)], actor=None)

    assert [error.code for error in refusal.value.errors] == ["conflict"]
    assert CountLine.objects.get(pk=first).counted == 8


@pytest.mark.parametrize("pieces", [-1, 10_000_001])
def test_a_count_that_cannot_be_is_refused_whole(sheet: CountSheet, pieces: int) -> None:
    with pytest.raises(InvalidInput) as refusal:
        count(sheet, 8, pieces)

    assert [error.field for error in refusal.value.errors] == [f"lines[{ids(sheet)[1]}].counted"]
    assert CountLine.objects.filter(state="open").count() == 2


def test_a_closed_sheet_takes_nothing_more(sheet: CountSheet) -> None:
    close_sheet(sheet.pk, actor=None)

    for act in (lambda: count(sheet, 8, 5), lambda: post_all(sheet)):
        with pytest.raises(NotPossible):
            act()


def chosen(warehouse: Warehouse, choice: Choice) -> list[str]:
    sheet = hand_out(warehouse, choice, is_blind=True, actor=None)
    return list(sheet.lines.order_by("pk").values_list("stock__sku__code", flat=True))


def test_places_are_chosen_by_bin_tab_and_age(sheet: CountSheet, warehouse: Warehouse) -> None:
    count(sheet, 10, None)
    post_all(sheet)

    assert chosen(warehouse, Choice("bins", "a-02", "b")) == ["POT-1"]
    assert chosen(warehouse, Choice("tab", "low")) == ["POT-1"]
    assert chosen(warehouse, Choice("uncounted", "30")) == ["POT-1"]
    assert chosen(warehouse, Choice("class", "C")) == ["CUP-1", "POT-1"]


@pytest.mark.parametrize(
    "choice",
    [
        Choice("bins"), Choice("bins", "Z-99"), Choice("tab", "all"), Choice("class", "D"),
        Choice("uncounted", "0"), Choice("uncounted", "x"), Choice("ticked"), Choice("moon"),
    ],
)  # fmt: skip
def test_a_choice_of_nothing_makes_no_sheet(
    sheet: CountSheet, warehouse: Warehouse, choice: Choice
) -> None:
    with pytest.raises(InvalidInput):
        hand_out(warehouse, choice, is_blind=False, actor=None)

    assert CountSheet.objects.count() == 1
