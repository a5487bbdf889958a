"""The planner is pure: demands and supplies in, allotments with the reason out."""

from collections import Counter

from inventory.ledger import Allotment, Supply
from orders.allocation.plan import Demand, Need, Result, plan

NORTH, SOUTH = 1, 2
CUP, POT = 10, 20
ORDERED = (NORTH, SOUTH)


def stock(warehouse: int, sku: int, pieces: int) -> Supply:
    return Supply(warehouse * 100 + sku, warehouse, sku, pieces)


def order(*needs: tuple[int, int], complete: bool = True, pk: int = 1) -> Demand:
    return Demand(pk, complete, [Need(pk * 1000 + at, *need) for at, need in enumerate(needs)])


def test_a_whole_order_comes_from_the_first_warehouse_that_has_all_of_it() -> None:
    supplies = [stock(NORTH, CUP, 5), stock(SOUTH, CUP, 5), stock(SOUTH, POT, 5)]

    (served,) = plan([order((CUP, 2), (POT, 1))], supplies, ORDERED)

    assert served.result == Result.WHOLE
    assert served.allotments == [Allotment(1000, 210, 2, 2), Allotment(1001, 220, 2, 1)]


def test_the_warehouse_with_priority_is_asked_first() -> None:
    supplies = [stock(NORTH, CUP, 5), stock(SOUTH, CUP, 5)]

    (served,) = plan([order((CUP, 2))], supplies, (SOUTH, NORTH))

    assert served.allotments == [Allotment(1000, 210, 2, 2)]


def test_an_order_that_no_warehouse_has_alone_is_split() -> None:
    supplies = [stock(NORTH, CUP, 1), stock(SOUTH, POT, 1)]

    (served,) = plan([order((CUP, 1), (POT, 1))], supplies, ORDERED)

    assert served.result == Result.SPLIT
    assert Counter(one.stock_id for one in served.allotments) == {110: 1, 220: 1}


def test_one_line_may_come_from_two_warehouses() -> None:
    supplies = [stock(NORTH, CUP, 2), stock(SOUTH, CUP, 3)]

    (served,) = plan([order((CUP, 4))], supplies, ORDERED)

    assert served.allotments == [Allotment(1000, 210, 2, 3), Allotment(1000, 110, 1, 1)]


def test_a_short_order_that_ships_complete_takes_nothing() -> None:
    (served,) = plan([order((CUP, 3))], [stock(NORTH, CUP, 2)], ORDERED)

    assert (served.result, served.allotments, served.missing) == (Result.SHORT, [], {CUP: 1})


def test_a_short_order_that_may_ship_in_parts_takes_what_there_is() -> None:
    (served,) = plan([order((CUP, 3), complete=False)], [stock(NORTH, CUP, 2)], ORDERED)

    assert served.result == Result.PART
    assert served.allotments == [Allotment(1000, 110, 1, 2)]
    assert served.missing == {CUP: 1}


def test_what_a_short_order_leaves_goes_to_the_next() -> None:
    demands = [order((CUP, 3), pk=1), order((CUP, 2), pk=2)]

    served = plan(demands, [stock(NORTH, CUP, 2)], ORDERED)

    assert [one.result for one in served] == [Result.SHORT, Result.WHOLE]


def test_two_lines_of_one_sku_share_its_stock() -> None:
    (served,) = plan([order((CUP, 2), (CUP, 2))], [stock(NORTH, CUP, 3)], ORDERED)

    assert (served.result, served.missing) == (Result.SHORT, {CUP: 1})
