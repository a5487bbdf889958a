"""What policies change in the plan, and the reasons it gives."""

from datetime import date
from decimal import Decimal
from typing import Any

from inventory.ledger import Supply
from orders.allocation.plan import Demand, Need, Result, Served, plan
from orders.allocation.terms import Facts, Policy, Prefer, Rate, Ships
from orders.allocation.why import Note, Other

NORTH, SOUTH, WEST = 1, 2, 3
CUP, POT = 10, 20
ALL = (NORTH, SOUTH, WEST)
WEB, SHOP = 7, 8


def stock(warehouse: int, sku: int, pieces: int, **more: Any) -> Supply:
    return Supply(warehouse * 100 + sku, warehouse, sku, pieces, **more)


def serve(
    supplies: list[Supply],
    *policies: Policy,
    wants: tuple[tuple[int, int], ...] = ((CUP, 2),),
    complete: bool = True,
    parcels: int = 0,
    **facts: Any,
) -> Served:
    needs = [Need(1000 + at, *one) for at, one in enumerate(wants)]
    demand = Demand(1, complete, needs, Facts(**facts), parcels)
    (served,) = plan([demand], supplies, ALL, policies)
    return served


BOTH = [stock(NORTH, CUP, 5), stock(SOUTH, CUP, 5)]
APART = [stock(NORTH, CUP, 5), stock(SOUTH, POT, 5)]
WANTS_BOTH = ((CUP, 1), (POT, 1))


def test_the_first_policy_that_applies_decides() -> None:
    first = Policy(id=1, channels=frozenset({SHOP}), excluded=frozenset({NORTH}))
    second = Policy(id=2, country="CN", province="浙", excluded=frozenset({NORTH}))

    assert serve(BOTH, first, second, channel_id=WEB, country="CN").why.policy_id == 0
    served = serve(BOTH, first, second, channel_id=WEB, country="CN", province="浙江省")
    assert (served.why.policy_id, served.why.chosen) == (2, (SOUTH,))


def test_a_policy_for_a_level_or_a_tag_leaves_the_others_alone() -> None:
    gold = Policy(id=1, levels=frozenset({"gold"}))
    tagged = Policy(id=2, tags=frozenset({5}))

    assert serve(BOTH, gold, tagged, level="gold").why.policy_id == 1
    assert serve(BOTH, gold, tagged, tags=frozenset({5, 6})).why.policy_id == 2
    assert serve(BOTH, gold, tagged).why.policy_id == 0


def test_by_cost_the_cheapest_serves_and_the_other_is_dearer() -> None:
    rates = (
        Rate(NORTH, "CN", "", Decimal(12), 1),
        Rate(SOUTH, "CN", "", Decimal(9), 2),
        Rate(SOUTH, "CN", "广", Decimal(8), 2),
    )
    policy = Policy(id=1, prefer=Prefer.COST, rates=rates)

    served = serve(BOTH, policy, country="CN", province="广东省")

    assert served.why.chosen == (SOUTH,)
    assert served.why.others == (Other(NORTH, "dearer", "4"), Other(WEST, "later"))


def test_by_region_the_rank_there_decides() -> None:
    rates = (Rate(NORTH, "CN", "", Decimal(1), 2), Rate(SOUTH, "CN", "", Decimal(9), 1))

    served = serve(BOTH, Policy(id=1, prefer=Prefer.REGION, rates=rates), country="CN")

    assert served.why.chosen == (SOUTH,)


def test_who_was_asked_before_says_what_it_lacks() -> None:
    served = serve([stock(NORTH, CUP, 1), stock(SOUTH, CUP, 3)])

    assert served.why.chosen == (SOUTH,)
    assert served.why.others == (Other(NORTH, "covers", 1, 2), Other(WEST, "later"))


def test_an_order_below_the_amount_is_not_split() -> None:
    policy = Policy(id=1, no_split_below=Decimal(100))

    served = serve(APART, policy, wants=WANTS_BOTH, total=Decimal("99.99"))

    assert (served.result, served.missing) == (Result.SHORT, {POT: 1})
    assert Note("below_amount", "100") in served.why.notes
    assert serve(APART, policy, wants=WANTS_BOTH, total=Decimal(100)).result == Result.SPLIT


