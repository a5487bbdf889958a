"""An order as it is sent and as it is answered."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, Field

from integrations.api.schema.fields import Amount, Body, Money, Text, Time
from oms.money import CURRENCY_PLACES
from orders.intake.checks import MAX_LINES
from orders.intake.draft import CustomerDraft, LineDraft, OrderDraft, PaymentDraft, ShipTo
from orders.states import OrderStatus

MAX_BATCH = 1000
ZERO = Decimal(0)


class CustomerIn(Body):
    """Who orders. The same `external_no` (in one channel) or phone is the same customer."""

    name: str = ""
    phone: str = ""
    email: str = ""
    external_no: str = ""


class ShipToIn(Body):
    """Where it goes."""

    name: str = ""
    phone: str = ""
    country: str = Field(default="", description="Two letters, for example CN")
    province: str = ""
    city: str = ""
    district: str = ""
    street: str = ""
    postcode: str = ""


class LineIn(Body):
    """One position: so many pieces of a SKU (our code or the channel's)."""

    sku: Text
    quantity: int
    unit_price: Amount | None = Field(default=None, description="Left out: the SKU's price")
    discount: Amount = ZERO


class PaymentIn(Body):
    """Money that has come in already."""

    method: str
    amount: Amount
    reference: str = ""
    paid_at: Time | None = None

    def draft(self) -> PaymentDraft:
        return PaymentDraft(self.method, self.amount, self.reference, self.paid_at)


class OrderIn(Body):
    """An order to be placed. The same `external_no` in one `channel` is the same order."""

    channel: Text = Field(max_length=40)
    lines: list[LineIn] = Field(max_length=MAX_LINES)
    external_no: str = ""
    placed_at: Time | None = None
    promised_at: Time | None = Field(
        default=None, description="When it must have left; left out: the channel's hours"
    )
    currency: str = Field(
        default="", description="Left out: the channel's", examples=list(CURRENCY_PLACES)[:1]
    )
    customer: CustomerIn = CustomerIn()
    ship_to: ShipToIn = ShipToIn()
    shipping_fee: Amount = ZERO
    discount: Amount = ZERO
    payment: PaymentIn | None = None
    note: str = ""
    ship_complete: bool = True
    hold_hours: int = Field(
        default=0, description="So long free goods are kept for the order while it waits for review"
    )
    total: Amount | None = Field(default=None, description="When given, must be what we compute")

    def draft(self) -> OrderDraft:
        """What `place_orders` takes."""
        customer, ship_to, payment = self.customer, self.ship_to, self.payment
        return OrderDraft(
            channel=self.channel,
            lines=[LineDraft(one.sku, one.quantity, one.unit_price, one.discount) for one in self.lines],
            external_no=self.external_no,
            placed_at=self.placed_at,
            promised_at=self.promised_at,
            currency=self.currency,
            customer=CustomerDraft(customer.name, customer.phone, customer.email, customer.external_no),
            ship_to=ShipTo(
                ship_to.name, ship_to.phone, ship_to.country, ship_to.province, ship_to.city,
                ship_to.district, ship_to.street, ship_to.postcode,
            ),
            shipping_fee=self.shipping_fee,
            discount=self.discount,
            payment=payment.draft() if payment else None,
            note=self.note,
            ship_complete=self.ship_complete,
            hold_hours=self.hold_hours,
            total=self.total,
        )  # fmt: skip


class BatchIn(Body):
    """Up to a thousand orders; each gets its own result."""

    # Each is read by itself, so that a wrong one does not stop the others; the description names
    # their type (see `integrations.api.describe`).
    orders: list[Any] = Field(min_length=1, max_length=MAX_BATCH)


class OrderPlaced(BaseModel):
    """The order stands. `is_new` is false when the same order had been placed before."""

    id: int
    number: str
    status: OrderStatus
    total_amount: Money
    currency: str
    is_new: bool


class BatchResult(BaseModel):
    """What became of one order of a batch; `status` is what a single call would have answered."""

    index: int
    status: int
    order: OrderPlaced | None = None
    problem: dict[str, Any] | None = None


class BatchAnswer(BaseModel):
    """Counts, and a result for each order in the order they were sent."""

    placed: int
    already_placed: int
    refused: int
    results: list[BatchResult]


class OrderSummary(BaseModel):
    """An order in a list."""

    id: int
    number: str
    external_no: str | None
    channel: str
    status: OrderStatus
    reason_code: str
    customer_name: str
    currency: str
    total_amount: Money
    placed_at: datetime
    promised_at: datetime | None
    version: int


class OrderPage(BaseModel):
    """A page of orders, the newest first. `next_cursor` is null on the last page."""

    results: list[OrderSummary]
    next_cursor: str | None
