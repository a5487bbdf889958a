"""XLSX: values of the first sheet as text; bombs, macros and tricks refused before anything is inflated."""

import io
import resource
import struct
import zipfile
from datetime import datetime

import openpyxl
import pytest

from oms.tables import xlsx
from oms.tables.reading import read_table
from oms.tables.table import UnreadableFile

ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><sst>&b;</sst>'
)


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_member(content: bytes, name: str, data: bytes) -> bytes:
    """The workbook with this member added, or in place of its own."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, data)
    return file.getvalue()


def with_texts(data: str) -> bytes:
    """A workbook whose table of shared texts is `data`."""
    content = workbook(["a"], ["b"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        types = archive.read("[Content_Types].xml").decode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}" /></Types>'
    content = with_member(content, "[Content_Types].xml", types.replace("</Types>", part).encode())
    return with_member(content, "xl/sharedStrings.xml", data.encode())


def refused(path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        list(read_table(path).rows)
    return caught.value.message


def test_values_come_as_text_as_they_would_stand_in_a_csv_file(write) -> None:
    content = workbook(
        ["sku", "pieces", "price", "when", "gift", "phone"],
        ["00123", 6, 2.55, datetime(2026, 11, 22, 14, 5), True, 13800138000.0],
        [None, None, None, None, None, None],
        ["B", 1e-05, None, None, None, None],
    )

    table = read_table(write(content, name="orders.csv"))

    assert table.header == ["sku", "pieces", "price", "when", "gift", "phone"]
    assert list(table.rows) == [
        (2, ["00123", "6", "2.55", "2026-11-22 14:05:00", "TRUE", "13800138000"]),
        (4, ["B", "0.00001", "", "", "", ""]),
    ]


def test_a_number_that_excel_has_rounded_shows_it_and_digits_kept_as_text_do_not(write) -> None:
    content = workbook(["no"], [1234567890123456789], ["123456789012345000"])

    (_two, rounded), (_three, kept) = read_table(write(content)).rows

    assert rounded == ["1.23456789012346E+18"]
    assert kept == ["'123456789012345000"]


def test_a_formula_counts_by_its_stored_value_only(write) -> None:
    content = workbook(["a", "b"], ["=cmd|' /C calc'!A0", "x"])

    assert list(read_table(write(content)).rows) == [(2, ["", "x"])]


def test_a_bomb_is_refused_by_its_directory(write) -> None:
    content = with_member(workbook(["a"]), "xl/worksheets/sheet1.xml", bytes(400 * 2**20))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert len(content) < 2**20
    assert "unpacks to more" in refused(write(content))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


def test_an_archive_of_ten_thousand_members_is_refused(write) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(10_000):
            archive.writestr(f"xl/{number}.xml", b"")

    assert "unpacks to more" in refused(write(file.getvalue()))


def test_a_directory_said_to_be_huge_is_not_parsed(write) -> None:
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 2**31, 0, 0)

    assert "unpacks to more" in refused(write(b"PK\x03\x04" + bytes(100) + end))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("xl/vbaProject.bin", b"x", "macros"),
        ("xl/workbook.xml", b"<workbook", "damaged"),
        ("xl/worksheets/sheet1.xml", ENTITIES.encode(), "XML entities"),
    ],
)
def test_macros_entities_and_broken_parts_are_refused(write, name, data, words) -> None:
    assert words in refused(write(with_member(workbook(["a"], ["b"]), name, data)))


def test_entities_in_the_texts_are_refused(write) -> None:
    assert "XML entities" in refused(write(with_texts(ENTITIES)))


def test_an_archive_that_is_no_workbook_is_refused(write) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("content.xml", b"<x/>")

    assert "no Excel workbook" in refused(write(file.getvalue(), name="a.xlsx"))
    assert "damaged" in refused(write(b"PK\x03\x04 and nothing else"))


def test_an_empty_sheet_is_refused(write) -> None:
    assert "empty" in refused(write(workbook()))


def test_a_protected_archive_is_refused(write) -> None:
    content = bytearray(workbook(["a"]))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1

    assert "password" in refused(write(bytes(content)))


def test_texts_that_memory_has_no_room_for_are_refused(write, monkeypatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_TEXTS", 10)
    content = with_member(workbook(["a"]), "xl/sharedStrings.xml", b"<sst></sst>")

    assert "unpacks to more" in refused(write(content))
