import pytest
from django.contrib import admin

from inventory.models import Stock, StockMovement
from orders.models import ImportBatch, ImportRow, Order, OrderEvent, Shipment
from tests.fixtures.flow import approve, receive

pytestmark = pytest.mark.django_db

ONLY_SHOWN = ["inventory/stock", "inventory/stockmovement", "orders/orderevent"]


@pytest.fixture
def rows(place, cup, warehouse) -> dict[str, int]:
    """An order with its stock, movement and events; the newest row of each table."""
    receive(cup, warehouse, 5)
    approve(place())
    return {
        "inventory/stock": Stock.objects.latest("id").pk,
        "inventory/stockmovement": StockMovement.objects.latest("id").pk,
        "orders/orderevent": OrderEvent.objects.latest("id").pk,
    }


@pytest.mark.parametrize("table", ONLY_SHOWN)
@pytest.mark.parametrize("role", ["administrator", "auditor"])
def test_what_our_verbs_write_is_only_shown(rows, signed_in, request, table, role) -> None:
    client = signed_in(request.getfixturevalue(role))
    change = f"/admin/{table}/{rows[table]}/change/"

    assert client.get(f"/admin/{table}/").status_code == 200
    assert client.get(change).status_code == 200
    assert client.post(change, {"on_hand": 99, "quantity": 99}).status_code == 403
    assert client.get(f"/admin/{table}/add/").status_code == 403
    assert client.post(f"/admin/{table}/{rows[table]}/delete/", {"post": "yes"}).status_code == 403


def test_the_ledger_is_told_in_words(rows, signed_in, auditor) -> None:
    page = signed_in(auditor).get("/admin/inventory/stockmovement/").content.decode()

    for words in ("CUP-1", "杭州仓", "Received", "Time", "Reference"):
        assert words in page


def test_events_are_found_by_the_number_of_the_order(rows, signed_in, auditor) -> None:
    number = Order.objects.get().number

    page = signed_in(auditor).get(f"/admin/orders/orderevent/?q={number}").content.decode()

    assert "Stock reserved for everything" in page
    assert "Approved → Ready to ship" in page


def test_orders_and_shipments_have_no_administration() -> None:
    assert not admin.site.is_registered(Order)
    assert not admin.site.is_registered(Shipment)


def test_nobody_writes_imports(signed_in, administrator) -> None:
    for model in (ImportBatch, ImportRow):
        address = f"/admin/orders/{model._meta.model_name}/"
        assert signed_in(administrator).get(address).status_code == 200
        assert signed_in(administrator).get(f"{address}add/").status_code == 403


@pytest.mark.parametrize("table", ONLY_SHOWN)
def test_the_lists_do_not_ask_per_row(
    rows, place, signed_in, auditor, table, django_assert_max_num_queries
) -> None:
    for _n in range(10):
        place()
    client = signed_in(auditor)

    with django_assert_max_num_queries(8):
        client.get(f"/admin/{table}/")


@pytest.mark.parametrize("role", ["clerk", "manager", "packer"])
def test_the_administration_is_closed_to_everybody_else(signed_in, request, role) -> None:
    client = signed_in(request.getfixturevalue(role))

    assert client.get("/admin/").status_code == 302
    assert client.get("/admin/inventory/sku/").status_code == 302
