"""On which terms an order is served: the policy that applies, and the warehouses in the order it asks them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from orders.allocation.why import Other, Why

_NO_RATE = Decimal(10**9)


class Prefer(StrEnum):
    """By what warehouses are put in order."""

    PRIORITY = "priority"
    REGION = "region"
    COST = "cost"


class Ships(StrEnum):
    """Whether a short order leaves in parts."""

    AS_ORDERED = "order"
    COMPLETE = "complete"
    AVAILABLE = "available"


class Facts(NamedTuple):
    """What policies may ask of an order."""

    channel_id: int = 0
    level: str = ""
    country: str = ""
    province: str = ""
    total: Decimal | int = 0
    tags: frozenset[int] = frozenset()


class Rate(NamedTuple):
    """What a parcel from a warehouse to a region costs. An empty country or province is any."""

    warehouse_id: int
    country: str
    province: str
    cost: Decimal
    rank: int


@dataclass(frozen=True, slots=True)
class Policy:
    """How some orders are served; empty conditions hold for all. The default is how all are without any policy."""

    id: int = 0
    channels: frozenset[int] = frozenset()
    levels: frozenset[str] = frozenset()
    tags: frozenset[int] = frozenset()
    country: str = ""
    province: str = ""
    prefer: Prefer = Prefer.PRIORITY
    rates: tuple[Rate, ...] = ()
    fewest_parcels: bool = True
    no_split_below: Decimal | None = None
    parcel_cap: int | None = None
    ships: Ships = Ships.AS_ORDERED
    keeps_safety: bool = False
    excluded: frozenset[int] = frozenset()

    def applies(self, facts: Facts) -> bool:
        return (
            (not self.channels or facts.channel_id in self.channels)
            and (not self.levels or facts.level in self.levels)
            and (not self.tags or not self.tags.isdisjoint(facts.tags))
            and (not self.country or facts.country == self.country)
            and facts.province.startswith(self.province)
        )


DEFAULT = Policy()


class Terms:
    """A policy in one region: `ranked` are the warehouses it allows, the one to ask first in front."""

    __slots__ = ("cost_list", "costs", "excluded", "policy", "ranked", "served_by")

    def __init__(self, policy: Policy, warehouses: Sequence[int], facts: Facts) -> None:
        self.policy = policy
        found = {pk: _rate_of(policy.rates, pk, facts) for pk in warehouses}
        self.costs = {pk: rate.cost for pk, rate in found.items() if rate}
        allowed = [pk for pk in warehouses if pk not in policy.excluded]
        if policy.prefer == Prefer.COST:
            allowed.sort(key=lambda pk: self.costs.get(pk, _NO_RATE))
        elif policy.prefer == Prefer.REGION:
            # Sorting keeps the warehouses' own order among equals, and where the region has no rank.
            allowed.sort(key=lambda pk: rate.rank if (rate := found[pk]) else 10**9)
        self.ranked = tuple(allowed)
        self.cost_list = [self.costs.get(pk, 0) for pk in allowed]
        self.excluded = tuple(pk for pk in warehouses if pk in policy.excluded)
        # The usual answer, made once: everything from this warehouse, the ones before it asked in vain.
        self.served_by = [
            Why(policy.id, policy.prefer, (pk,), self.passed(allowed[at + 1 :], (pk,)))
            for at, pk in enumerate(allowed)
        ]

    def passed(self, left: Sequence[int], chosen: tuple[int, ...]) -> tuple[Other, ...]:
        """Why warehouses that could have served were not asked, and the ones that may not be."""
        others = [self._passed_over(pk, chosen) for pk in left]
        return (*others, *(Other(pk, "excluded") for pk in self.excluded))

    def _passed_over(self, pk: int, chosen: tuple[int, ...]) -> Other:
        if self.policy.prefer == Prefer.COST and pk in self.costs and chosen[0] in self.costs:
            dearer = self.costs[pk] - self.costs[chosen[0]]
            if dearer > 0:
                return Other(pk, "dearer", str(dearer))
        return Other(pk, "later")


class Book:
    """The policies in order; the first that applies decides. Terms are found once for orders that are alike."""

    __slots__ = ("_found", "policies", "usual", "warehouses")

    def __init__(self, policies: Sequence[Policy], warehouses: Sequence[int]) -> None:
        self.policies, self.warehouses = policies, warehouses
        self._found: dict[tuple[object, ...], Terms] = {}
        self.usual = Terms(DEFAULT, warehouses, Facts())

    def terms_of(self, facts: Facts) -> Terms:
        if not self.policies:
            return self.usual
        key = (facts.channel_id, facts.level, facts.country, facts.province, facts.tags)
        terms = self._found.get(key)
        if terms is None:
            policy = next((one for one in self.policies if one.applies(facts)), None)
            terms = Terms(policy, self.warehouses, facts) if policy else self.usual
            self._found[key] = terms
        return terms


def _rate_of(rates: Sequence[Rate], warehouse_id: int, facts: Facts) -> Rate | None:
    """The rate that names the region most closely."""
    fitting = [
        rate
        for rate in rates
        if rate.warehouse_id == warehouse_id
        and (not rate.country or rate.country == facts.country)
        and facts.province.startswith(rate.province)
    ]
    return max(fitting, key=lambda rate: (len(rate.province), bool(rate.country)), default=None)
