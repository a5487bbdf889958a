"""Two who move the same goods at once: a count is posted while they ship, a transfer is sent by two people."""

from threading import Event

import pytest

from inventory import ledger
from inventory.counting import post as posting
from inventory.counting.choose import Choice
from inventory.counting.enter import Entry, enter_counts
from inventory.counting.hand_out import hand_out
from inventory.counting.models import CountSheet
from inventory.counting.post import Posted, post_counts
from inventory.models import Sku, Stock, Transfer, Warehouse
from inventory.receive import Arrival, receive
from inventory.transfers import send, transition
from inventory.transfers.draft import Route, Wanted, write_transfer
from inventory.transfers.send import send_transfer
from oms.errors import NotPossible
from tests.races.racing import MEETING_SECONDS, at_once, meeting_after

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("holds")]


@pytest.fixture
def cups(cup: Sku, warehouse: Warehouse, other_warehouse: Warehouse) -> Sku:
    """10 cups in A-01 of Hangzhou."""
    receive([Arrival(cup.pk, 10, "A-01")], warehouse_id=warehouse.pk, actor=None)
    return cup


@pytest.fixture
def transfer(cups: Sku, warehouse: Warehouse, other_warehouse: Warehouse) -> Transfer:
    return write_transfer(Route(warehouse.pk, other_warehouse.pk), [Wanted("CUP-1", 4)], actor=None)


def send_twice(transfer: Transfer) -> list[object]:
    return at_once(*[lambda: send_transfer(transfer.pk, version=1, actor=None)] * 2)


def test_two_who_send_the_same_transfer_send_it_once(
    transfer: Transfer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send, "locked", meeting_after(transition.locked))

    results = send_twice(transfer)

    assert sorted(type(one).__name__ for one in results) == ["NotPossible", "list"]
    assert Stock.objects.get().on_hand == 6


def test_without_lock_and_event_key_it_is_sent_twice(
    transfer: Transfer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unlocked(transfer_id: int, *, version: int, within: str) -> Transfer:
        return Transfer.objects.get(pk=transfer_id, version=version, status=within)

    keys = iter(range(9))
    monkeypatch.setattr(send, "locked", meeting_after(unlocked))
    monkeypatch.setattr(send, "sent_key", lambda *_about: f"other:{next(keys)}")

    send_twice(transfer)

    assert Stock.objects.get().on_hand == 2
    Transfer.objects.all().delete()
    receive_back()


def receive_back() -> None:
    """Make the books right again for what the negative control broke."""
    stock = Stock.objects.get()
    place = (stock.warehouse_id, stock.sku_id)
    ledger.post([ledger.Posting(*place, 8, "transfer")], actor=None)


def test_the_event_key_alone_keeps_the_goods_from_leaving_twice(
    transfer: Transfer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unlocked(transfer_id: int, *, version: int, within: str) -> Transfer:
        return Transfer.objects.get(pk=transfer_id, version=version, status=within)

    monkeypatch.setattr(send, "locked", meeting_after(unlocked))

    send_twice(transfer)

    assert Stock.objects.get().on_hand == 6


@pytest.fixture
def sheet(cups: Sku, warehouse: Warehouse) -> CountSheet:
    """A sheet on which somebody counted 7 of the 10 cups."""
    sheet = hand_out(warehouse, Choice("bins", "A-01"), is_blind=False, actor=None)
    enter_counts(sheet.pk, [Entry(sheet.lines.get().pk, 7, None)], actor=None)
    return sheet


def posted_while_two_leave(sheet: CountSheet, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two cups leave when the count has looked what moved and not posted yet; the kinds of movement in their order."""
    line = sheet.lines.select_related("stock").get()
    look, write, left = meeting_after(posting.moved_since), posting._post, Event()
    monkeypatch.setattr(posting, "moved_since", look)

    def write_when_they_left(*about: object) -> None:
        left.wait(MEETING_SECONDS)
        write(*about)

    monkeypatch.setattr(posting, "_post", write_when_they_left)

    def leave() -> None:
        look(sheet.pk)
        away = ledger.Posting(line.stock.warehouse_id, line.stock.sku_id, -2, "adjustment")
        ledger.post([away], actor=None)
        left.set()

    def count() -> Posted:
        return post_counts(sheet.pk, [line.pk], reason="count", actor=None)

    posted, _none = at_once(count, leave)
    assert posted.differing == 1
    assert Stock.objects.get().on_hand == 5
    return list(Stock.objects.get().movements.order_by("id").values_list("kind", flat=True))


def test_goods_that_leave_while_a_count_is_posted_wait_for_it(
    sheet: CountSheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    moves = posted_while_two_leave(sheet, monkeypatch)

    assert moves == ["receipt", "count", "adjustment"]


def test_without_the_lock_a_place_that_moved_is_posted_silently(
    sheet: CountSheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting.ledger, "lock_stock", lambda _skus: None)

    moves = posted_while_two_leave(sheet, monkeypatch)

    assert moves == ["receipt", "adjustment", "count"]


def test_a_sheet_is_not_posted_by_two_people(
    sheet: CountSheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = sheet.lines.get().pk

    results = at_once(*[lambda: post_counts(sheet.pk, [line], reason="count", actor=None)] * 2)

    assert sorted(one.differing for one in results) == [0, 1]
    assert Stock.objects.get().on_hand == 7


def test_nobody_sends_what_another_cancels(transfer: Transfer) -> None:
    send_transfer(transfer.pk, version=1, actor=None)

    with pytest.raises(NotPossible):
        send_transfer(transfer.pk, version=2, actor=None)
