import pytest
from django.urls import reverse

from inventory.models import Bin, Stock, StockMovement, WarehouseStaff
from oms.once import new_form_key
from tests.fixtures.flow import approve, receive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]

RECEIVE = "/stock/CUP-1/receive/"
COUNT = "/stock/CUP-1/count/"


@pytest.fixture
def stocked(cup, warehouse):
    receive(cup, warehouse, 10)
    return warehouse


def received(warehouse, **changes) -> dict[str, object]:
    return {
        "warehouse": warehouse.pk,
        "quantity": "5",
        "bin_code": "",
        "reference": "",
        "form_key": new_form_key(),
    } | changes


def counted(warehouse, **changes) -> dict[str, object]:
    return {
        "warehouse": warehouse.pk,
        "counted": "8",
        "reason": "breakage",
        "note": "",
        "book": 10,
        "form_key": new_form_key(),
    } | changes


def on_hand() -> int:
    return Stock.objects.get().on_hand


def test_received_goods_lie_in_their_bin(stocked, signed_in, packer) -> None:
    form = received(stocked, quantity=" １,０００ ", bin_code="A-1", reference="LS 7")

    page = signed_in(packer).post(RECEIVE, form, follow=True)

    assert str(page.context["messages"]._loaded_data[0]) == "1000 × CUP-1 received in 杭州仓."
    move = StockMovement.objects.latest("id")
    assert (move.kind, move.quantity, move.reference) == ("receipt", 1000, "LS 7")
    assert (move.actor, Stock.objects.get().bin.code) == (packer, "A-1")


def test_a_form_sent_twice_receives_once(stocked, signed_in, packer) -> None:
    client, form = signed_in(packer), received(stocked)

    pages = [client.post(RECEIVE, form).status_code for _ in range(2)]

    assert pages == [302, 302]
    assert on_hand() == 15


def test_a_bin_is_the_same_in_upper_and_lower_case(stocked, signed_in, packer) -> None:
    for code in ("a1", " A1 "):
        signed_in(packer).post(RECEIVE, received(stocked, bin_code=code))

    assert list(Bin.objects.values_list("code", flat=True)) == ["A1"]
    assert on_hand() == 20


@pytest.mark.parametrize("code", ["A" * 21, "ß" * 11])
def test_a_bin_code_that_is_too_long_is_refused(stocked, signed_in, packer, code) -> None:
    page = signed_in(packer).post(RECEIVE, received(stocked, bin_code=code))

    assert page.status_code == 422
    assert "bin_code" in page.context["receive_form"].errors
    assert (on_hand(), Bin.objects.count()) == (10, 0)


@pytest.mark.parametrize("quantity", ["", "0", "-1", "1.5", "x", "99999999999", "1\x00"])
def test_a_quantity_that_cannot_be_is_refused(stocked, signed_in, packer, quantity) -> None:
    page = signed_in(packer).post(RECEIVE, received(stocked, quantity=quantity))

    assert page.status_code == 422
    assert "Give the pieces received: a whole number from 1" in page.content.decode()
    assert on_hand() == 10


def test_a_count_posts_the_difference_with_its_reason(stocked, signed_in, packer) -> None:
    page = signed_in(packer).post(COUNT, counted(stocked, note="dropped"), follow=True)

    assert "CUP-1 in 杭州仓: 8 counted, -2 posted." in page.content.decode()
    move = StockMovement.objects.latest("id")
    assert (move.kind, move.quantity, move.reason) == ("write_off", -2, "breakage: dropped")
    assert "Breakage: dropped" in page.content.decode()


def test_a_count_that_agrees_with_the_book_posts_nothing(stocked, signed_in, packer) -> None:
    signed_in(packer).post(COUNT, counted(stocked, counted="10"))

    assert StockMovement.objects.count() == 1


