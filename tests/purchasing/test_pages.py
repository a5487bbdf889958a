"""The pages: what they show, what they keep when they refuse, what they cost."""

from typing import Any

import pytest
from django.utils import translation

from inventory.models import PurchaseOrder, Receipt, Sku, Stock, Supplier, SupplierItem, Warehouse
from inventory.purchasing.counts import count_again
from inventory.purchasing.document import pdf_of
from inventory.purchasing.make import newest_purchase
from inventory.purchasing.send import send_purchase
from oms.models import User
from orders.exceptions import watch
from tests.fixtures import flow
from tests.fixtures.company import Place, create_sku
from tests.fixtures.purchasing import Buy, delivered, draft_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(signed_in: Any, buyer: User) -> Any:
    return signed_in(buyer)


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def short(bought: Sku, warehouse: Warehouse, place: Place) -> Any:
    return flow.approve(place(("CUP-1", 3)))


def picked(sku: Sku, quantity: object = 3, **more: object) -> dict[str, object]:
    fields = {"pick": sku.pk, f"quantity-{sku.pk}": quantity, "mark": newest_purchase()}
    return fields | more


def test_a_shortage_is_counted_in_the_navigation_and_suggested(desk: Any, short: Any):
    count_again()

    assert desk.get("/ui/counts/").json()["/purchasing/"] == 1
    page = text(desk.get("/purchasing/"))
    assert "1 order, ×3" in page
    assert "7 days × 0/day + safety 0 + waiting 3 − available 0 − incoming 0 = 3" in page


def test_the_formula_is_written_in_chinese(desk: Any, short: Any):
    with translation.override("zh-hans"):
        page = text(desk.get("/purchasing/", HTTP_ACCEPT_LANGUAGE="zh-hans"))

    assert "7天 × 0/天 + 安全0 + 等待3 − 可用0 − 在途0 = 3" in page


def test_nothing_to_order_says_so(desk: Any):
    assert "Enough of everything" in text(desk.get("/purchasing/"))


@pytest.mark.parametrize("quantity", ["-1", "0", "many", ""])
def test_a_bad_quantity_is_kept_and_told_at_its_field(desk, short, bought, quantity):
    response = desk.post("/purchasing/preview/", picked(bought, quantity))

    assert response.status_code == 422
    assert "Give the pieces to order: a whole number from 1" in text(response)
    assert f'value="{quantity}"' in text(response)


def test_the_preview_writes_nothing(desk: Any, short: Any, bought: Sku):
    Supplier.objects.update(minimum_amount=100)

    page = text(desk.post("/purchasing/preview/", picked(bought, 5)))

    assert "¥20.00" in page
    assert "below the minimum" in page
    assert not PurchaseOrder.objects.exists()


def test_the_same_form_sent_twice_makes_one_order(desk, short, bought, warehouse):
    form = picked(bought, 5, warehouse=warehouse.pk, form_key="form:1", send="1")

    for _time in range(2):
        desk.post("/purchasing/make/", form)

    assert PurchaseOrder.objects.get().status == "sent"


def test_what_another_ordered_leaves_with_a_way_to_it(desk, short, bought, warehouse):
    form = picked(bought)
    theirs = draft_of(warehouse, (bought, 3))

    page = text(desk.post("/purchasing/preview/", form, follow=True))

    assert "CUP-1 was ordered by somebody else meanwhile:" in page
    assert f'href="/purchasing/orders/{theirs.number}/"' in page


def test_an_edit_that_is_refused_keeps_what_was_typed(desk, bought, warehouse):
    order = draft_of(warehouse, (bought, 5))
    line = order.lines.get().pk
    form = {"warehouse": warehouse.pk, "rate": "1", "note": "Soon", "version": 1}
    form |= {f"ordered-{line}": "7", f"price-{line}": "dear", f"expected_on-{line}": "3rd"}

    response = desk.post(f"/purchasing/orders/{order.number}/edit/", form)

    assert response.status_code == 422
    for words in ("Give a price of 0 or more", "Give a day, for example", 'value="dear"'):
        assert words in text(response)
    good = form | {f"price-{line}": "3", f"expected_on-{line}": "2026/12/3", "version": 9}
    assert desk.post(f"/purchasing/orders/{order.number}/edit/", good).status_code == 409
    desk.post(f"/purchasing/orders/{order.number}/edit/", good | {"version": 1})
    assert (order.lines.get().ordered, order.lines.get().price) == (7, 3)


