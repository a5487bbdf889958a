"""Which carrier takes a parcel: plain data in, a choice with its reasons out. Reads and writes nothing.

The first rule that fits decides: it names a carrier, or asks for the cheapest or the fastest of those whose table has a
row for the parcel. Without a fitting rule the cheapest is taken.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class By(StrEnum):
    """How a rule finds the carrier."""

    NAMED = "named"
    CHEAPEST = "cheapest"
    FASTEST = "fastest"


@dataclass(frozen=True, slots=True)
class Load:
    """A parcel before it has a carrier. `grams` is 0 where the weight of a SKU is not known."""

    warehouse_id: int
    channels: frozenset[int]
    country: str
    province: str
    grams: int
    value: Decimal
    currency: str
    is_remote: bool = False


@dataclass(frozen=True, slots=True)
class Rate:
    """A row of a carrier's table: `first_price` up to `first_grams`, `step_price` for each begun `step_grams` more."""

    carrier_id: int
    warehouse_id: int | None
    country: str
    province: str
    first_grams: int
    first_price: Decimal
    step_grams: int
    step_price: Decimal
    most_grams: int | None
    days: int

    def fits(self, load: Load) -> bool:
        return (
            self.warehouse_id in (None, load.warehouse_id)
            and self.country in ("", load.country)
            and load.province.startswith(self.province)
            and (self.most_grams is None or load.grams <= self.most_grams)
        )

    @property
    def closeness(self) -> tuple[bool, bool, int]:
        """How closely it names where from and where to."""
        return (self.warehouse_id is not None, bool(self.country), len(self.province))

    def price(self, grams: int) -> Decimal:
        more = max(0, grams - self.first_grams)
        steps = -(-more // self.step_grams) if self.step_grams else 0
        return self.first_price + steps * self.step_price


@dataclass(frozen=True, slots=True)
class Rule:
    """Who takes which parcels; empty conditions fit every parcel. Weights in grams, both ends included."""

    pk: int
    by: By
    carrier_id: int | None
    service: str = ""
    channels: frozenset[int] = frozenset()
    country: str = ""
    province: str = ""
    least_grams: int | None = None
    most_grams: int | None = None
    least_value: Decimal | None = None
    most_value: Decimal | None = None
    remote: bool | None = None

    def fits(self, load: Load) -> bool:
        return (
            (not self.channels or load.channels <= self.channels)
            and self.country in ("", load.country)
            and load.province.startswith(self.province)
            and _within(load.grams, self.least_grams, self.most_grams)
            and _within(load.value, self.least_value, self.most_value)
            and self.remote in (None, load.is_remote)
        )


@dataclass(frozen=True, slots=True)
class Offer:
    """What a carrier would ask, by its table."""

    carrier_id: int
    price: Decimal
    days: int


@dataclass(frozen=True, slots=True)
class Choice:
    """The carrier and why: the rule that decided, if one did, and what the others would have asked, cheapest first.

    Without a carrier a person has to name one.
    """

    carrier_id: int | None
    service: str = ""
    rule_id: int | None = None
    price: Decimal | None = None
    days: int | None = None
    others: tuple[Offer, ...] = ()


def choose(
    load: Load, rules: Iterable[Rule], rates: Sequence[Rate], carriers: Sequence[int]
) -> Choice:
    """`rules` in the order they are asked; `carriers` are those in use. An only carrier needs no rule and no table."""
    offers = _offers(load, rates, carriers)
    rule = next((rule for rule in rules if rule.fits(load)), None)
    if rule and rule.by is By.NAMED and rule.carrier_id in carriers:
        taken: int | None = rule.carrier_id
    elif offers:
        by_time = rule is not None and rule.by is By.FASTEST
        taken = min(offers, key=_time if by_time else _cost).carrier_id
    else:
        taken = carriers[0] if len(carriers) == 1 else None
    mine = next((offer for offer in offers if offer.carrier_id == taken), None)
    return Choice(
        taken,
        rule.service if rule and taken is not None else "",
        rule.pk if rule else None,
        mine.price if mine else None,
        mine.days if mine else None,
        tuple(offer for offer in offers if offer.carrier_id != taken),
    )


def _offers(load: Load, rates: Sequence[Rate], carriers: Sequence[int]) -> list[Offer]:
    closest: dict[int, Rate] = {}
    for rate in rates:
        if rate.carrier_id in carriers and rate.fits(load):
            known = closest.get(rate.carrier_id)
            if known is None or rate.closeness > known.closeness:
                closest[rate.carrier_id] = rate
    found = [Offer(pk, rate.price(load.grams), rate.days) for pk, rate in closest.items()]
    return sorted(found, key=_cost)


def _cost(offer: Offer) -> tuple[Decimal, int, int]:
    return (offer.price, offer.days, offer.carrier_id)


def _time(offer: Offer) -> tuple[int, Decimal, int]:
    return (offer.days, offer.price, offer.carrier_id)


def _within(value: Decimal | int, least: Decimal | int | None, most: Decimal | int | None) -> bool:
    return (least is None or value >= least) and (most is None or value <= most)
