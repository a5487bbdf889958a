"""Transfers, count sheets, bins and labels as people meet them."""

from collections.abc import Callable

import pytest
from django.test import Client

from inventory.counting.choose import Choice
from inventory.counting.hand_out import hand_out
from inventory.counting.models import CountLine, CountSheet
from inventory.hits import bin_hits
from inventory.ledger import Posting, post
from inventory.models import Bin, BinChange, Sku, Stock, StockBlock, Transfer, Warehouse
from inventory.receive import Arrival
from inventory.receive import receive as receive_goods
from oms.models import User
from oms.once import new_form_key
from tests.fixtures.company import create_sku
from tests.fixtures.flow import receive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


@pytest.fixture
def client(signed_in: Callable[[User], Client], packer: User) -> Client:
    return signed_in(packer)


@pytest.fixture
def cups(cup: Sku, warehouse: Warehouse, other_warehouse: Warehouse) -> Stock:
    """10 cups in A-01 of Hangzhou."""
    goods = [Arrival(cup.pk, 10, "A-01")]
    receive_goods(goods, warehouse_id=warehouse.pk, actor=None)
    return Stock.objects.get()


def form(cups: Stock, other: Warehouse, *rows: tuple[str, str]) -> dict[str, object]:
    return {
        "source": cups.warehouse_id,
        "target": other.pk,
        "sku": [sku for sku, _pieces in rows],
        "quantity": [pieces for _sku, pieces in rows],
        "form_key": new_form_key(),
    }


def test_a_transfer_is_written_sent_and_received_on_screen(cups, other_warehouse, client) -> None:
    rows = [("cup-1", ""), ("CUP-1", "３"), ("", "")]
    client.post("/stock/transfers/new/", form(cups, other_warehouse, *rows))
    transfer = Transfer.objects.get()
    page = transfer.get_absolute_url()
    line = transfer.lines.get()
    assert line.quantity == 4

    client.post(f"{page}send/", {"version": 1})
    half = client.post(f"{page}receive/", {"version": 2, f"pieces-{line.pk}": "2"}, follow=True)
    client.post(f"{page}missing/", {"version": 3, "reason": "wet"})

    assert "2 pieces in transit" in half.content.decode()
    transfer.refresh_from_db()
    assert (transfer.status, transfer.lines.get().lost) == ("received", 2)


def test_a_refused_transfer_keeps_what_was_typed(cups, other_warehouse, client) -> None:
    rows = [("CUP-1", "11"), ("NOPE", "1"), ("", "x")]
    answer = client.post("/stock/transfers/new/", form(cups, other_warehouse, *rows))

    words = answer.content.decode()
    assert answer.status_code == 422
    assert "No SKU or barcode is “NOPE”." in words
    assert 'value="11"' in words
    assert "Give the pieces to move: a whole number from 1." in words
    assert not Transfer.objects.exists()


def test_the_same_form_sent_twice_is_one_transfer(cups, other_warehouse, client) -> None:
    sent = form(cups, other_warehouse, ("CUP-1", "1"))

    for _time in range(2):
        client.post("/stock/transfers/new/", sent)

    assert Transfer.objects.count() == 1


def test_an_old_page_of_a_transfer_sends_nothing(cups, other_warehouse, client) -> None:
    client.post("/stock/transfers/new/", form(cups, other_warehouse, ("CUP-1", "1")))
    page = Transfer.objects.get().get_absolute_url()
    client.post(f"{page}edit/", form(cups, other_warehouse, ("CUP-1", "9")) | {"version": 1})

    answer = client.post(f"{page}send/", {"version": 1})

    assert (answer.status_code, Stock.objects.get().on_hand) == (409, 10)


@pytest.fixture
def sheet(cups: Stock, warehouse: Warehouse) -> CountSheet:
    return hand_out(warehouse, Choice("bins", "A-01"), is_blind=True, actor=None)


