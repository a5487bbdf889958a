"""Online Retail: what each kind of row becomes."""

from decimal import Decimal

import pytest

from customers.models import Customer
from inventory.models import Sku, StockAdjustment
from orders.models import FinancialAdjustment, Order, Return
from tests.intake_files.conftest import outcomes, reasons

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]

CUPS = "536365,85123a,WHITE HANGING HOLDER ,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom"
MORE = "536365,85123A,WHITE HANGING HOLDER,6,2010-12-01 08:27:00,2.55,17850.0,United Kingdom"
POST = "536365,POST,POSTAGE,1,2010-12-01 08:26:00,18.00,17850.0,United Kingdom"


def lines(number: str) -> list[tuple[object, ...]]:
    found = Order.objects.get(external_no=number).lines.order_by("position")
    return list(
        found.values_list("kind", "sku__code", "description", "quantity", "unit_price", "amount")
    )


def test_an_invoice_becomes_an_order_with_goods_and_charges(retail) -> None:
    batch = retail(CUPS, MORE, POST)

    assert outcomes(batch) == ["goods", "goods", "charge"]
    assert lines("536365") == [
        ("goods", "85123A", "WHITE HANGING HOLDER", 6, Decimal("2.55"), Decimal("15.30")),
        ("goods", "85123A", "WHITE HANGING HOLDER", 6, Decimal("2.55"), Decimal("15.30")),
        ("charge", None, "POSTAGE", 1, Decimal(18), Decimal(18)),
    ]
    order = Order.objects.get()
    assert (order.total_amount, order.currency, order.ship_country) == (
        Decimal("48.60"),
        "GBP",
        "GB",
    )
    assert order.placed_at.isoformat() == "2010-12-01T08:26:00+00:00"


def test_the_customer_is_known_by_number_and_a_guest_by_none(retail) -> None:
    retail(
        CUPS, CUPS.replace("536365", "536366"), CUPS.replace("536365", "1").replace("17850.0", "")
    )

    assert list(Customer.objects.values_list("name", "identities__key")) == [
        ("Customer 17850", "channel:online-retail:17850")
    ]
    assert Order.objects.filter(customer=None).get().external_no == "1"


def test_new_skus_are_created_and_bare_ones_named(retail) -> None:
    retail(CUPS.replace("WHITE HANGING HOLDER ", "").replace("536365", "1"))
    assert Sku.objects.values_list("code", "name", "price", "currency").get() == (
        "85123A", "85123A", Decimal("2.55"), "GBP",
    )  # fmt: skip

    batch = retail(CUPS)

    assert Sku.objects.values_list("code", "name", "product__name").get() == (
        "85123A", "WHITE HANGING HOLDER", "WHITE HANGING HOLDER",
    )  # fmt: skip
    assert batch.account["skus_created"] == 0


@pytest.mark.parametrize(
    "code",
    ["POST", "DOT", "C2", "m", "D", "S", "BANK CHARGES", "AMAZONFEE", "CRUK", "PADS", "B",
     "gift_0001_10", "DCGS0003"],
)  # fmt: skip
def test_fees_and_vouchers_are_charges_not_goods(retail, code) -> None:
    retail(f"7,{code},FEE,2,2010-12-01 08:26:00,1.5,17850.0,EIRE")

    assert lines("7") == [("charge", None, "FEE", 2, Decimal("1.5"), Decimal(3))]
    assert not Sku.objects.exists()


def test_a_line_with_a_negative_amount_is_a_discount(retail) -> None:
    batch = retail(CUPS, "536365,D,Discount,-1,2010-12-01 08:26:00,5,17850.0,United Kingdom")

    assert outcomes(batch) == ["goods", "charge"]
    assert lines("536365")[1] == ("discount", None, "Discount", 1, Decimal(-5), Decimal(-5))


def test_goods_at_price_zero_are_goods(retail) -> None:
    batch = retail(
        CUPS, "536365,22841,ROUND CAKE TIN,1,2010-12-01 08:26:00,0.0,17850.0,United Kingdom"
    )

    assert outcomes(batch) == ["goods", "goods"]
    assert lines("536365")[1][3:] == (1, Decimal(0), Decimal(0))


