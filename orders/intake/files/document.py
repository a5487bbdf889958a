"""What a preset makes of the rows that belong together: an order, a credit or an adjustment, row by row explained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from orders.intake.draft import ZERO, OrderDraft
from orders.intake.models import ImportRow

Outcome = ImportRow.Outcome
Kind = ImportRow.Kind
REASON_LENGTH = 300


class SourceRow(NamedTuple):
    """A row as it stands in the file. `cells` are in the order of the preset's columns, "" where the file has none;
    `problem` says why the row cannot be taken in whatever its cells are."""

    number: int
    raw: str
    cells: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """What is common to all rows of one file."""

    channel: str
    currency: str
    zone: ZoneInfo
    words: Sequence[str]  # the columns that `SourceRow.cells` hold
    headings: Mapping[str, str]  # column word → how the file heads it


class Problem(NamedTuple):
    """What is wrong with one cell. `column` is our word for its column, "" when the whole row is meant; a cell that
    concerns the whole order may stand in another row of the document."""

    column: str
    words: str
    is_of_order: bool = False


@dataclass(slots=True)
class RowResult:
    """What a row says and what becomes of it (the fields of ImportRow), and which of its cells are wrong."""

    number: int
    raw: str
    outcome: str
    reason: str = ""
    quantity: int = 0
    amount: Decimal = ZERO
    extra: Decimal = ZERO
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class CreditedRow:
    """A position of a credit document; numbers positive. `sku` "" for a fee."""

    result: RowResult
    sku: str
    description: str
    quantity: int
    unit_price: Decimal


@dataclass(frozen=True, slots=True)
class WrittenOffRow:
    """Pieces that are gone from stock, told between the orders. `sku` "" when no goods of ours."""

    result: RowResult
    sku: str
    code: str
    quantity: int
    reason: str


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """Money that moved without goods or an order."""

    result: RowResult
    amount: Decimal
    description: str


@dataclass(frozen=True, slots=True)
class Named:
    """What a row tells of a SKU."""

    name: str
    price: Decimal


@dataclass(slots=True)
class Document:
    """The rows of one document number. `line_rows[i]` is the row that line i of the draft comes from."""

    kind: str
    number: str
    rows: list[RowResult]
    draft: OrderDraft | None = None
    line_rows: list[RowResult] = field(default_factory=list)
    happened_at: datetime | None = None
    customer_no: str = ""
    customer_name: str = ""
    credited: list[CreditedRow] = field(default_factory=list)
    written_off: list[WrittenOffRow] = field(default_factory=list)
    money: list[MoneyRow] = field(default_factory=list)
    skus: dict[str, Named] = field(default_factory=dict)
    hold_reason: str = ""
    lines_added: int = 0  # lines of the draft that no row stands for (tax)
    is_rejected: bool = False
    is_placed: bool = False  # a new order stands for it

    @property
    def began(self) -> datetime:
        """When it happened; every document that is not an order has said so."""
        assert self.happened_at is not None
        return self.happened_at

    def reject(self, reasons: Mapping[int, str]) -> None:
        """Nothing of the document is taken in. `reasons`: row number → why; the other rows say which row it is."""
        first = min(reasons)
        other = _("Row %(row)d of the same document: %(reason)s") % {
            "row": first, "reason": reasons[first],
        }  # fmt: skip
        for row in self.rows:
            row.outcome = Outcome.REJECTED
            row.reason = reasons.get(row.number, other)[:REASON_LENGTH]
        if not any(row.problems for row in self.rows):
            for row in self.rows:
                if row.number in reasons:
                    row.problems = (Problem("", reasons[row.number]),)
        self.is_rejected = True

    def settle(self, rows: list[RowResult], outcome: str) -> None:
        """Give `rows` their outcome."""
        for row in rows:
            row.outcome = outcome