def test_a_blind_sheet_keeps_the_book_to_itself(sheet: CountSheet, client) -> None:
    post(
        [Posting(sheet.warehouse_id, CountLine.objects.get().stock.sku_id, 2763, "receipt")],
        actor=None,
    )
    CountLine.objects.update(book=2773)

    for page in ("", "print/"):
        words = client.get(f"{sheet.get_absolute_url()}{page}").content.decode()
        assert "2773" not in words.replace(",", "")
        assert "2763" not in words.replace(",", "")


def test_a_sheet_is_counted_and_posted_on_screen(sheet: CountSheet, client) -> None:
    line, page = CountLine.objects.get(), sheet.get_absolute_url()

    client.post(f"{page}enter/", {f"counted-{line.pk}": "8", f"was-{line.pk}": ""})
    told = client.post(f"{page}post/", {"reason": "count", "note": "cycle"}, follow=True)

    assert "1 differences posted (-2 pieces), 0 places agreed." in told.content.decode()
    assert Stock.objects.get().on_hand == 8


def test_a_moved_line_is_asked_about_and_its_difference_applied(
    sheet: CountSheet, cup: Sku, warehouse: Warehouse, client
) -> None:
    line, page = CountLine.objects.get(), sheet.get_absolute_url()
    receive(cup, warehouse, 5)
    client.post(f"{page}enter/", {f"counted-{line.pk}": "8", f"was-{line.pk}": ""})

    told = client.post(f"{page}post/", {"reason": "count"}, follow=True).content.decode()
    assert "1 line was not posted:" in told
    assert "1 counted place has moved since it was handed out" in told
    client.post(f"{page}post/", {"reason": "count", "apply": "1", "line": line.pk})

    assert Stock.objects.get().on_hand == 13


def test_a_wrong_count_stays_in_its_field(sheet: CountSheet, client) -> None:
    line = CountLine.objects.get()
    sent = {f"counted-{line.pk}": "1.5", f"was-{line.pk}": ""}

    answer = client.post(f"{sheet.get_absolute_url()}enter/", sent)

    assert answer.status_code == 422
    assert 'value="1.5"' in answer.content.decode()


@pytest.mark.parametrize(
    "sent",
    [{"by": "bins"}, {"by": "class", "rank": "A"}, {"by": "uncounted", "days": "0"}, {"by": "x"}],
)
def test_a_sheet_of_nothing_is_refused(cups, client, sent) -> None:
    values = {"warehouse": cups.warehouse_id, "form_key": new_form_key()} | sent

    assert client.post("/stock/counts/new/", values).status_code == 422
    assert not CountSheet.objects.exists()


def test_ticked_places_become_a_sheet(cups: Stock, client) -> None:
    address = client.post("/stock/to-sheet/", {"pick": cups.pk})["Location"]
    assert address == f"/stock/counts/new/?ids={cups.pk}"
    values = {"warehouse": cups.warehouse_id, "ids": cups.pk, "form_key": new_form_key()}

    client.post("/stock/counts/new/", values)

    assert CountLine.objects.get().stock == cups


def test_blocked_pieces_are_shown_and_freed(cups: Stock, client) -> None:
    values = {"warehouse": cups.warehouse_id, "form_key": new_form_key()}
    sent = values | {"pieces": "3", "why": "damaged", "remark": "box 7"}
    client.post("/stock/CUP-1/block/", sent)
    page = client.get("/stock/CUP-1/")
    item = page.context["item"]
    assert (item.blocked, item.available, "box 7" in page.content.decode()) == (3, 7, True)

    too_many = client.post("/stock/CUP-1/block/", sent | {"pieces": "8", "form_key": "other"})
    client.post("/stock/CUP-1/unblock/", {"block": StockBlock.objects.get().pk})

    assert too_many.status_code == 409
    cups.refresh_from_db()
    assert (cups.blocked, cups.available) == (0, 10)


