"""Planning together: never worse than one after the other, always a right plan, and no need of the solver."""

from collections.abc import Iterator

import pytest

from inventory.ledger import Supply
from orders.allocation import optimise
from orders.allocation.audit import faults, worth
from orders.allocation.optimise import is_available, plan_together
from orders.allocation.plan import Demand, Need, plan

CUP, POT, PAN = 10, 20, 30


def order(pk: int, *skus: int) -> Demand:
    return Demand(pk, True, [Need(pk * 100 + at, sku, 1) for at, sku in enumerate(skus)])


# The first order takes what two others could live on.
GREEDY_LOSES = [order(1, CUP, POT), order(2, CUP), order(3, POT)]
ONE_OF_EACH = [Supply(1, 1, CUP, 1), Supply(2, 1, POT, 1)]


@pytest.fixture
def no_solver(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(optimise, "highspy", None)
    return


def test_without_the_solver_the_plan_is_that_of_one_after_the_other(no_solver: None) -> None:
    served = plan_together(GREEDY_LOSES, ONE_OF_EACH, [1])

    assert served == plan(GREEDY_LOSES, ONE_OF_EACH, [1])


@pytest.mark.skipif(not is_available(), reason="the solver is an optional package")
def test_with_it_more_orders_are_complete() -> None:
    served = plan_together(GREEDY_LOSES, ONE_OF_EACH, [1])

    assert worth(plan(GREEDY_LOSES, ONE_OF_EACH, [1])) == (1, -1)
    assert worth(served) == (2, -2)
    assert not faults(GREEDY_LOSES, ONE_OF_EACH, served)
    assert served[1].why.notes[0].code == "batch"


@pytest.mark.parametrize("wrong", ["twice", "too much", "not complete"])
def test_a_wrong_plan_is_found(wrong: str) -> None:
    demands, supplies = [order(1, CUP), order(2, PAN)], [Supply(1, 1, CUP, 1), Supply(3, 1, PAN, 1)]
    served = plan(demands, supplies, [1])
    assert faults(demands, supplies, served) == []

    [allotment] = served[1].allotments
    if wrong == "twice":
        served[1].allotments = [allotment._replace(stock_id=1)]
    elif wrong == "too much":
        served[1].allotments = [allotment._replace(quantity=2)]
    else:
        served[1].allotments = []

    assert faults(demands, supplies, served) != []