def test_pieces_below_zero_at_price_zero_are_a_write_off_without_an_order(retail) -> None:
    batch = retail("536589,21777,damaged,-10,2010-12-01 16:50:00,0.0,,United Kingdom")

    assert outcomes(batch) == ["stock_adjustment"]
    assert not Order.objects.exists()
    assert StockAdjustment.objects.values_list("code", "quantity", "reason", "reference", "status").get() == (
        "21777", -10, "damaged", "online-retail:536589:1", "waiting",
    )  # fmt: skip


def test_bad_debt_is_a_financial_adjustment_with_its_sign(retail) -> None:
    batch = retail(
        "A563185,B,Adjust bad debt,1,2011-08-12 14:50:00,11062.06,,United Kingdom",
        "A563186,B,Adjust bad debt,1,2011-08-12 14:51:00,-11062.06,,United Kingdom",
    )

    assert outcomes(batch) == ["financial", "financial"]
    assert list(FinancialAdjustment.objects.order_by("external_no").values_list("amount", flat=True)) == [
        Decimal("11062.06"), Decimal("-11062.06"),
    ]  # fmt: skip
    assert batch.account["amounts"]["adjustments"]["booked"] == "0.00"


def test_places_without_a_code_are_kept_as_text(retail) -> None:
    retail(CUPS.replace("United Kingdom", "Channel Islands"))

    order = Order.objects.get()
    assert (order.ship_country, order.ship_province) == ("", "Channel Islands")


def test_rows_of_one_invoice_may_lie_anywhere_in_the_file(retail) -> None:
    other = CUPS.replace("536365", "536366")

    retail(CUPS, other, MORE)

    assert [len(lines(number)) for number in ("536365", "536366")] == [2, 1]


def test_a_wrong_row_keeps_its_whole_invoice_out_and_says_which_it_is(retail) -> None:
    batch = retail(CUPS, MORE.replace(",6,", ",six,"), CUPS.replace("536365", "2"))

    assert outcomes(batch) == ["rejected", "rejected", "goods"]
    assert reasons(batch) == {
        2: "Row 3 of the same document: “six” is not a number. "
        "Write it with digits and a decimal point, as 1234.50.",
        3: "“six” is not a number. Write it with digits and a decimal point, as 1234.50.",
    }
    assert not Order.objects.filter(external_no="536365").exists()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (CUPS.replace(",6,", ",0,"), "The quantity is 0"),
        (CUPS.replace(",6,", ",1.5,"), "“1.5” is not a whole number"),
        (CUPS.replace(",6,", ",9999999,"), "quantity “9999999”: Give a whole quantity"),
        (CUPS.replace("2.55", "NaN"), "“NaN” is not a number"),
        (CUPS.replace("2.55", "0.00001"), "unit_price “0.00001”: Give the price with at most four"),
        (CUPS.replace("85123a", ""), "The StockCode is empty"),
        (CUPS.replace("536365", ""), "Column “InvoiceNo”: give the document a number"),
        (CUPS.replace("536365", "5" * 70), "Column “InvoiceNo”: give the document a number"),
        (CUPS.replace("2010-12-01 08:26:00", "1 Dec"), "“1 Dec” is not a time"),
        (CUPS.replace("17850.0", "1.38E+10"), "was rewritten by Excel"),
        (CUPS + ",surplus", "The row has 9 cells, the header 8"),
        ("536365,85123A,x", "The row has 3 cells, the header 8"),
        ("C1,85123A,x,5,2010-12-01 08:26:00,2.55,,EIRE", "A cancellation takes back"),
    ],
)
def test_what_is_wrong_with_a_row_is_said(retail, row, words) -> None:
    batch = retail(row)

    assert outcomes(batch) == ["rejected"]
    assert words in reasons(batch)[2]
    assert not Order.objects.exists()
    assert not Return.objects.exists()


def test_a_document_of_too_many_rows_is_rejected_row_by_row(retail) -> None:
    batch = retail(*[CUPS] * 2001)

    assert set(outcomes(batch)) == {"rejected"}
    assert reasons(batch)[2] == "536365 has 2001 rows; at most 2000 fit in one document."