def test_a_small_order_that_may_leave_in_parts_sends_the_larger_part() -> None:
    policy = Policy(id=1, no_split_below=Decimal(100))

    served = serve(APART, policy, wants=((CUP, 1), (POT, 2)), complete=False)

    assert (served.result, served.why.chosen) == (Result.PART, (SOUTH,))
    assert served.missing == {CUP: 1}


def test_parcels_are_capped_with_those_that_have_not_left() -> None:
    policy = Policy(id=1, parcel_cap=2)

    assert serve(APART, policy, wants=WANTS_BOTH).result == Result.SPLIT
    served = serve(APART, policy, wants=WANTS_BOTH, parcels=1)
    assert (served.result, served.why.notes[0]) == (Result.SHORT, Note("over_cap", 2))
    assert serve(BOTH, policy, parcels=2).result == Result.SHORT


def test_a_policy_overrules_whether_a_short_order_leaves_in_parts() -> None:
    available, complete = Policy(id=1, ships=Ships.AVAILABLE), Policy(id=1, ships=Ships.COMPLETE)

    assert serve(BOTH, available, wants=((CUP, 11),)).result == Result.PART
    assert serve(BOTH, complete, wants=((CUP, 11),), complete=False).result == Result.SHORT


def test_a_policy_that_forbids_every_warehouse_leaves_the_order_short_and_says_so() -> None:
    served = serve(BOTH, Policy(id=1, excluded=frozenset(ALL)), complete=False)

    assert (served.result, served.allotments, served.missing) == (Result.SHORT, [], {CUP: 2})
    assert served.why.is_forbidden
    assert served.why.others == tuple(Other(pk, "excluded") for pk in ALL)


def test_safety_stock_stays_only_where_the_policy_keeps_it() -> None:
    low = [stock(NORTH, CUP, 3, safety=2), stock(SOUTH, CUP, 9)]

    assert serve(low).why.chosen == (NORTH,)
    served = serve(low, Policy(id=1, keeps_safety=True))
    assert served.why.chosen == (SOUTH,)
    assert served.why.others[0] == Other(NORTH, "safety", 2)


def test_pieces_kept_for_a_channel_are_for_that_channel_only() -> None:
    kept = [stock(NORTH, CUP, 3, kept={SHOP: 2}), stock(SOUTH, CUP, 9)]

    assert serve(kept, channel_id=SHOP).why.chosen == (NORTH,)
    served = serve(kept, channel_id=WEB)
    assert served.why.chosen == (SOUTH,)
    assert served.why.others[0] == Other(NORTH, "kept", 2, SHOP)
    assert serve(kept, channel_id=WEB, wants=((CUP, 1),)).why.chosen == (NORTH,)


def test_a_sku_that_may_not_be_reserved_yet_says_from_when() -> None:
    demand = Demand(1, False, [Need(1, CUP, 1), Need(2, POT, 1)])
    supplies = [stock(NORTH, CUP, 5), stock(NORTH, POT, 5)]

    (served,) = plan([demand], supplies, ALL, later={CUP: date(2026, 12, 1)})

    assert (served.result, served.missing) == (Result.PART, {CUP: 1})
    assert served.why.notes == (Note("not_before", "2026-12-01", CUP),)


def test_in_turn_each_warehouse_gives_what_it_has() -> None:
    spread = [stock(NORTH, CUP, 1), stock(SOUTH, CUP, 2), stock(WEST, CUP, 2)]
    in_turn = Policy(id=1, fewest_parcels=False)

    assert serve(spread, in_turn, wants=((CUP, 3),)).why.chosen == (NORTH, SOUTH)
    assert serve(spread, wants=((CUP, 4),)).why.chosen == (SOUTH, WEST)


def test_of_two_ways_to_split_the_cheaper_is_taken() -> None:
    rates = tuple(
        Rate(pk, "", "", Decimal(cost), 1) for pk, cost in zip(ALL, (1, 9, 5), strict=True)
    )
    spread = [stock(NORTH, CUP, 1), stock(SOUTH, POT, 1), stock(WEST, POT, 1)]
    policy = Policy(id=1, prefer=Prefer.COST, rates=rates)

    assert set(serve(spread, policy, wants=WANTS_BOTH).why.chosen) == {NORTH, WEST}
