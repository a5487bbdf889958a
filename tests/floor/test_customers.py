import pytest
from django.test import Client

from customers.models import Customer
from oms.search import grams
from orders.desk.cancel import cancel_orders
from orders.intake.draft import CustomerDraft

pytestmark = pytest.mark.django_db


def create(name: str, phone: str = "") -> Customer:
    return Customer.objects.create(name=name, phone=phone, search_grams=grams(name))


@pytest.fixture
def people() -> list[Customer]:
    return [
        create("王小明", "13800138001"),
        create("Blue Lake Trading", "+44 161 4960001"),
        create("欧阳娜娜", "13911112222-3344"),
    ]


def found(client: Client, text: str) -> list[str]:
    return [row.name for row in client.get("/customers/", {"find": text}).context["rows"]]


def test_the_newest_customers_come_first(people, signed_in, clerk) -> None:
    assert found(signed_in(clerk), "") == ["欧阳娜娜", "Blue Lake Trading", "王小明"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("小明", ["王小明"]),
        ("娜", ["欧阳娜娜"]),
        ("lake", ["Blue Lake Trading"]),
        ("blue trading", ["Blue Lake Trading"]),
        ("8001", ["王小明"]),
        ("１３８００１３８００１", ["王小明"]),
        ("4960001", ["Blue Lake Trading"]),
        ("3344", ["欧阳娜娜"]),
        ("001", []),
        ("b", []),
        ("明小", []),
    ],
)
def test_a_piece_of_the_name_or_the_end_of_the_phone_finds(
    people, signed_in, clerk, text, names
) -> None:
    assert found(signed_in(clerk), text) == names


def test_the_list_hides_the_middle_of_phones(people, signed_in, clerk) -> None:
    page = signed_in(clerk).get("/customers/").content.decode()

    assert "138****8001" in page
    assert "13800138001" not in page


@pytest.mark.parametrize("address", ["/customers/", "/customers/?find=8001"])
def test_the_list_takes_at_most_eight_queries(
    people, signed_in, clerk, address, django_assert_max_num_queries
) -> None:
    client = signed_in(clerk)

    with django_assert_max_num_queries(8):
        client.get(address)


def test_customers_are_not_for_the_warehouse(people, signed_in, packer) -> None:
    client = signed_in(packer)

    assert client.get("/customers/").status_code == 403
    assert client.get(f"/customers/{people[0].pk}/").status_code == 403


def test_the_page_sums_what_was_ordered_without_the_cancelled(place, signed_in, clerk) -> None:
    orders = [place(("CUP-1", n)) for n in (1, 2, 4)]
    cancel_orders([orders[2].pk], actor=None, reason="changed mind")

    history = signed_in(clerk).get(f"/customers/{orders[0].customer_id}/").context["history"]

    assert (history.order_count, history.last_placed_at) == (3, orders[2].placed_at)
    spent = [(one.currency, one.orders, one.amount, one.average) for one in history.spent]
    assert spent == [("CNY", 2, 30, 15)]
    assert [one.number for one in history.orders] == [one.number for one in reversed(orders)]


def test_spending_is_kept_apart_by_currency(place, signed_in, clerk) -> None:
    order = place(("CUP-1", 1))
    place(("CUP-1", 3), currency="USD")

    history = signed_in(clerk).get(f"/customers/{order.customer_id}/").context["history"]

    assert [(one.currency, one.amount) for one in history.spent] == [("CNY", 10), ("USD", 30)]


def test_a_customer_with_one_order_is_new(place, signed_in, clerk) -> None:
    order = place(customer=CustomerDraft(name="李娜", phone="13900000001"))

    page = signed_in(clerk).get(f"/customers/{order.customer_id}/")

    assert "first order" in page.content.decode()


def test_an_unknown_customer_is_not_found(signed_in, clerk) -> None:
    assert signed_in(clerk).get("/customers/99999/").status_code == 404
    assert signed_in(clerk).get(f"/customers/{10**30}/").status_code == 404


def test_the_page_takes_at_most_twelve_queries(
    place, signed_in, clerk, django_assert_max_num_queries
) -> None:
    customer_id = [place() for _n in range(3)][0].customer_id
    client = signed_in(clerk)

    with django_assert_max_num_queries(12):
        client.get(f"/customers/{customer_id}/")
