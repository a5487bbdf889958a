"""The command: progress to people, the account to standard output, rejected rows beside the file."""

import json
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from orders.models import Order
from tests.intake_files.conftest import HEADER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]

GOOD = "1,22666,BOX,5,2010-12-01 09:00:00,2.95,12345.0,EIRE"
BAD = "2,22666,BOX,many,2010-12-01 09:00:00,2.95,12345.0,EIRE"


def test_the_account_is_json_and_progress_goes_elsewhere(write, capsys) -> None:
    path = write("\n".join([HEADER, GOOD, BAD]), name="orders.csv")

    call_command("import_orders", str(path), "--json")

    said = capsys.readouterr()
    account = json.loads(said.out)
    assert account["documents"] == {
        "invoices": 2, "cancellations": 0, "adjustments": 0, "orders": 1, "rejected": 1, "already_here": 0,
    }  # fmt: skip
    assert account["outcomes"]["goods"] == {
        "rows": 1, "units": 5, "source": "14.75", "booked": "14.75", "difference": "0.00",
    }  # fmt: skip
    assert sum(one["rows"] for one in account["outcomes"].values()) == account["rows"] == 2
    assert {"seconds", "peak_memory_mb", "customers", "skus_created"} < account.keys()
    assert "-- 2 of 2 rows taken in (100 %)" in said.err
    rejected = path.with_name("orders.csv.rejected.csv").read_text("utf-8-sig").splitlines()
    assert rejected[0] == f"{HEADER},rejected_because"
    assert rejected[1].startswith(BAD)


def test_the_account_in_words(write, capsys) -> None:
    path = write("\n".join([HEADER, GOOD]))

    call_command("import_orders", str(path), "--preset", "online_retail", "--channel", "uk")

    words = capsys.readouterr().out
    assert words.startswith("1 rows: 1 invoices, 0 cancellations, 0 adjustments\n1 orders placed")
    assert "gross" in words
    assert not path.with_name(path.name + ".rejected.csv").exists()
    assert Order.objects.get().channel.code == "uk"


def test_rejected_rows_go_where_they_are_wanted_or_where_they_can(
    write, tmp_path, capsys, monkeypatch
) -> None:
    path = write("\n".join([HEADER, BAD]))
    wanted = tmp_path / "no such folder" / "rejected.csv"
    monkeypatch.chdir(tmp_path)

    call_command("import_orders", str(path), "--rejected", str(wanted))

    assert (tmp_path / "rejected.csv").exists()
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "The file is empty"),
        ("a,b\n1,2\n", "The columns fit no known export"),
        ("<html>", "web page"),
    ],
)
def test_a_file_that_cannot_be_taken_in_is_an_error_in_words(write, content, words) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("import_orders", str(write(content)))


def test_a_file_that_is_not_there_is_an_error_in_words() -> None:
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_orders", "no-such-file.csv")


def test_a_workbook_and_a_text_of_the_same_rows_book_the_same(write, capsys) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(HEADER.split(","))
    book.active.append(
        [536365, "85123A", "HOLDER", 6, "2010-12-01 08:26:00", 2.55, 17850.0, "France"]
    )
    path = write(b"", name="orders.csv")
    book.save(path)

    call_command("import_orders", str(path), "--json")

    order = Order.objects.get()
    assert (order.external_no, order.total_amount, order.customer_name, order.ship_country) == (
        "536365", Decimal("15.30"), "Customer 17850", "FR",
    )  # fmt: skip
    assert json.loads(capsys.readouterr().out)["units"]["booked"] == 6


def test_the_second_run_prints_the_same_to_the_letter(write, capsys) -> None:
    path = write("\n".join([HEADER, GOOD, BAD]))

    printed = []
    for _run in range(2):
        call_command("import_orders", str(path), "--json")
        printed.append(capsys.readouterr().out)

    assert printed[0] == printed[1]
