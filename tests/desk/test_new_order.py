from decimal import Decimal
from typing import Any

import pytest

from oms.models import User
from orders.models import Order
from tests.fixtures.company import create_sku

pytestmark = pytest.mark.usefixtures("web", "cup", "holds")

Form = dict[str, str]


@pytest.fixture
def form() -> Form:
    """What a browser sends of a complete form with one line."""
    rows = {"lines-TOTAL_FORMS": "5", "lines-INITIAL_FORMS": "0"}
    for place in range(5):
        rows |= {
            f"lines-{place}-{name}": "" for name in ("sku", "quantity", "unit_price", "discount")
        }
    names = (
        "external_no", "customer_email", "ship_name", "ship_phone", "ship_postcode", "shipping_fee",
        "discount", "payment_method", "payment_amount", "payment_reference", "note",
    )  # fmt: skip
    return rows | dict.fromkeys(names, "") | {
        "form_key": "form:1", "channel": "web", "customer_name": "王小明", "customer_phone": "13800138001",
        "ship_country": "CN", "ship_province": "浙江省", "ship_city": "杭州市", "ship_district": "西湖区",
        "ship_street": "文三路 1 号", "ship_complete": "on", "lines-0-sku": "CUP-1", "lines-0-quantity": "2",
    }  # fmt: skip


def send(browser: Any, form: Form, **typed: str) -> Any:
    return browser.post(
        "/orders/new/", form | {name.replace("__", "-"): value for name, value in typed.items()}
    )


def errors(response: Any) -> dict[str, list[str]]:
    """Every error of the page by field; those of lines by row."""
    found = dict(response.context["form"].errors)
    for place, row in enumerate(response.context["formset"].forms):
        found |= {f"lines-{place}-{name}": words for name, words in row.errors.items()}
    return found


def test_an_order_is_placed_at_the_price_of_its_sku(clerk: User, form: Form, signed_in: Any):
    response = send(signed_in(clerk), form)

    order = Order.objects.get()
    assert response.url == f"/orders/{order.number}/"
    assert (order.total_amount, order.status) == (Decimal(20), "pending_review")
    assert (order.ship_name, order.ship_phone) == ("王小明", "13800138001")
    assert order.events.get().actor == clerk


def test_everything_typed_arrives(clerk: User, form: Form, signed_in: Any):
    send(
        signed_in(clerk), form,
        external_no="TEL-7", ship_name="Anna Müller", ship_phone="+44 20 7946 0958", ship_country="gb",
        shipping_fee="６", discount="1.5", payment_method="wechat", payment_amount="¥1,024.50",
        payment_reference="WX1", note="Ring\r\ntwice", lines__0__unit_price="12.5", lines__0__discount="5",
        lines__3__sku="cup-1", lines__3__quantity=" １００ ",
    )  # fmt: skip

    order = Order.objects.get()
    assert [(line.quantity, line.unit_price, line.amount) for line in order.lines.all()] == [
        (2, Decimal("12.5"), Decimal(20)), (100, Decimal(10), Decimal(1000)),
    ]  # fmt: skip
    assert order.total_amount == Decimal("1024.50")
    assert (order.external_no, order.note) == ("TEL-7", "Ring\ntwice")
    assert (order.ship_name, order.ship_phone, order.ship_country) == (
        "Anna Müller",
        "+442079460958",
        "GB",
    )
    payment = order.payments.get()
    assert (payment.method, payment.amount, payment.reference) == (
        "wechat",
        Decimal("1024.50"),
        "WX1",
    )


@pytest.mark.parametrize(
    "typed", ["138 0013 8001", "＋８６ 138-0013-8001", "0086 13800138001", "(138)00138001"]
)
def test_a_phone_may_be_typed_as_people_do(clerk: User, form: Form, signed_in: Any, typed: str):
    send(signed_in(clerk), form, customer_phone=typed)

    assert Order.objects.get().ship_phone == "13800138001"


def test_a_second_click_lands_on_the_first_order(clerk: User, form: Form, signed_in: Any):
    browser = signed_in(clerk)

    first, second = send(browser, form), send(browser, form)

    assert first.url == second.url
    assert Order.objects.count() == 1


def test_the_same_form_with_other_content_asks_before_it_places_one_more(
    clerk: User, form: Form, signed_in: Any
):
    browser = signed_in(clerk)
    send(browser, form)

    response = send(browser, form, lines__0__quantity="3")

    assert response.status_code == 409
    assert "has placed order" in errors(response)["__all__"][0]
    again = response.context["form"]["form_key"].value()
    assert send(browser, form, lines__0__quantity="3", form_key=again).status_code == 302
    assert Order.objects.count() == 2


def test_a_platform_number_of_another_order_is_refused(clerk: User, form: Form, signed_in: Any):
    browser = signed_in(clerk)
    send(browser, form, external_no="TB-1")

    response = send(browser, form, external_no="TB-1", note="other", form_key="form:2")

    assert response.status_code == 409
    assert "already has the number TB-1" in errors(response)["external_no"][0]


