"""An order with everything that belongs to it."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from integrations.api.schema.fields import Money
from integrations.api.schema.orders import OrderSummary


class ShipToOut(BaseModel):
    name: str
    phone: str
    country: str
    province: str
    city: str
    district: str
    street: str
    postcode: str


class LineOut(BaseModel):
    """A position. `kind` is goods, service, charge, discount or bundle; a bundle's components are goods at no price."""

    position: int
    kind: str
    sku: str | None
    description: str
    quantity: int
    cancelled_quantity: int
    unit_price: Money
    discount: Money
    amount: Money
    bundle_position: int | None = Field(
        description="Of a component: the position of the bundle it belongs to"
    )


class EventOut(BaseModel):
    """Something that happened; the statuses are empty when none moved."""

    kind: str
    from_status: str
    to_status: str
    actor: str
    reason: str
    data: dict[str, Any]
    at: datetime


class ReservationOut(BaseModel):
    """Pieces promised to the line at `position`."""

    position: int
    warehouse: str
    quantity: int
    status: str


class ShipmentLineOut(BaseModel):
    position: int
    quantity: int


class ShipmentOut(BaseModel):
    """What leaves one warehouse in one go; `travels_with` are shipments of other orders in the same parcel."""

    number: str
    warehouse: str
    status: str
    carrier: str
    waybill: str
    shipped_at: datetime | None
    delivered_at: datetime | None
    travels_with: list[str]
    lines: list[ShipmentLineOut]


class PaymentOut(BaseModel):
    id: int
    method: str
    amount: Money
    reference: str
    status: str
    paid_at: datetime


class OrderDetail(OrderSummary):
    """An order. Shipments and reservations of warehouses this user does not work in are left out;
    `payments` and `paid_amount` are null for a user who may not see payments."""

    reason: str
    remedy: str
    customer_id: int | None
    ship_to: ShipToOut
    lines_amount: Money
    shipping_fee: Money
    discount: Money
    ship_complete: bool
    note: str
    created_at: datetime
    lines: list[LineOut]
    events: list[EventOut]
    reservations: list[ReservationOut]
    shipments: list[ShipmentOut]
    payments: list[PaymentOut] | None
    paid_amount: Money | None
