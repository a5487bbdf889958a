"""How much to order: by example, and for any facts."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from inventory.purchasing.formula import Facts, Missing, lead_time, round_up, suggest
from inventory.purchasing.words import formula_words

WHOLE = st.integers(0, 500)
FACTS = st.builds(
    Facts,
    available=WHOLE,
    incoming=WHOLE,
    safety=WHOLE,
    waiting=WHOLE,
    sold=WHOLE,
    lead_days=st.none() | st.integers(0, 60),
    pack=st.integers(1, 48),
    minimum=st.integers(1, 100),
    has_supplier=st.booleans(),
)


def test_the_example_of_the_specification():
    facts = Facts(available=3, incoming=40, safety=20, sold=180, lead_days=14)

    suggestion = suggest(facts)

    assert (suggestion.need, suggestion.quantity) == (61, 61)
    assert (
        formula_words(facts, suggestion)
        == "14 days × 6/day + safety 20 − available 3 − incoming 40 = 61"
    )


def test_whole_packs_and_the_suppliers_minimum_are_ordered():
    assert [round_up(need, 12, 24) for need in (1, 24, 25, 36)] == [24, 24, 36, 36]
    assert round_up(1, 10, 25) == 30


def test_the_words_say_what_was_rounded_up_and_what_waits():
    facts = Facts(waiting=5, lead_days=7, pack=12, minimum=24)

    assert formula_words(facts, suggest(facts)) == (
        "7 days × 0/day + safety 0 + waiting 5 − available 0 − incoming 0 = 5"
        " → 24 (packs of 12, at least 24)"
    )


def test_enough_is_no_suggestion():
    assert suggest(Facts(available=10, safety=4, waiting=6, lead_days=7)) is None


def test_an_unknown_lead_time_is_never_taken_for_none():
    selling = suggest(Facts(available=5, sold=30))

    assert selling.missing == (Missing.LEAD_TIME,)
    assert selling.quantity is None


def test_without_a_supplier_no_quantity_is_suggested():
    waiting = suggest(Facts(waiting=2, lead_days=7, has_supplier=False))

    assert (waiting.need, waiting.quantity, waiting.missing) == (2, None, (Missing.SUPPLIER,))


def test_the_days_left_are_those_before_the_goods_run_out_less_the_lead_time():
    assert suggest(Facts(available=50, sold=300, lead_days=7, safety=20)).days_left == 0
    assert suggest(Facts(available=0, waiting=3, lead_days=7)).days_left == 0


def test_three_deliveries_teach_more_than_the_supplier_says():
    assert lead_time(7, 12, 2) == 7
    assert lead_time(7, 12, 3) == 12
    assert lead_time(None, 12, 3) == 12
    assert lead_time(None, 12, 2) is None
    assert lead_time(7, None, 0) == 7


@given(FACTS)
def test_what_is_ordered_covers_the_need_in_whole_packs_and_not_more(facts):
    suggestion = suggest(facts)

    if suggestion is None:
        lead = 14 if facts.lead_days is None else facts.lead_days
        used = lead * Fraction(facts.sold, facts.days) + facts.safety + facts.waiting
        assert used <= facts.available + facts.incoming
    elif suggestion.quantity is not None:
        assert suggestion.quantity >= max(suggestion.need, facts.minimum)
        assert suggestion.quantity % facts.pack == 0
        assert suggestion.quantity - facts.pack < max(suggestion.need, facts.minimum)


@given(FACTS)
def test_a_quantity_is_missing_exactly_when_something_is_said_to_be(facts):
    suggestion = suggest(facts)

    assert suggestion is None or (suggestion.quantity is None) == bool(suggestion.missing)
    if suggestion:
        assert (Missing.SUPPLIER in suggestion.missing) == (not facts.has_supplier)
        assert (Missing.LEAD_TIME in suggestion.missing) == (facts.lead_days is None)


@given(FACTS, st.integers(1, 50))
def test_more_waiting_pieces_never_ask_for_less(facts, more):
    before, after = (
        suggest(one)
        for one in (facts, Facts(**(_as_dict(facts) | {"waiting": facts.waiting + more})))
    )

    assert (before.need if before else 0) <= (after.need if after else 0)


def _as_dict(facts):
    return {name: getattr(facts, name) for name in Facts.__slots__}
