"""The same file, the same orders in another file, the rejected rows corrected: nothing is taken in twice."""

from decimal import Decimal

import pytest

from customers.models import Customer
from inventory.models import StockAdjustment
from oms.errors import NotPossible
from oms.models import Channel
from oms.tables.table import UnreadableFile
from oms.tables.writing import harmless
from orders.intake.files.rejected import rejected_lines
from orders.intake.models import ImportBatch
from orders.models import FinancialAdjustment, Order, Return
from tests.fixtures.company import create_sku
from tests.intake_files.conftest import HEADER, outcomes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]

ROWS = (
    "1,22666,BOX,5,2010-12-01 09:00:00,2.95,12345.0,EIRE",
    "2,21777,damaged,-10,2010-12-01 16:50:00,0.0,,United Kingdom",
    "C3,22666,BOX,-2,2010-12-02 09:00:00,2.95,12345.0,EIRE",
    "A4,B,Adjust bad debt,1,2010-12-03 14:50:00,-11.06,,United Kingdom",
)


def books() -> list[int]:
    models = (Order, Return, StockAdjustment, FinancialAdjustment, Customer, ImportBatch)
    return [model.objects.count() for model in models]


def test_the_same_file_again_changes_nothing_and_gives_the_same_account(retail) -> None:
    first = retail(*ROWS)
    before = books()

    again = retail(*ROWS)

    assert books() == before == [1, 1, 1, 1, 1, 1]
    assert again.account == first.account


def test_the_same_documents_in_another_file_are_here_already(retail) -> None:
    retail(*ROWS)
    before = books()[:5]

    batch = retail(*ROWS, "5,22666,BOX,1,2010-12-04 09:00:00,2.95,12345.0,EIRE")

    assert outcomes(batch) == ["duplicate"] * 4 + ["goods"]
    assert [after - one for after, one in zip(books(), before, strict=False)] == [1, 0, 0, 0, 0]
    assert batch.account["documents"]["already_here"] == 4
    assert batch.account["amounts"]["net"] == {
        "source": "0.74", "booked": "2.95", "not_booked": "-2.21", "difference": "0.00",
    }  # fmt: skip


def test_a_number_taken_by_another_order_is_rejected_with_the_difference(retail) -> None:
    retail(*ROWS)

    batch = retail(ROWS[0].replace(",5,", ",6,"))

    row = batch.rows.get()
    assert (row.outcome, row.reason) == (
        "rejected",
        f"Order {Order.objects.get().number} has this number already, with other content: "
        "lines[0].quantity.",
    )


def test_rejected_rows_come_back_with_their_reason_and_can_be_corrected(retail, take_in) -> None:
    batch = retail(ROWS[0].replace("BOX", '"=BOX, ""x"""').replace(",5,", ",five,"), *ROWS[1:])

    text = "".join(rejected_lines(batch))

    assert text == (
        f"\ufeff{HEADER},rejected_because\r\n"
        '1,22666,"\'=BOX, ""x""",five,2010-12-01 09:00:00,2.95,12345.0,EIRE,'
        '"“five” is not a number. Write it with digits and a decimal point, as 1234.50."\r\n'
    )
    corrected = take_in(text.replace(",five,", ",5,"))
    assert (corrected.preset, outcomes(corrected)) == ("online_retail", ["goods"])
    assert Order.objects.get().lines.get().description == '=BOX, "x"'


def test_what_was_rejected_is_tried_again_with_the_same_file(take_in) -> None:
    text = "order_no,sku,quantity,unit_price\n1,CUP-1,2,3\n2,NONE,1,1\n"
    first = take_in(text)
    assert (outcomes(first), outcomes(take_in(text))) == (["rejected", "rejected"],) * 2
    assert take_in(text).account == first.account

    create_sku("CUP-1")
    again = take_in(text)

    assert (again.pk, outcomes(again)) == (first.pk, ["goods", "rejected"])
    assert again.account["documents"]["orders"] == 1
    assert take_in(text).account == again.account
    assert Order.objects.count() == 1


def test_a_file_of_rejected_rows_brings_one_column_of_reasons(retail, take_in) -> None:
    text = "".join(rejected_lines(retail(ROWS[0].replace(",5,", ",five,"))))

    again = "".join(rejected_lines(take_in(text)))

    assert again == text


def test_nothing_rejected_is_an_empty_file(retail) -> None:
    assert list(rejected_lines(retail(ROWS[0]))) == []


def test_cells_that_a_spreadsheet_would_run_get_an_apostrophe() -> None:
    cells = ["=1+1", "@x", "+86", "-5", "-5.25", "-x", "\tx", "a=1", ""]

    assert [harmless(cell) for cell in cells] == [
        "'=1+1", "'@x", "'+86", "-5", "-5.25", "'-x", "'\tx", "a=1", "",
    ]  # fmt: skip


def test_a_file_broken_at_its_end_writes_nothing(take_in) -> None:
    with pytest.raises(UnreadableFile):
        take_in("\n".join([HEADER, *ROWS, '"5,x']))

    assert books() == [0] * 6
    assert not Channel.objects.exists()


def test_rounding_is_the_only_difference(retail) -> None:
    batch = retail(
        "1,22666,BOX,1,2010-12-01 09:00:00,0.001,,EIRE",
        "1,22667,BOX,3,2010-12-01 09:00:00,0.335,,EIRE",
    )

    assert batch.account["amounts"]["gross"] == {
        "source": "1.006", "booked": "1.01", "not_booked": "0.00", "difference": "-0.004",
    }  # fmt: skip
    assert Order.objects.get().total_amount == Decimal("1.01")


def test_the_channel_can_be_named_and_is_created_where_the_preset_allows(take_in) -> None:
    text = "\n".join([HEADER, ROWS[0]])

    take_in(text, channel="uk-shop")

    assert Channel.objects.values_list("code", "currency").get() == ("uk-shop", "GBP")
    with pytest.raises(UnreadableFile, match="There is no channel nowhere. There are: uk-shop"):
        take_in("order_no,sku,quantity,unit_price\n1,A,1,1\n", channel="nowhere")
    with pytest.raises(UnreadableFile, match="There is no preset x"):
        take_in(text, preset="x")


def test_two_at_once_do_not_take_in_the_same_file(retail, monkeypatch) -> None:
    monkeypatch.setattr("orders.intake.files.run._PATIENCE", 0)

    with pytest.raises(NotPossible, match="Another process is taking in the same file"):
        retail(*ROWS)
