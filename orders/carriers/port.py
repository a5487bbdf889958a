"""What this system asks of a carrier, whoever it is. `integrations.logistics` has one adapter per kind of carrier.

Orders lie below integrations: adapters put themselves into the register when the program starts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _


class ParcelState(models.TextChoices):
    """How far a parcel is, as its carrier tells. `Shipment.status` follows from it where the two meet."""

    ANNOUNCED = "announced", _("Label made")  # the carrier knows of it and does not have it
    COLLECTED = "collected", _("Collected")
    IN_TRANSIT = "in_transit", _("On the way")
    OUT_FOR_DELIVERY = "out_for_delivery", _("Out for delivery")
    PICKUP = "pickup", _("Waits to be fetched")  # in a locker or a shop
    FAILED = "failed", _("Could not be delivered")  # they try again
    DELIVERED = "delivered", _("Delivered")
    REFUSED = "refused", _("Refused by the recipient")
    RETURNING = "returning", _("On its way back")
    RETURNED = "returned", _("Back with the sender")
    TROUBLE = "trouble", _("The carrier reports a problem")  # lost, damaged, stopped
    UNKNOWN = "unknown", _("Unknown status")  # a code nobody has explained: kept, moves nothing


@dataclass(frozen=True, slots=True)
class Report:
    """One thing that a carrier tells of a parcel. `key` is the same when the same thing is told again."""

    waybill: str
    state: ParcelState
    at: datetime  # aware
    words: str
    place: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """A parcel to be carried. `key` is the same however often one asks for it: the carrier makes one waybill of it."""

    key: str
    name: str
    phone: str
    province_city: str
    district: str
    street: str
    postcode: str
    country: str
    weight_grams: int  # 0: not known
    goods: str
    pieces: int
    service: str = ""
    cash_on_delivery: Decimal | None = None
    sender: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waybill:
    number: str
    label: bytes = b""  # a PDF, when the carrier makes the label
    price: Decimal | None = None


class CarrierTrouble(Exception):
    """A carrier did not do what was asked.

    `is_final`: asking again does not help; `may_exist`: it may have been done; `wait`: seconds it asked for.
    """

    def __init__(
        self, words: str, *, is_final: bool = False, may_exist: bool = False, wait: float = 0
    ) -> None:
        super().__init__(words)
        self.is_final, self.may_exist, self.wait = is_final, may_exist, wait


class NotSigned(Exception):
    """A push does not carry the signature of the account it names."""


class CarrierAdapter(Protocol):
    """`account` is what the administration keeps of the account, by the names in `fields`."""

    kind: str
    fields: Sequence[str]  # of the account; those that end in "secret" or "key" are shown as dots
    has_waybills: bool  # whether it makes waybills
    has_push: bool

    def book(self, account: Mapping[str, str], sending: Sending) -> Waybill: ...
    def find(self, account: Mapping[str, str], sending: Sending) -> Waybill | None:
        """The waybill that an earlier `book` with this key made, when its answer was lost."""

    def cancel(self, account: Mapping[str, str], waybill: str, key: str) -> None: ...
    def price(self, account: Mapping[str, str], sending: Sending) -> Decimal | None: ...
    def follow(self, account: Mapping[str, str], waybill: str, phone: str) -> None:
        """Ask to be told of this parcel (a subscription); nothing where pushes come by themselves."""

    def track(self, account: Mapping[str, str], waybill: str, phone: str) -> list[Report]: ...
    def check_push(
        self, account: Mapping[str, str], headers: Mapping[str, str], raw: bytes
    ) -> None:
        """Raises NotSigned unless the bytes as they came carry the account's signature."""

    def read_push(self, raw: bytes) -> list[Report]:
        """Raises ValueError for what cannot be read."""

    def answer_push(self) -> bytes:
        """What the carrier wants to hear; otherwise it pushes again."""


ADAPTERS: dict[str, CarrierAdapter] = {}


def register(adapter: CarrierAdapter) -> None:
    ADAPTERS[adapter.kind] = adapter
