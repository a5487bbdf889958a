"""Purchase orders as they are answered, deliveries as they are sent."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field

from integrations.api.schema.fields import Body, Code, Money, Text
from integrations.api.schema.stock import Lots
from inventory.count import MAX_QUANTITY

MAX_LINES = 500
_Pieces = Annotated[int, Field(ge=0, le=MAX_QUANTITY)]


class DeliveredLine(Body):
    """What came of a SKU: whole pieces, broken ones (taken in and blocked), and the bin they are put in."""

    sku: Code
    good: _Pieces
    damaged: _Pieces = 0
    bin: Annotated[Text, Field(max_length=20)] = ""
    lots: Lots = []


class DeliveryIn(Body):
    """A delivery as counted at the door; `reason` says why more is taken than was ordered."""

    reference: Annotated[Text, Field(max_length=60)] = ""
    reason: Annotated[Text, Field(max_length=200)] = ""
    lines: Annotated[list[DeliveredLine], Field(min_length=1, max_length=MAX_LINES)]


class PurchaseSummary(BaseModel):
    """A purchase order; `open` pieces are still to come."""

    number: str
    status: str
    supplier: str
    warehouse: str
    currency: str
    expected_on: date | None
    ordered_at: datetime | None
    version: int
    open: int


class PurchaseLineOut(BaseModel):
    """`price` is null for those who may not see what goods cost."""

    sku: str
    supplier_code: str
    ordered: int
    received: int
    damaged: int
    open: int
    price: Money | None
    expected_on: date | None


class ReceiptLineOut(BaseModel):
    sku: str
    good: int
    damaged: int
    over: int


class ReceiptOut(BaseModel):
    """One delivery; `told` are the orders that could get on with it."""

    id: int
    reference: str
    reason: str
    received_at: datetime
    told: list[str]
    lines: list[ReceiptLineOut]


class PurchaseDetail(PurchaseSummary):
    lines: list[PurchaseLineOut]
    receipts: list[ReceiptOut]


class PurchasePage(BaseModel):
    results: list[PurchaseSummary]
    next_cursor: str | None
