"""Stock as it is sent and answered."""

from typing import Annotated

from pydantic import BaseModel, Field

from integrations.api.schema.fields import Body, Code, Day, Text
from inventory.count import MAX_QUANTITY
from inventory.ledger import LotPieces

MAX_LINES = 500
_Reference = Annotated[Text, Field(max_length=80)]


class LotIn(Body):
    """Pieces of a lot; a serial number is a lot of one piece."""

    code: Annotated[Text, Field(min_length=1, max_length=40)]
    quantity: Annotated[int, Field(ge=1, le=MAX_QUANTITY)] = 1
    expires_on: Day | None = None

    def told(self) -> LotPieces:
        return LotPieces(self.code, self.quantity, self.expires_on)


Lots = Annotated[
    list[LotIn],
    Field(max_length=MAX_LINES, description="Of a SKU with lots or serial numbers: which ones"),
]


class ReceivedLine(Body):
    """Pieces that arrived, and the bin they are put in (created when new)."""

    sku: Code
    quantity: Annotated[int, Field(ge=1, le=MAX_QUANTITY)]
    bin: Annotated[Text, Field(max_length=20)] = ""
    lots: Lots = []


class ReceiptIn(Body):
    """Goods taken in at one warehouse; all lines or none."""

    warehouse: Code
    reference: _Reference = ""
    lines: Annotated[list[ReceivedLine], Field(min_length=1, max_length=MAX_LINES)]


class AdjustedLine(Body):
    """A difference: more (positive) or fewer (negative) pieces than the book says."""

    sku: Code
    quantity: Annotated[int, Field(ge=-MAX_QUANTITY, le=MAX_QUANTITY)]
    lots: Lots = []


class AdjustmentIn(Body):
    """Corrections of one warehouse's stock with their reason; all lines or none."""

    warehouse: Code
    reason: Annotated[Text, Field(min_length=1, max_length=200)]
    reference: _Reference = ""
    lines: Annotated[list[AdjustedLine], Field(min_length=1, max_length=MAX_LINES)]


class StockOut(BaseModel):
    """A SKU in a warehouse: what lies there, what of it is promised, what is free."""

    sku: str
    warehouse: str
    bin: str
    on_hand: int
    reserved: int
    available: int
    sellable: int | None = Field(
        default=None, description="With `channel`: what that channel may sell of it"
    )


class Sellable(BaseModel):
    """How many of a SKU a channel may sell: not the safety stock, nor what is kept for others. Bundles, too."""

    sku: str
    sellable: int


class SellableList(BaseModel):
    results: list[Sellable]


class StockPage(BaseModel):
    results: list[StockOut]
    next_cursor: str | None


class Posted(BaseModel):
    """The movements written, in the order of the lines, and the stock after them."""

    movements: list[int]
    stock: list[StockOut]