BAD = [
    ("lines-0-quantity", "0"), ("lines-0-quantity", "-1"), ("lines-0-quantity", "1.5"),
    ("lines-0-quantity", "9" * 5000), ("lines-0-quantity", "1000001"), ("lines-0-quantity", "two"),
    ("lines-0-unit_price", "NaN"), ("lines-0-unit_price", "Infinity"), ("lines-0-unit_price", "-1"),
    ("lines-0-unit_price", "1e5"), ("lines-0-unit_price", "0.00001"), ("lines-0-discount", "30"),
    ("lines-0-sku", "NO-SUCH"), ("lines-0-sku", "OLD"), ("lines-0-sku", ""), ("lines-0-sku", "a\x00b"),
    ("shipping_fee", "-1"), ("shipping_fee", "0.001"), ("discount", "999999"), ("discount", "x"),
    ("customer_name", ""), ("customer_name", "x" * 121), ("customer_phone", "call me"),
    ("customer_email", "at home"), ("ship_country", "China"), ("ship_street", "x" * 201),
    ("channel", "none"), ("channel", "shut"), ("payment_method", "shells"), ("note", "x" * 2001),
    ("external_no", "x" * 65), ("form_key", ""), ("form_key", "x" * 81),
]  # fmt: skip


@pytest.mark.parametrize(("field", "typed"), BAD, ids=lambda value: str(value)[:20])
def test_a_bad_value_is_shown_at_its_field_and_nothing_is_placed(
    clerk: User, form: Form, signed_in: Any, field: str, typed: str
):
    create_sku("OLD", is_active=False)

    response = send(signed_in(clerk), form | {field: typed})

    assert response.status_code == 422
    assert list(errors(response)) == [field]
    assert "Error:" in response.content.decode().split("</title>")[0]
    assert not Order.objects.exists()


def test_all_errors_show_at_once_and_what_was_typed_stays(clerk: User, form: Form, signed_in: Any):
    wrong = {"customer_name": "", "lines-0-quantity": "x", "note": "Ring twice"}

    response = send(signed_in(clerk), form | wrong)

    assert sorted(errors(response)) == ["customer_name", "lines-0-quantity"]
    assert response.context["form"]["note"].value() == "Ring twice"
    assert response.context["formset"].forms[0]["sku"].value() == "CUP-1"


def test_an_error_of_a_later_line_stands_in_its_own_row(clerk: User, form: Form, signed_in: Any):
    response = send(signed_in(clerk), form, lines__3__sku="NO-SUCH", lines__3__quantity="1")

    assert list(errors(response)) == ["lines-3-sku"]


def test_an_order_needs_a_line(clerk: User, form: Form, signed_in: Any):
    response = send(signed_in(clerk), form, lines__0__sku="", lines__0__quantity="")

    assert errors(response) == {"__all__": ["Add at least one line."]}


@pytest.mark.parametrize(
    ("method", "amount", "field"), [("wechat", "", "payment_amount"), ("", "5", "payment_method")]
)
def test_a_payment_needs_both_way_and_amount(
    clerk: User, form: Form, signed_in: Any, method: str, amount: str, field: str
):
    response = send(signed_in(clerk), form, payment_method=method, payment_amount=amount)

    assert list(errors(response)) == [field]


@pytest.mark.parametrize("rows", ["", "x", "-1", "999999999", "1e3"])
def test_a_broken_count_of_rows_is_no_crash(clerk: User, form: Form, signed_in: Any, rows: str):
    browser = signed_in(clerk)

    assert send(browser, form, lines__TOTAL_FORMS=rows).status_code == 422
    assert send(browser, form, lines__TOTAL_FORMS=rows, add_row="1").status_code == 200
    assert not Order.objects.exists()


def test_more_rows_keep_what_was_typed_and_judge_nothing(clerk: User, form: Form, signed_in: Any):
    response = send(signed_in(clerk), form, customer_name="", add_row="1")

    rows = response.context["formset"].forms
    assert (response.status_code, len(rows), rows[0]["sku"].value()) == (200, 10, "CUP-1")
    assert not response.context["form"].errors
    assert not Order.objects.exists()


def test_without_the_right_nothing_is_placed(auditor: User, form: Form, signed_in: Any):
    browser = signed_in(auditor)

    assert browser.get("/orders/new/").status_code == 403
    assert send(browser, form).status_code == 403
    assert not Order.objects.exists()


def test_opening_the_page_places_nothing(clerk: User, signed_in: Any):
    browser = signed_in(clerk)

    keys = {browser.get("/orders/new/").context["form"]["form_key"].value() for _visit in range(2)}

    assert len(keys) == 2
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    "typed", ["3*CUP-1", " 3 * cup-1 ", "CUP-1*3", "3×CUP-1", "３＊ＣＵＰ-1", "CUP-1 * 3"]
)
def test_a_quantity_may_be_typed_with_the_sku(clerk: User, form: Form, signed_in: Any, typed: str):
    send(signed_in(clerk), form, lines__0__sku=typed, lines__0__quantity="")

    assert Order.objects.get().lines.get().quantity == 3


def test_two_quantities_of_one_line_are_an_error(clerk: User, form: Form, signed_in: Any):
    response = send(signed_in(clerk), form, lines__0__sku="3*CUP-1", lines__0__quantity="2")

    assert errors(response) == {
        "lines-0-quantity": ["The SKU field says 3. Give the quantity once"]
    }
