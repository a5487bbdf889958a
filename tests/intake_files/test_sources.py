"""What a file is goes by its content; what is no table of orders is refused with words."""

import gzip

import pytest

from oms.tables.reading import read_table
from oms.tables.source import Kind, kind_of
from oms.tables.table import UnreadableFile

ROWS = "编号,名称\n1,杯子\n2,盘子\n"


def cells(path) -> list[tuple[int, list[str]]]:
    return list(read_table(path).rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_utf8_with_and_without_a_mark_and_gb18030_read_the_same(write, encoding) -> None:
    table = read_table(write(ROWS, encoding=encoding))

    assert table.header == ["编号", "名称"]
    assert list(table.rows) == [(2, ["1", "杯子"]), (3, ["2", "盘子"])]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(write, delimiter) -> None:
    path = write("a,b,c\n1,2,3\n".replace(",", delimiter))

    assert cells(path) == [(2, ["1", "2", "3"])]


def test_gzip_is_read_whatever_its_name(write) -> None:
    path = write(gzip.compress(ROWS.encode()), name="orders.xlsx")

    assert kind_of(path) is Kind.TEXT
    assert cells(path)[0] == (2, ["1", "杯子"])


def test_rows_keep_their_numbers_when_empty_ones_lie_between(write) -> None:
    assert cells(write("a,b\n1,2\n\n,\n3,4\n")) == [(2, ["1", "2"]), (5, ["3", "4"])]


def test_a_cell_may_hold_lines_quotes_and_delimiters(write) -> None:
    assert cells(write('a,b\n"x ""y"", z\nnext",2\n')) == [(2, ['x "y", z\nnext', "2"])]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"  \r\n ", "empty"),
        ("a,b\n1,2\n".encode("utf-16"), "UTF-16"),
        ("a,b\n1,2\n".encode("utf-16-le"), "UTF-16"),
        (b"<html><table><tr><td>1</td></tr></table>", "web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".xls workbook"),
        (b"%PDF-1.7\n", "PDF"),
        (b"MZ\x90\x00\x03" + bytes(64), "program"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"a,b\nx,caf\xe9,\n", "Line 2 is neither UTF-8 nor GB18030"),
        (b"a,b\n1,2\n3,4\x005\n", "Line 3 has a NUL"),
        (b"a,b\n1,2\n3," + b"x" * 2**20 + b"\n", "begins in line 3 has a cell of over"),
        (b"a" * 2**21, "Line 1 has over a million"),
        (b'a,b\n1,2\n"3,4\n5,6\n', 'begins in line 3 opens a quote (")'),
        (b'a,b\n1,2\n"3"x,4\n', "begins in line 3 has a quote"),
        (b'{"orders": []}', "JSON"),
        (gzip.compress(ROWS.encode())[:-12], "damaged or breaks off"),
        (gzip.compress(gzip.compress(b"a")), "archive inside"),
        (gzip.compress(bytes(40 * 2**20)), "UTF-16 text or no text"),
        (gzip.compress(b"a,b\n" * 2**24), "unpacks to more"),
    ],
    # A name of its own for each: packed content holds the time and would name the test after it.
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_what_is_no_table_is_refused_with_words(write, content, words) -> None:
    with pytest.raises(UnreadableFile, match=words.replace("(", r"\(").replace(")", r"\)")):
        cells(write(content, name="orders.csv"))
