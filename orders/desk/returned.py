"""What documents gave back of an order's lines. Read along with the lines, so the page asks nothing more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, TextField
from django.db.models.functions import Cast, JSONObject

from orders.models import OrderLine, ReturnLine

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Returned:
    """Pieces of one line given back by one document; `is_waiting`: a person must look at it."""

    line: OrderLine
    document: str
    happened_at: datetime
    quantity: int
    amount: Decimal
    status: "StrOrPromise"
    is_waiting: bool


def return_rows() -> ArraySubquery:
    """An annotation for order lines: each one's return lines, to be read by `returned_of`."""
    rows = ReturnLine.objects.filter(order_line=OuterRef("pk")).order_by("pk")
    return ArraySubquery(
        rows.values(
            row=JSONObject(
                document=F("document__external_no"),
                happened_at=F("document__happened_at"),
                quantity=F("quantity"),
                amount=Cast("amount", TextField()),
                status=F("status"),
            )
        )
    )


def returned_of(lines: Iterable[OrderLine]) -> list[Returned]:
    """The return lines of `lines`, which carry them as `return_rows`."""
    return [
        _returned(line, row)
        for line in lines
        for row in line.return_rows  # type: ignore[attr-defined]
    ]


def _returned(line: OrderLine, row: dict[str, Any]) -> Returned:
    status = ReturnLine.Status(row["status"])
    return Returned(
        line=line,
        document=row["document"],
        happened_at=datetime.fromisoformat(row["happened_at"]),
        quantity=row["quantity"],
        amount=Decimal(row["amount"]),
        status=status.label,
        is_waiting=status == ReturnLine.Status.WAITING,
    )
