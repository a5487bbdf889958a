"""Whom a comment names."""

import pytest

from orders.desk.notes.named import named_in

PEOPLE = ["li", "li.wei", "lisa", "王芳", "Bob", "a+b"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@li have a look", ["li"]),
        ("@lisa, @li: done", ["li", "lisa"]),
        ("ask @li.wei.", ["li.wei"]),
        ("请@li看一下", ["li"]),
        ("@王芳请处理", ["王芳"]),
        ("＠王芳 请处理", ["王芳"]),
        ("@BOB!", ["Bob"]),
        ("(@a+b)", ["a+b"]),
        ("twice @li and @li", ["li"]),
        ("line\n@li\nline", ["li"]),
    ],
)
def test_a_name_after_an_at_sign_is_found(text: str, named: list[str]):
    assert named_in(text, PEOPLE) == named


@pytest.mark.parametrize(
    "text",
    ["li", "@lib", "@li2", "@li.x", "@li_x", "someone@li.cn", "@nobody", "@", "@ li", "li@", ""],
)
def test_other_words_name_nobody(text: str):
    assert named_in(text, PEOPLE) == []


def test_two_log_ins_that_differ_in_case_are_both_named():
    assert named_in("@bob", ["Bob", "bob"]) == ["Bob", "bob"]


def test_where_there_is_nobody_nobody_is_named():
    assert named_in("@li", []) == []


def test_a_long_text_of_at_signs_takes_no_time():
    assert named_in("@" * 2000 + "@li" * 300 + " @li", PEOPLE) == ["li"]