def test_a_change_of_bin_is_remembered(cups: Stock, packer, client) -> None:
    for code in ("b-02", "B-02"):
        client.post("/stock/CUP-1/bin/", {"warehouse": cups.warehouse_id, "new_bin": code})

    change = BinChange.objects.get()
    assert (change.before, change.after, change.actor) == ("A-01", "B-02", packer)
    assert client.get("/stock/bins/HZ/B-02/").context["stock"] == [cups]
    too_long = {"warehouse": cups.warehouse_id, "new_bin": "ß" * 20}
    assert client.post("/stock/CUP-1/bin/", too_long).status_code == 422


def test_a_count_on_a_moved_book_can_be_applied_as_a_difference(
    cups: Stock, warehouse, client
) -> None:
    values = {"warehouse": warehouse.pk, "counted": "8", "reason": "count", "note": "", "book": 10}
    seen = cups.movements.get().pk
    receive(cups.sku, warehouse, 5)

    refused = client.post("/stock/CUP-1/count/", values | {"seen": seen, "form_key": "a"})
    assert refused.status_code == 409
    assert [one.quantity for one in refused.context["conflict"].moved] == [5]
    assert refused.context["conflict"].difference == -2
    assert "Apply the difference of" in refused.content.decode()
    client.post("/stock/CUP-1/count/", values | {"apply": "1", "form_key": "b"})

    cups.refresh_from_db()
    assert (cups.on_hand, cups.movements.latest("id").kind) == (13, "count")


def test_each_movement_says_what_was_left_after_it(cups: Stock, warehouse, client) -> None:
    for pieces in (5, -3, 55):
        receive(cups.sku, warehouse, pieces)

    moved = client.get("/stock/CUP-1/").context["item"].moved

    assert [one.balance for one in moved] == [67, 12, 15, 10]


def test_a_scanned_bin_leads_to_its_page(cups: Stock, packer) -> None:
    assert [hit.url for hit in bin_hits(packer, "hz/a-01")] == ["/stock/bins/HZ/A-01/"]
    assert [hit.label for hit in bin_hits(packer, "a-0")] == ["A-01"]
    assert [bin_hits(packer, text) for text in ("gz/a-01", "/", "A" * 30)] == [[], [], []]


def test_labels_are_pdfs_with_a_page_each(cups: Stock, warehouse, client) -> None:
    pot = create_sku("POT-1", name="陶瓷茶壶")
    goods = [Arrival(pot.pk, 1, "A-02")]
    receive_goods(goods, warehouse_id=warehouse.pk, actor=None)
    ids = ",".join(str(pk) for pk in Stock.objects.values_list("pk", flat=True))

    for address, pages in ((f"/stock/labels/?ids={ids}", 2), ("/stock/POT-1/labels/?copies=3", 3)):
        answer = client.get(address)
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.count(b"/Type /Page\n") == pages
    assert Bin.objects.count() == 2


def test_the_queries_of_every_page_do_not_grow_with_its_rows(
    cups: Stock, warehouse, other_warehouse, client, django_assert_max_num_queries
) -> None:
    goods = [Arrival(create_sku(f"SKU-{n}").pk, 5, f"A-{n:02}") for n in range(2, 22)]
    receive_goods(goods, warehouse_id=warehouse.pk, actor=None)
    rows = [(f"SKU-{n}", "1") for n in range(2, 22)]
    client.post("/stock/transfers/new/", form(cups, other_warehouse, *rows))
    client.post(f"{Transfer.objects.get().get_absolute_url()}send/", {"version": 1})
    sheet = hand_out(warehouse, Choice("bins", "A", "B"), is_blind=False, actor=None)
    budgets = {
        "/stock/transfers/": 8,
        Transfer.objects.get().get_absolute_url(): 8,
        "/stock/counts/": 7,
        sheet.get_absolute_url(): 9,
        f"{sheet.get_absolute_url()}print/": 7,
        "/stock/bins/HZ/A-01/": 7,
    }

    for address, budget in budgets.items():
        with django_assert_max_num_queries(budget):
            assert client.get(address).status_code == 200
