"""Which carrier takes a parcel: the first rule that fits, else the cheapest, else the only one."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.preparation.choose import By, Choice, Load, Offer, Rate, Rule, choose

SF, YTO, POST = 1, 2, 3
ALL = [SF, YTO, POST]
LOAD = Load(7, frozenset({1}), "CN", "浙江省", 1500, Decimal(200), "CNY")


def rate(carrier: int, first: int, step: int = 0, days: int = 2, **more: object) -> Rate:
    row = Rate(carrier, None, "CN", "", 1000, Decimal(first), 500, Decimal(step), None, days)
    return replace(row, **more)


def test_the_cheapest_is_taken_where_no_rule_fits() -> None:
    found = choose(LOAD, [], [rate(SF, 20), rate(YTO, 8, 1), rate(POST, 8, 2)], ALL)

    assert (found.carrier_id, found.price, found.days, found.rule_id) == (YTO, Decimal(9), 2, None)
    assert found.others == (Offer(POST, Decimal(10), 2), Offer(SF, Decimal(20), 2))


def test_the_first_rule_that_fits_decides_whatever_it_costs() -> None:
    rules = [
        Rule(1, By.NAMED, POST, country="US"),
        Rule(2, By.NAMED, SF, service="next day", least_value=Decimal(200)),
        Rule(3, By.CHEAPEST, None),
    ]

    found = choose(LOAD, rules, [rate(SF, 20), rate(YTO, 8)], ALL)

    assert (found.carrier_id, found.rule_id, found.service) == (SF, 2, "next day")
    assert found.price == Decimal(20)


def test_a_rule_may_ask_for_the_fastest() -> None:
    rates = [rate(SF, 20, days=1), rate(YTO, 8, days=3), rate(POST, 30, days=1)]

    assert choose(LOAD, [Rule(1, By.FASTEST, None)], rates, ALL).carrier_id == SF


def test_a_named_carrier_that_is_off_is_not_taken() -> None:
    found = choose(LOAD, [Rule(1, By.NAMED, SF)], [rate(YTO, 8), rate(SF, 1)], [YTO, POST])

    assert found.carrier_id == YTO


def test_the_only_carrier_needs_no_rule_and_no_price() -> None:
    assert choose(LOAD, [], [], [SF]) == Choice(SF)
    assert choose(LOAD, [], [], ALL) == Choice(None)
    assert choose(LOAD, [], [], []) == Choice(None)


@pytest.mark.parametrize(
    ("grams", "price"), [(0, 10), (1000, 10), (1001, 13), (1500, 13), (1501, 16), (3000, 22)]
)
def test_each_begun_step_above_the_first_weight_costs(grams: int, price: int) -> None:
    assert rate(SF, 10, 3).price(grams) == Decimal(price)


def test_the_row_that_names_the_region_most_closely_counts() -> None:
    rows = [
        rate(SF, 12, country=""), rate(SF, 10), rate(SF, 6, province="浙江"),
        rate(SF, 5, warehouse_id=8), rate(SF, 99, province="浙江", most_grams=1000),
    ]  # fmt: skip

    assert choose(LOAD, [], rows, [SF]).price == Decimal(6)
    assert choose(replace(LOAD, warehouse_id=8), [], rows, [SF]).price == Decimal(5)
    assert choose(replace(LOAD, country="US", province="CA"), [], rows, [SF]).price == Decimal(12)


@pytest.mark.parametrize(
    ("rule", "fits"),
    [
        (Rule(1, By.NAMED, SF), True),
        (Rule(1, By.NAMED, SF, least_grams=1500, most_grams=1500), True),
        (Rule(1, By.NAMED, SF, least_grams=1501), False),
        (Rule(1, By.NAMED, SF, most_value=Decimal("199.99")), False),
        (Rule(1, By.NAMED, SF, channels=frozenset({1, 2})), True),
        (Rule(1, By.NAMED, SF, channels=frozenset({2})), False),
        (Rule(1, By.NAMED, SF, province="江苏"), False),
        (Rule(1, By.NAMED, SF, remote=True), False),
        (Rule(1, By.NAMED, SF, remote=False), True),
    ],
)
def test_a_rule_fits_what_it_says(rule: Rule, fits: bool) -> None:
    assert rule.fits(LOAD) is fits


_RATES = st.builds(
    rate, st.sampled_from(ALL), st.integers(0, 50), st.integers(0, 5), st.integers(1, 9),
    province=st.sampled_from(["", "浙江", "江苏"]),
)  # fmt: skip


@given(st.lists(_RATES, max_size=6), st.integers(0, 5000), st.permutations(ALL))
def test_nobody_asks_less_than_who_is_taken_and_the_order_of_rows_tells_nothing(
    rates: list[Rate], grams: int, carriers: list[int]
) -> None:
    load = replace(LOAD, grams=grams)
    found = choose(load, [], rates, carriers)

    if found.price is not None:
        assert all(found.price <= other.price for other in found.others)
    assert {found.carrier_id, *(other.carrier_id for other in found.others)} <= {None, *ALL}
    assert found.carrier_id == choose(load, [], rates, carriers[::-1]).carrier_id