def test_a_count_sent_twice_is_posted_once(stocked, signed_in, packer) -> None:
    client, form = signed_in(packer), counted(stocked)
    client.post(COUNT, form)

    page = client.post(COUNT, form, follow=True)

    assert "CUP-1 in 杭州仓: this count of 8 was saved before." in page.content.decode()
    assert (on_hand(), StockMovement.objects.count()) == (8, 2)


def test_a_refused_count_can_be_sent_again(stocked, cup, signed_in, packer) -> None:
    receive(cup, stocked, 3)
    client, form = signed_in(packer), counted(stocked)

    pages = [client.post(COUNT, form | {"book": book}).status_code for book in (10, 13)]

    assert pages == [409, 302]
    assert on_hand() == 8


def test_what_never_lay_anywhere_can_be_counted(cup, warehouse, signed_in, packer) -> None:
    signed_in(packer).post(COUNT, counted(warehouse, book=0))

    assert on_hand() == 8


def test_a_count_of_a_book_that_has_moved_is_refused(stocked, cup, signed_in, packer) -> None:
    receive(cup, stocked, 3)

    page = signed_in(packer).post(COUNT, counted(stocked))

    assert page.status_code == 409
    words = page.content.decode()
    assert "The book said 10 when you opened this page, now it says 13." in words
    assert 'name="book" value="13"' in words
    assert 'value="8"' in words
    assert on_hand() == 13


def test_a_count_below_what_is_reserved_is_refused(stocked, place, signed_in, packer) -> None:
    approve(place(("CUP-1", 9)))

    page = signed_in(packer).post(COUNT, counted(stocked))

    assert page.status_code == 409
    assert "9 of them reserved" in page.content.decode()
    assert on_hand() == 10


@pytest.mark.parametrize("changes", [{"counted": ""}, {"counted": "-1"}, {"reason": ""}])
def test_a_count_without_quantity_or_reason_is_refused(stocked, signed_in, packer, changes) -> None:
    page = signed_in(packer).post(COUNT, counted(stocked, **changes))

    assert page.status_code == 422
    assert on_hand() == 10


ACTS = [(RECEIVE, received), (COUNT, counted)]


@pytest.mark.parametrize(("address", "form"), ACTS)
def test_stock_is_not_changed_by_looking(stocked, signed_in, packer, address, form) -> None:
    assert signed_in(packer).get(address).status_code == 405


@pytest.mark.parametrize(("address", "form"), ACTS)
def test_without_the_right_nothing_changes(stocked, signed_in, clerk, address, form) -> None:
    assert signed_in(clerk).post(address, form(stocked)).status_code == 403
    assert on_hand() == 10


@pytest.mark.parametrize(("address", "form"), ACTS)
def test_in_a_foreign_warehouse_nothing_changes(
    stocked, other_warehouse, signed_in, packer, address, form
) -> None:
    WarehouseStaff.objects.create(user=packer, warehouse=other_warehouse)

    assert signed_in(packer).post(address, form(stocked)).status_code == 404
    assert on_hand() == 10


@pytest.mark.parametrize("named", ["", "x", "０", "9" * 30, "9" * 5000])
def test_a_warehouse_that_is_none_is_not_found(stocked, signed_in, packer, named) -> None:
    form = counted(stocked) | {"warehouse": named}

    assert signed_in(packer).post(COUNT, form).status_code == 404


@pytest.mark.parametrize(("address", "form"), ACTS)
def test_a_warehouse_with_a_leading_zero_is_asked_for_again(
    stocked, signed_in, packer, address, form
) -> None:
    page = signed_in(packer).post(address, form(stocked) | {"warehouse": f"0{stocked.pk}"})

    assert page.status_code == 422
    assert on_hand() == 10


def test_an_unknown_sku_is_not_found(stocked, signed_in, packer) -> None:
    address = reverse("stock:count", args=["NOTHING"])

    assert signed_in(packer).post(address, counted(stocked)).status_code == 404
