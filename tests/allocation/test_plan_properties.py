"""What holds of every plan, and the plans of small cases compared with all plans there are."""

from collections import Counter
from decimal import Decimal
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from inventory.ledger import Supply
from orders.allocation.plan import Demand, Need, Result, Served, plan
from orders.allocation.terms import Facts, Policy, Ships

WAREHOUSES = (1, 2, 3, 4)
SKUS = (10, 20, 30)

needs = st.lists(st.tuples(st.sampled_from(SKUS), st.integers(1, 5)), min_size=1, max_size=4)
orders = st.lists(
    st.tuples(needs, st.booleans(), st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=8
)
shelves = st.lists(
    st.tuples(
        st.sampled_from(WAREHOUSES), st.sampled_from(SKUS), st.integers(1, 9), st.integers(0, 3),
        st.dictionaries(st.integers(0, 2), st.integers(1, 4), max_size=2),
    ),
    unique_by=lambda row: row[:2],
)  # fmt: skip
policies = st.builds(
    Policy,
    id=st.integers(1, 3),
    channels=st.frozensets(st.integers(0, 2), max_size=2),
    fewest_parcels=st.booleans(),
    no_split_below=st.none() | st.just(Decimal(1)),
    parcel_cap=st.none() | st.integers(1, 3),
    ships=st.sampled_from(Ships),
    keeps_safety=st.booleans(),
    excluded=st.frozensets(st.sampled_from(WAREHOUSES)),
)
Orders = list[tuple[list[tuple[int, int]], bool, int, int]]
Rows = list[tuple[int, int, int, int, dict[int, int]]]


def demands_of(cases: Orders) -> list[Demand]:
    return [
        Demand(
            pk, full, [Need(pk * 100 + at, *one) for at, one in enumerate(lines)],
            Facts(channel_id=channel, total=total),
        )
        for pk, (lines, full, channel, total) in enumerate(cases, 1)
    ]  # fmt: skip


def supplies_of(rows: Rows) -> list[Supply]:
    return [Supply(row[0] * 100 + row[1], *row) for row in rows]


def taken_by(served: list[Served]) -> Counter[int]:
    taken: Counter[int] = Counter()
    for one in served:
        for allotment in one.allotments:
            taken[allotment.stock_id] += allotment.quantity
    return taken


@given(cases=orders, rows=shelves, asked=st.lists(policies, max_size=3))
def test_nothing_is_promised_twice_and_no_order_gets_more_than_it_needs(
    cases: Orders, rows: Rows, asked: list[Policy]
) -> None:
    demands, supplies = demands_of(cases), supplies_of(rows)

    served = plan(demands, supplies, WAREHOUSES, asked)

    for demand, one in zip(demands, served, strict=True):
        got: Counter[int] = Counter()
        for allotment in one.allotments:
            assert allotment.quantity > 0
            got[allotment.order_line_id] += allotment.quantity
        assert all(got[need.order_line_id] <= need.quantity for need in demand.needs)
        lacks = sum(need.quantity for need in demand.needs) - got.total()
        assert (one.result in (Result.WHOLE, Result.SPLIT)) == (lacks == 0) == (not one.missing)
        assert one.result == Result.SHORT or one.allotments
        assert {allotment.warehouse_id for allotment in one.allotments} == set(one.why.chosen)
    free = {supply.stock_id: supply.available for supply in supplies}
    assert all(pieces <= free[pk] for pk, pieces in taken_by(served).items())


@given(cases=orders, rows=shelves, asked=st.lists(policies, max_size=3))
def test_policies_are_kept(cases: Orders, rows: Rows, asked: list[Policy]) -> None:
    demands = demands_of(cases)

    for demand, one in zip(
        demands, plan(demands, supplies_of(rows), WAREHOUSES, asked), strict=True
    ):
        policy = next((one for one in asked if one.applies(demand.facts)), Policy())
        assert not policy.excluded & set(one.why.chosen)
        assert len(one.why.chosen) <= (policy.parcel_cap or 9)
        if policy.no_split_below and demand.facts.total < policy.no_split_below:
            assert len(one.why.chosen) <= 1
        waits = policy.ships == Ships.COMPLETE or (
            policy.ships == Ships.AS_ORDERED and demand.ship_complete
        )
        assert not (waits and one.result == Result.PART)


@given(cases=orders, rows=shelves, asked=st.lists(policies, max_size=2))
def test_the_same_again_gives_the_same_plan(cases: Orders, rows: Rows, asked: list[Policy]) -> None:
    first = plan(demands_of(cases), supplies_of(rows), WAREHOUSES, asked)
    again = plan(demands_of(cases), list(reversed(supplies_of(rows))), WAREHOUSES, asked)

    assert again == first


@given(cases=orders, rows=shelves, asked=st.lists(policies, max_size=2))
def test_what_is_kept_for_a_channel_is_left_by_the_others(
    cases: Orders, rows: Rows, asked: list[Policy]
) -> None:
    demands, supplies = demands_of(cases), supplies_of(rows)
    left = {supply.stock_id: supply.available for supply in supplies}
    kept = {supply.stock_id: supply.kept or {} for supply in supplies}

    for demand, one in zip(demands, plan(demands, supplies, WAREHOUSES, asked), strict=True):
        channel = demand.facts.channel_id
        for pk, pieces in taken_by([one]).items():
            left[pk] -= pieces
            assert left[pk] >= sum(n for owner, n in kept[pk].items() if owner != channel)


def fewest_by_trying_all(demand: Demand, supplies: list[Supply]) -> int:
    """How many warehouses it takes at least; 0 when all of them are not enough."""
    wanted: Counter[int] = Counter()
    for need in demand.needs:
        wanted[need.sku_id] += need.quantity
    for size in range(1, len(WAREHOUSES) + 1):
        for chosen in combinations(WAREHOUSES, size):
            have: Counter[int] = Counter()
            for supply in supplies:
                if supply.warehouse_id in chosen:
                    have[supply.sku_id] += supply.available
            if all(have[sku] >= pieces for sku, pieces in wanted.items()):
                return size
    return 0


@given(lines=needs, rows=shelves)
@settings(max_examples=200)
def test_an_order_goes_in_as_few_parcels_as_any_plan_could(
    lines: list[tuple[int, int]], rows: Rows
) -> None:
    demand = demands_of([(lines, True, 0, 0)])[0]
    supplies = [Supply(one.stock_id, *one[1:4]) for one in supplies_of(rows)]

    (served,) = plan([demand], supplies, WAREHOUSES)

    assert len(served.why.chosen) == fewest_by_trying_all(demand, supplies)


@given(cases=orders, rows=shelves, more=st.integers(1, 5))
def test_more_stock_never_makes_the_first_order_lack_more(
    cases: Orders, rows: Rows, more: int
) -> None:
    demands, supplies = demands_of(cases), supplies_of(rows)
    richer = [one._replace(available=one.available + more) for one in supplies]

    before, after = plan(demands, supplies, WAREHOUSES), plan(demands, richer, WAREHOUSES)

    assert sum(after[0].missing.values()) <= sum(before[0].missing.values())
