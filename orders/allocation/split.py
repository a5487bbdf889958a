"""Which warehouses share an order that none can serve alone: exactly for few warehouses, greedily for many."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

EXACT_UP_TO = 4

Gives = Sequence[Sequence[int]]
"""For each warehouse, in the order of preference: how many pieces of each wanted SKU it could give."""


def choose(
    gives: Gives, wanted: Sequence[int], *, cap: int, costs: Sequence[Decimal | int], fewest: bool
) -> tuple[int, ...]:
    """The warehouses (by place) that together give most over at most `cap` parcels; of these the fewest, then the
    cheapest, then those first by preference. When fewest parcels are not the aim, each in turn gives all it has."""
    useful = [at for at, row in enumerate(gives) if any(row)]
    if cap < 1 or not useful:
        return ()
    if not fewest:
        in_turn = _in_turn(useful, gives, wanted)
        if len(in_turn) <= cap:
            return in_turn
    if len(useful) <= EXACT_UP_TO:
        return _exact(useful, gives, wanted, cap, costs)
    return _greedy(useful, gives, wanted, cap)


def covered(chosen: Sequence[int], gives: Gives, wanted: Sequence[int]) -> int:
    """How many of the wanted pieces these warehouses have together; each gives no more than is wanted."""
    if len(chosen) < 2:  # noqa: PLR2004 - nothing to add up
        return sum(gives[chosen[0]]) if chosen else 0
    return sum(map(min, wanted, map(sum, zip(*[gives[at] for at in chosen], strict=True))))


def _exact(
    useful: Sequence[int],
    gives: Gives,
    wanted: Sequence[int],
    cap: int,
    costs: Sequence[Decimal | int],
) -> tuple[int, ...]:
    most = covered(useful, gives, wanted)
    best, best_found = tuple[int, ...](), 0
    has_costs = any(costs)
    for size in range(1, min(cap, len(useful)) + 1):
        # Combinations come in the order of preference; the first of equals stays.
        for chosen in combinations(useful, size):
            found = covered(chosen, gives, wanted)
            if found > best_found:
                best, best_found = chosen, found
                if found == most and not has_costs:
                    return best
            elif has_costs and found == best_found and len(best) == size:
                best = min(best, chosen, key=lambda one: sum(costs[at] for at in one))
        if best_found == most:
            break
    return best


def _greedy(
    useful: Sequence[int], gives: Gives, wanted: Sequence[int], cap: int
) -> tuple[int, ...]:
    left, rest, chosen = list(wanted), list(useful), list[int]()
    while rest and len(chosen) < cap:
        adds = [sum(map(min, left, gives[at])) for at in rest]
        best = max(adds)
        if not best:
            break
        at = rest.pop(adds.index(best))
        chosen.append(at)
        left = _after(left, gives[at])
    return tuple(chosen)


def _in_turn(useful: Sequence[int], gives: Gives, wanted: Sequence[int]) -> tuple[int, ...]:
    left, chosen = list(wanted), []
    for at in useful:
        if any(map(min, left, gives[at])):
            chosen.append(at)
            left = _after(left, gives[at])
    return tuple(chosen)


def _after(left: Sequence[int], given: Sequence[int]) -> list[int]:
    return [max(0, want - have) for want, have in zip(left, given, strict=True)]
