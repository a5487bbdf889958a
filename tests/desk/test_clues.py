import pytest

from oms.search import grams_of_query
from orders.desk.clues import clean, clues, literally, number_in


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("SO2611220001", "SO2611220001"),
        (" so2611220001 ", "SO2611220001"),
        ("ＳＯ２６１１２２０００１", "SO2611220001"),
        ("2611220001", ""),
        ("SO-26", ""),
        ("SO26 11", ""),
    ],
)
def test_an_order_number_is_known_however_it_is_typed(typed, number):
    assert number_in(typed) == number


def test_what_is_searched_for_is_folded_and_short():
    assert clean("  １２３４\x00 ") == "1234"
    assert len(clean("x" * 1000)) == 100


def test_wildcards_that_people_type_mean_themselves():
    assert literally("100%_\\") == "100\\%\\_\\\\"


@pytest.mark.parametrize("typed", ["8001", "138 0013 8001", "+86 13800138001", "(138) 0013-8001"])
def test_digits_are_taken_for_the_tail_of_a_phone(typed):
    phones = [clue.params for clue in clues(clean(typed)) if "phone_tail" in clue.condition]

    digits = "".join(char for char in typed if char.isdigit()).removeprefix("86")
    assert phones == [(digits[::-1] + "%",)]


@pytest.mark.parametrize("typed", ["801", "138001380011", "12a4"])
def test_too_few_and_too_many_digits_are_no_phone(typed):
    assert not [clue for clue in clues(typed) if "phone_tail" in clue.condition]


def test_long_digits_may_begin_a_number_or_a_platform_number():
    conditions = [clue.condition for clue in clues("261122")]

    assert conditions == [
        "o.number LIKE %s",
        "(o.external_no LIKE %s)",
        "o.phone_tail LIKE %s",
        "o.names LIKE %s",
    ]


@pytest.mark.parametrize(
    ("typed", "grams"), [("王", ["王"]), ("小明", ["小明"]), ("Li M", ["i ", " m", "li"])]
)
def test_a_piece_of_a_name_is_looked_up_by_its_grams(typed, grams):
    (name,) = [clue for clue in clues(typed) if clue.look]

    assert name.look_params == (grams,)


@pytest.mark.parametrize(
    "typed", ["Dina Silvaberg 4", "x" * 100, "a b c d e f g", "欧阳修 诸葛亮 司马懿"]
)
def test_a_long_name_is_looked_up_by_its_most_telling_grams(typed):
    (name,) = [clue for clue in clues(typed) if clue.look]

    (asked,) = name.look_params
    over = {gram for gram in grams_of_query(typed) if " " in gram}
    assert 1 <= len(asked) == len(set(asked)) <= 8
    assert set(asked) <= set(grams_of_query(typed))
    assert over <= set(asked) or set(asked) <= over


@pytest.mark.parametrize("typed", ["a", "%", " "])
def test_one_letter_is_too_little_for_a_name(typed):
    assert clues(typed) == []
