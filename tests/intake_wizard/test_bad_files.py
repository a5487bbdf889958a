"""What cannot be taken in as a whole is told at its field, and what was typed stays."""

import gzip
import io
import zipfile

import pytest
from openpyxl import Workbook

from orders.intake.wizard import keep
from orders.models import ImportDraft
from tests.intake_wizard.conftest import GOOD, HEADER

pytestmark = pytest.mark.django_db

CSV = f"{HEADER}\n{GOOD}\n".replace("\t", ",")


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 50_000_000)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"  \n", "The file is empty."),
        (b"%PDF-1.4 ...", "The file is a PDF"),
        (b"MZ" + bytes(90), "The file is a program"),
        (b"\xd0\xcf\x11\xe0" + bytes(90), "protected by a password"),
        (b"\x01\x02\xff\xfe\x9c" * 50, "neither UTF-8 nor GB18030"),
        (b"<html><table>", "The file is a web page"),
        (bomb(), "unpacks to more than can be orders"),
        (gzip.compress(b"a,b\n" * 10_000_000), "unpacks to more than can be orders"),
        (HEADER.encode() + b"\n", "has headings but no rows"),
        (workbook(HEADER.split("\t")), "has headings but no rows"),
        (GOOD.encode() + b"\n", "where a heading must stand"),
        (b'a,b\n"1,2\n', "never closes it"),
    ],
    ids=["nothing", "blank", "pdf", "program", "xls", "junk", "html", "bomb", "gzip-bomb", "no-rows",
         "no-rows-xlsx", "no-header", "quote"],
)  # fmt: skip
def test_a_wrong_file_is_told_at_its_field(wizard, content, words) -> None:
    page = wizard.send(content)

    assert page.status_code == 422
    assert words in " ".join(page.context["form"].errors["file"])
    assert not ImportDraft.objects.exists()


def test_pasted_rows_that_cannot_be_read_stay_in_the_field(wizard) -> None:
    page = wizard.paste(GOOD, GOOD)

    assert page.status_code == 422
    assert "where a heading must stand" in page.context["form"].errors["pasted"][0]
    assert GOOD in page.content.decode()


def test_nothing_at_all_is_told(wizard) -> None:
    page = wizard.paste("  ")

    assert page.context["form"].errors == {"file": ["Choose a file, or paste rows below"]}


def test_a_file_and_pasted_rows_are_one_too_many(wizard) -> None:
    page = wizard.send(CSV.encode(), pasted=HEADER)

    assert page.context["form"].errors == {
        "pasted": ["There are a file and pasted rows. Take one of them away"]
    }


def test_too_many_rows_are_told(wizard, monkeypatch) -> None:
    monkeypatch.setattr(keep, "MOST_ROWS", 1)

    page = wizard.paste(HEADER, GOOD, GOOD)

    assert "more than 1 rows" in page.context["form"].errors["pasted"][0]
    assert not ImportDraft.objects.exists()


def test_a_chosen_kind_that_lacks_a_column_is_told(wizard) -> None:
    page = wizard.send(CSV.encode(), preset="jd")

    assert "is missing (preset jd)" in page.context["form"].errors["file"][0]


def test_a_formula_counts_by_its_value_and_a_command_stays_text(wizard) -> None:
    row = GOOD.replace("王芳", "=cmd|' /C calc'!A0")

    wizard.paste(HEADER, row, row.replace("A-1", "A-2").replace("\t2\t", "\tx\t"))

    assert wizard.states() == ["good", "bad"]
    wizard.take_in()
    batch_id = wizard.draft.batch_id
    file = b"".join(wizard.client.get(f"/import/{batch_id}/rejected.csv").streaming_content)
    assert ",'=cmd|" in file.decode("utf-8-sig")


def test_the_file_of_rejected_rows_is_the_same_file_with_the_reason(wizard) -> None:
    wizard.paste(HEADER, GOOD.replace("\t2\t", "\tx\t"))
    wizard.client.cookies["django_language"] = "zh-hans"
    wizard.take_in()

    answer = wizard.client.get(f"/import/{wizard.draft.batch_id}/rejected.csv")
    file = b"".join(answer.streaming_content)
    heading, row = file.decode("utf-8-sig").splitlines()

    assert heading == f"{HEADER},未导入原因".replace("\t", ",")
    assert row.startswith(GOOD.replace("\t2\t", "\tx\t").replace("\t", ","))
    again = wizard.send(file)
    assert again.status_code == 302
    assert wizard.states() == ["bad"]
