"""The query line: every text is read, nothing is an error, nothing is dropped unsaid."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.desk.query.parse import MOST_CLAUSES, Query, parse
from orders.desk.query.qualifier import Days, Known
from orders.desk.query.registry import QUALIFIERS
from orders.desk.query.words import LONGEST, split, values_in


def meant(query: Query) -> list[tuple[str, bool, tuple[Any, ...]]]:
    return [
        (one.qualifier.name, one.is_negated, tuple(v.params for v in one.values))
        for one in query.clauses
    ]


@pytest.mark.parametrize(
    ("line", "name", "params"),
    [
        ("status:to-review", "status", ("pending_review",)),
        ("状态:待审核", "status", ("pending_review",)),
        ("状态：待审核", "status", ("pending_review",)),
        ('STATUS:"To review"', "status", ("pending_review",)),
        ("status:pending_review", "status", ("pending_review",)),
        ("amount:>500", "amount", (Decimal(500),)),
        ("金额:＞＝５００", "amount", (Decimal(500),)),
        ("金额:≥500元", "amount", (Decimal(500),)),
        ("amount:100..500", "amount", (Decimal(100), Decimal(500))),
        ("amount:1,234.50", "amount", (Decimal("1234.50"),)),
        ("电话:1234", "phone", ("%1234",)),
        ("phone:138-0013-8001", "phone", ("%138-0013-8001",)),
        ("sku:a-01", "sku", ("A-01", "a-01")),
        ("sku:A_*", "sku", ("A\\_%",)),
        ("标签:加急", "tag", ("加急",)),
        ("city:上海", "city", ("上海%",)),
        ("省:100%", "province", ("100\\%%",)),
        ("owner:me", "owner", (1,)),
        ("负责人:我", "owner", (1,)),
        ("owner:王芳", "owner", (2,)),
        ("owner:none", "owner", ()),
        ("渠道:web", "channel", (7,)),
        ('channel:"web shop"', "channel", (7,)),
        ("客户:王", "customer", ("%王%",)),
        ("付款:未付", "paid", ()),
        ("平台单号:tb-1", "external", ("tb-1%", "TB-1%")),
        ("运单:sf123", "waybill", ("SF123%",)),
        ("原因:short", "reason", (["short"], "%short%")),
        ("原因:缺", "reason", (["short"], "%缺%")),
    ],
)  # fmt: skip
def test_a_qualifier_is_read(known: Known, line: str, name: str, params: tuple[Any, ...]):
    query = parse(line, known)

    assert meant(query) == [(name, False, (params,))]
    assert (query.text, query.problems) == ("", ())


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("today", date(2026, 11, 22), date(2026, 11, 22)),
        ("昨天", date(2026, 11, 21), date(2026, 11, 21)),
        ("7d", date(2026, 11, 16), date(2026, 11, 22)),
        ("本周", date(2026, 11, 16), date(2026, 11, 22)),
        ("last-month", date(2026, 10, 1), date(2026, 10, 31)),
        ("2026-11-01", date(2026, 11, 1), date(2026, 11, 1)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-11-01..2026-11-05", date(2026, 11, 1), date(2026, 11, 5)),
        ("2026-11-01..", date(2026, 11, 1), None),
        ("..昨天", None, date(2026, 11, 21)),
    ],
)
def test_a_day_is_read(known: Known, value: str, first: date | None, last: date | None):
    (clause,) = parse(f"date:{value}", known).clauses

    assert clause.values[0].days == Days(first, last)


def test_commas_are_or_and_a_minus_is_not(known: Known):
    query = parse('-city:上海，"New York" status:shipped,delivered', known)

    assert meant(query) == [
        ("city", True, (("上海%",), ("New York%",))),
        ("status", False, (("shipped",), ("delivered",))),
    ]


@pytest.mark.parametrize(
    "line",
    ["12:30", "http://a.b/c", "https://x", "C:\\orders", '"status:shipped"', "王 小明", "a%_\\b", "-x", ":", "：王"],
)  # fmt: skip
def test_what_looks_like_text_is_text(known: Known, line: str):
    query = parse(line, known)

    assert (query.clauses, query.problems) == ((), ())
    assert query.text == line.replace('"', "")


def test_free_text_stands_between_the_qualifiers(known: Known):
    query = parse("  王 sku:A-01 小明\x00 ", known)

    assert (query.text, [one.term.source for one in query.clauses if one.term]) == (
        "王 小明",
        ["sku:A-01"],
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("statsu:shipped", "“statsu” is no known word. Did you mean “status:”?"),
        ("金：5", "“金” is no known word. Did you mean “金额:”?"),
        ("qqqqq:5", '“qqqqq” is no known word. To look for it as text, write "qqqqq:5".'),
        ("city:", "write a value right after “city:”, the beginning of a city."),
        ("paid:x", "“x” cannot be read as “Payment”. Write unpaid, part or paid."),
        (
            "phone:12",
            "“12” cannot be read as “Phone”. Write the last four digits of a phone, or more.",
        ),
    ],
)
def test_what_cannot_be_read_is_left_out_and_says_so(known: Known, line: str, words: str):
    query = parse(f"{line} 王", known)

    assert [one.sentence for one in query.problems] == [f"Left out: {words}"]
    assert (query.clauses, query.text) == ((), "王")


@pytest.mark.parametrize(
    "line",
    ["amount:abc", "date:2026-02-30", "owner:nobody-here", "channel:x", "status:shipped,x"],
)
def test_one_bad_value_leaves_the_whole_term_out(known: Known, line: str):
    query = parse(line, known)

    assert (query.clauses, len(query.problems)) == ((), 1)


@pytest.mark.parametrize(
    "value",
    ["0", "500..100", "..", "1e5", "-5", "9" * 13, "NaN", "１２x", "2199-12-31..1999-01-01"],
)
def test_impossible_amounts_and_days_are_problems(known: Known, value: str):
    lines = ["amount", "date"] if value != "0" else ["date"]

    assert [len(parse(f"{name}:{value}", known).problems) for name in lines] == [1] * len(lines)


def test_money_is_unknown_to_those_who_may_not_see_it():
    query = parse("paid:unpaid", Known(1, date(2026, 11, 22)))

    assert query.clauses == ()
    assert query.problems[0].sentence.startswith("Left out: “paid” is no known word.")


def test_too_many_conditions_are_left_out_one_by_one(known: Known):
    query = parse(" ".join(f"city:c{one}" for one in range(MOST_CLAUSES + 2)), known)

    assert (len(query.clauses), len(query.problems)) == (MOST_CLAUSES, 2)


def test_a_term_is_taken_out_of_the_line(known: Known):
    query = parse("王 status:shipped  小明", known)

    assert query.without(query.clauses[0].term) == "王 小明"


def test_no_word_means_two_things():
    words = [word for one in QUALIFIERS for word in one.words]

    assert sorted(set(words)) == sorted(words)


LINES = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.builds(
            "{}{}:{}".format,
            st.sampled_from(["", "-", "－"]),
            st.sampled_from([word for one in QUALIFIERS for word in one.words] + ["nope", "12"]),
            st.text(max_size=20),
        ),
    )
).map(" ".join)


@given(LINES)
def test_every_term_becomes_a_clause_or_a_problem_and_every_line_is_survived(line: str):
    known = Known(1, date(2026, 11, 22), frozenset({"orders.view_payment"}))

    query = parse(line, known)

    terms = split(query.line).terms
    assert len(query.clauses) + len(query.problems) == len(terms)
    for term in terms:
        assert query.line[term.start : term.end] == term.source
        assert len(split(query.without(term)).terms) <= len(terms)
    assert "\x00" not in repr(query.clauses)


def test_a_very_long_line_is_read_to_its_limit(known: Known):
    query = parse("status:" + "x" * 10_000, known)

    assert len(query.line) == LONGEST
    assert len(query.problems[0].words) < 50


@given(st.text(max_size=40))
def test_values_hold_no_quotes(raw: str):
    assert not any(char in value for value in values_in(raw) for char in '"“”')
