"""The one shape in which every door hands over an order to be placed, and the priced order it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from hashlib import md5
from typing import NamedTuple

ZERO = Decimal(0)


@dataclass(slots=True)
class CustomerDraft:
    name: str = ""
    phone: str = ""
    email: str = ""
    external_no: str = ""


@dataclass(slots=True)
class ShipTo:
    name: str = ""
    phone: str = ""
    country: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    street: str = ""
    postcode: str = ""


@dataclass(slots=True)
class LineDraft:
    """`unit_price` None takes the SKU's price. `kind` is `goods` for a SKU (a service SKU makes it `service`);
    `charge` and `discount` lines need no SKU and carry a `description`."""

    sku: str = ""
    quantity: int = 1
    unit_price: Decimal | None = None
    discount: Decimal = ZERO
    kind: str = "goods"
    description: str = ""


@dataclass(slots=True)
class PaymentDraft:
    method: str
    amount: Decimal
    reference: str = ""
    paid_at: datetime | None = None


@dataclass(slots=True)
class OrderDraft:
    """An order as a customer wants it. `channel` is its code; `total`, when given, must be what we compute.

    `promised_at` left out follows from the channel's hours. `hold_hours`: so long what is free is kept for it while it
    waits, which does not make it another order.
    """

    channel: str
    lines: list[LineDraft]
    external_no: str = ""
    placed_at: datetime | None = None
    currency: str = ""
    customer: CustomerDraft = field(default_factory=CustomerDraft)
    ship_to: ShipTo = field(default_factory=ShipTo)
    shipping_fee: Decimal = ZERO
    discount: Decimal = ZERO
    payment: PaymentDraft | None = None
    note: str = ""
    ship_complete: bool = True
    total: Decimal | None = None
    promised_at: datetime | None = None
    hold_hours: int = 0

    def fingerprint(self) -> str:
        """32 hex digits that two drafts share when they ask for the same order."""
        payment, placed_at = self.payment, self.placed_at
        content = (
            self.external_no, placed_at and placed_at.timestamp(), self.currency, repr(self.customer),
            repr(self.ship_to), _same(self.shipping_fee), _same(self.discount), self.note, self.ship_complete,
            payment and (payment.method, _same(payment.amount), payment.reference),
            [
                (line.sku.strip().upper(), line.quantity, _same(line.unit_price), _same(line.discount), line.kind,
                 line.description)
                for line in self.lines
            ],
        )  # fmt: skip
        said = repr(content)
        if self.promised_at:  # only where it is given: orders placed before it existed keep theirs
            said += repr(self.promised_at.timestamp())
        return md5(said.encode(), usedforsecurity=False).hexdigest()


def _same(amount: Decimal | None) -> Decimal | None:
    """One spelling for 1.5 and 1.50."""
    return amount.normalize() if amount is not None and amount.is_finite() else amount


@dataclass(frozen=True, slots=True)
class KnownChannel:
    id: int
    code: str
    currency: str
    is_active: bool
    ship_within_hours: int | None = None


@dataclass(frozen=True, slots=True)
class Component:
    """So many pieces of a SKU in one piece of a bundle, as the bundle stands now."""

    sku_id: int
    code: str
    name: str
    quantity: int
    is_active: bool


@dataclass(frozen=True, slots=True)
class KnownSku:
    id: int
    code: str
    name: str
    kind: str
    price: Decimal
    is_active: bool
    components: tuple[Component, ...] = ()


@dataclass(slots=True)
class Catalogue:
    """What the database knows of the codes in a set of drafts. `skus` is keyed by (channel code or "", SKU code)."""

    channels: Mapping[str, KnownChannel]
    skus: Mapping[tuple[str, str], KnownSku]

    def sku(self, channel: str, code: str) -> KnownSku | None:
        if not code:
            return None
        key = code.strip().upper()
        return self.skus.get((channel, key)) or self.skus.get(("", key))


class PricedLine(NamedTuple):
    """A checked line with its amount in the order's currency."""

    kind: str
    sku_id: int | None
    description: str
    quantity: int
    unit_price: Decimal
    discount: Decimal
    amount: Decimal
    components: tuple[Component, ...] = ()


@dataclass(frozen=True, slots=True)
class PricedOrder:
    """A checked draft: what will be written. The components of a bundle's line are lines of their own then."""

    draft: OrderDraft
    channel: KnownChannel
    currency: str
    lines: list[PricedLine]
    lines_amount: Decimal
    total_amount: Decimal