def receive(desk: Any, order: PurchaseOrder, **changes: object) -> Any:
    line = order.lines.get().pk
    form = {
        "version": order.version,
        "form_key": "form:9",
        f"good-{line}": 10,
        f"damaged-{line}": 0,
    }
    named = {
        f"{name}-{line}": value for name, value in changes.items() if name in ("good", "damaged")
    }
    rest = {name: value for name, value in changes.items() if name not in ("good", "damaged")}
    return desk.post(f"/purchasing/orders/{order.number}/receive/", form | named | rest)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"good": "-4"}, "Give the pieces that came: a whole number, 0 or more"),
        ({"good": "11"}, "More came than was ordered. Say why it is taken"),
        ({"good": "50"}, "40 more than ordered; this supplier may bring at most 1 more (10 %)"),
        ({"good": "0"}, "Nothing was counted."),
    ],
)
def test_a_delivery_that_is_refused_keeps_what_was_typed(desk, buy: Buy, changes, words):
    response = receive(desk, buy(), **changes, reference="DN-7")

    assert response.status_code == 422
    assert words in text(response)
    assert f'value="{changes["good"]}"' in text(response)
    assert 'value="DN-7"' in text(response)
    assert not Receipt.objects.exists()


def test_a_delivery_sent_twice_is_one(desk: Any, buy: Buy):
    order = buy()

    assert [receive(desk, order, good=4).status_code for _time in range(2)] == [302, 302]

    assert Stock.objects.get().on_hand == 4


def test_who_looked_at_an_older_version_sees_it_as_it_is(desk: Any, buy: Buy):
    order = buy()
    delivered(order, 4)

    response = receive(desk, order, good=10, form_key="form:10")

    assert response.status_code == 409
    assert "was changed by somebody else meanwhile" in text(response)


def test_the_order_says_when_its_goods_come_and_with_what(signed_in, manager, short, buy: Buy):
    desk = signed_in(manager)
    assert "not ordered yet" in text(desk.get(f"/orders/{short.number}/"))

    order = buy()

    day = order.expected_on.strftime("%m-%d")
    words = f"expected {day} with {order.number}"
    assert words in text(desk.get(f"/orders/{short.number}/"))
    assert words in text(desk.get(f"/purchasing/orders/{order.number}/"))
    watch.sweep()
    assert words in text(desk.get("/exceptions/"))


def test_prices_are_for_those_who_buy_or_keep_the_books(signed_in, packer, desk, buy: Buy):
    url = f"/purchasing/orders/{buy().number}/"

    assert "¥4.00" in text(desk.get(url))
    assert "¥4.00" not in text(signed_in(packer).get(url))


def test_the_document_holds_whatever_people_type(buy: Buy, bought: Sku):
    order = buy()
    Sku.objects.update(name="<b>杯</b> & 茶 \x07 🍵")
    PurchaseOrder.objects.update(note="</para><font color=red>")

    assert pdf_of(PurchaseOrder.objects.get(pk=order.pk)).startswith(b"%PDF-")


@pytest.mark.parametrize("rows", [1, 12])
def test_pages_cost_the_same_for_any_number_of_rows(
    desk, supplier, warehouse, place, rows, django_assert_max_num_queries
):
    skus = [create_sku(f"POT-{number}") for number in range(rows)]
    for sku in skus:
        SupplierItem.objects.create(supplier=supplier, sku=sku, price=1)
        flow.approve(place((sku.code, 2)))
    with django_assert_max_num_queries(11):
        desk.get("/purchasing/")
    order = draft_of(warehouse, *[(sku, 2) for sku in skus])
    send_purchase(order.pk, actor=None)
    with django_assert_max_num_queries(17):
        desk.get(f"/purchasing/orders/{order.number}/")
    with django_assert_max_num_queries(9):
        desk.get("/purchasing/orders/")
