"""What fills the new order's form in for the clerk: a pasted address, a known customer, an earlier order."""

from typing import Any

import pytest

from customers.models import Customer
from inventory.models import Sku
from oms.models import Channel, User
from orders.intake.draft import CustomerDraft
from orders.models import Order
from tests.fixtures.company import Place

pytestmark = pytest.mark.usefixtures("web", "cup")

PASTED = "张三 13900000000 浙江省杭州市西湖区文三路1号"


@pytest.fixture
def ask(clerk: User, signed_in: Any) -> Any:
    """`ask("address/", pasted="…")`: the answer to the clerk who sends that to the form's address."""
    browser = signed_in(clerk)
    return lambda path="", **typed: browser.post(f"/orders/new/{path}", typed)


def value(response: Any, field: str) -> str:
    return str(response.context["form"][field].value())


def test_a_pasted_address_tells_its_fields(ask: Any):
    answer = ask("address/", pasted=PASTED).json()

    assert answer["fields"] == {
        "ship_country": "CN", "ship_province": "浙江省", "ship_city": "杭州市", "ship_district": "西湖区",
        "ship_street": "文三路1号", "ship_postcode": "", "customer_name": "张三",
        "customer_phone": "13900000000",
    }  # fmt: skip


def test_what_found_no_field_is_marked_and_harmless(ask: Any):
    html = ask("address/", pasted=f"<script>x</script> {PASTED}").json()["html"]

    assert "<script>" not in html
    assert html.count("<mark>") == 1


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "hello"])
def test_a_text_without_an_address_says_so(ask: Any, typed: str):
    answer = ask("address/", pasted=typed).json()

    assert answer["fields"] == {}
    assert "No address was found" in answer["html"]


def test_a_text_that_is_too_long_is_refused_in_words(ask: Any):
    answer = ask("address/", pasted="浙" * 5001)

    assert (answer.status_code, answer.json()["fields"]) == (422, {})
    assert "Shorten the text to 5000 characters" in answer.json()["html"]


def test_the_name_of_somebody_else_is_the_recipients(ask: Any):
    fields = ask("address/", pasted=PASTED, customer_name="李四").json()["fields"]

    assert (fields["ship_name"], fields["ship_phone"]) == ("张三", "13900000000")
    assert "customer_name" not in fields


def test_the_button_fills_the_form_in_and_keeps_what_was_typed(ask: Any):
    typed = {"lines-TOTAL_FORMS": "5", "lines-1-sku": "CUP-1", "note": "Ring", "form_key": "form:1"}

    response = ask(pasted=PASTED, parse_address="1", **typed)

    assert response.status_code == 200
    assert (value(response, "ship_street"), value(response, "note")) == ("文三路1号", "Ring")
    assert value(response, "form_key") == "form:1"
    assert response.context["formset"].forms[1]["sku"].value() == "CUP-1"
    assert not Order.objects.exists()


def test_the_button_refuses_what_is_too_long(ask: Any):
    assert ask(pasted="浙" * 5001, parse_address="1").status_code == 422


@pytest.mark.parametrize(
    "typed", ["138", "138 0013", "13800138001", "8001", "+86 138", "１３８", "0086-138"]
)
def test_a_known_customer_is_suggested_by_either_end_of_the_phone(
    ask: Any, place: Place, typed: str
):
    place()

    html = ask("customers/", customer_phone=typed).content.decode()

    assert "王小明" in html
    assert "138****8001" in html
    assert "13800138001" not in html


@pytest.mark.parametrize("typed", ["13", "", "x", "999", "%%%", "1" * 5000, "\x00138\x00x\x00"[:1]])
def test_nobody_is_suggested_for_less_or_for_others(ask: Any, place: Place, typed: str):
    place()

    assert "button" not in ask("customers/", customer_phone=typed).content.decode()


def test_at_most_eight_are_suggested_in_few_queries(
    ask: Any, place: Place, django_assert_max_num_queries: Any
):
    for number in range(12):
        place(customer=CustomerDraft(f"王{number}", f"138001380{number:02}"))

    with django_assert_max_num_queries(10):
        html = ask("customers/", customer_phone="13800138").content.decode()

    assert html.count("<button") == 8


def test_choosing_a_customer_tells_name_and_last_address(ask: Any, place: Place):
    order = place()

    fields = ask(f"customers/{order.customer_id}/").json()["fields"]

    assert (fields["customer_name"], fields["customer_phone"]) == ("王小明", "13800138001")
    assert (fields["ship_city"], fields["ship_street"]) == ("杭州市", "文三路 1 号")
    assert fields["ship_name"] == ""


def test_a_customer_without_orders_has_the_default_address(ask: Any):
    customer = Customer.objects.create(name="李四", phone="13900000000")
    customer.addresses.create(name="李四", city="宁波市", street="A", is_default=True)
    customer.addresses.create(name="李四", city="温州市", street="B")

    fields = ask(f"customers/{customer.pk}/").json()["fields"]

    assert (fields["ship_city"], fields["ship_street"]) == ("宁波市", "A")


def test_the_buttons_find_and_choose_a_customer_too(ask: Any, place: Place):
    order = place()

    found = ask(customer_phone="138", find_customer="1")
    chosen = ask(use_customer=str(order.customer_id), note="Ring")

    assert [one.name for one in found.context["known"]] == ["王小明"]
    assert (value(chosen, "customer_name"), value(chosen, "note")) == ("王小明", "Ring")


@pytest.mark.parametrize("typed", ["", "x", "-1", "9" * 30, "999999"])
def test_a_customer_that_is_not_there_fills_nothing(ask: Any, typed: str):
    response = ask(use_customer=typed, customer_name="李四")

    assert (response.status_code, value(response, "customer_name")) == (200, "李四")


def test_an_id_beyond_all_ids_is_not_found(ask: Any):
    assert ask(f"customers/{10**30}/").status_code == 404


def test_an_order_is_copied_without_what_is_its_own(clerk: User, place: Place, signed_in: Any):
    order = place(("CUP-1", 3), external_no="TB-1", note="Ring")

    response = signed_in(clerk).get(f"/orders/new/?copy={order.number.lower()}")

    row = response.context["formset"].forms[0]
    assert (row["sku"].value(), row["quantity"].value()) == ("CUP-1", 3)
    assert row["unit_price"].value() == "10.00"
    assert value(response, "ship_street") == "文三路 1 号"
    assert (value(response, "customer_name"), value(response, "channel")) == ("王小明", "web")
    assert [response.context["form"][name].value() for name in ("external_no", "note")] == [
        None
    ] * 2


def test_a_copied_line_that_is_no_longer_sold_says_so(clerk: User, place: Place, signed_in: Any):
    order = place()
    Sku.objects.update(is_active=False)

    page = signed_in(clerk).get(f"/orders/new/?copy={order.number}")

    assert page.context["formset"].forms[0]["sku"].value() == "CUP-1"
    assert "SKU CUP-1 is no longer sold. Choose another." in page.content.decode()


def test_a_closed_channel_is_not_copied(clerk: User, place: Place, signed_in: Any):
    order = place()
    Channel.objects.update(is_active=False)

    page = signed_in(clerk).get(f"/orders/new/?copy={order.number}")

    assert page.context["form"]["channel"].value() is None


@pytest.mark.parametrize("number", ["SO0000000000", "x", "\x00", "9" * 500])
def test_an_order_that_is_not_there_is_not_copied(clerk: User, signed_in: Any, number: str):
    status = 200 if number == "\x00" else 404

    assert signed_in(clerk).get("/orders/new/", {"copy": number}).status_code == status
