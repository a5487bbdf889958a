"""Reads orders as most platforms list them: a row is an item (or an order of one item), and what concerns the whole
order stands in its first row or in each.

A preset says how a row becomes lines and what the order costs in all; the rest (who, where to, when) is the same
everywhere. Of cells that concern the whole order the first that is not empty counts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_CEILING, Decimal
from functools import partial
from typing import TypeVar

from django.utils.translation import gettext as _

from oms.money import CURRENCY_PLACES, round_amount
from oms.tables import cells
from oms.tables.cells import CellProblem
from orders.intake.draft import ZERO, CustomerDraft, LineDraft, OrderDraft, PaymentDraft, ShipTo
from orders.intake.files.addresses import country_code, split_address
from orders.intake.files.document import (
    Document,
    Intake,
    Kind,
    Outcome,
    Problem,
    RowResult,
    SourceRow,
)
from orders.intake.files.preset import Reader

T = TypeVar("T")

# What platforms write for "nothing".
_NOTHING = frozenset({"", "-", "--", "null", "NULL", "None", "#N/A"})
_CENT = Decimal("0.01")
_FOUR_PLACES = Decimal("0.0001")


class Cells:
    """One row by our words for its columns; what cannot be read raises CellProblem naming the file's column."""

    def __init__(self, values: Mapping[str, str], intake: Intake) -> None:
        self._values = values
        self.intake = intake

    def text(self, word: str) -> str:
        value = cells.clean(self._values.get(word, ""))
        return "" if value in _NOTHING else value

    def identifier(self, word: str) -> str:
        return self._read(word, cells.identifier) if self.text(word) else ""

    def number(self, word: str, default: Decimal | None = None) -> Decimal:
        if not self.text(word) and default is not None:
            return default
        return self._read(word, cells.number)

    def whole(self, word: str) -> int:
        return self._read(word, cells.whole)

    def moment(self, word: str) -> datetime | None:
        zone = self.intake.zone
        return self._read(word, lambda raw: cells.moment(raw, zone)) if self.text(word) else None

    def problem(self, word: str, words: str) -> CellProblem:
        """A problem with this column, for the caller to raise."""
        column = self.intake.headings.get(word, word)
        return CellProblem(
            _("Column “%(column)s”: %(problem)s") % {"column": column, "problem": words},
            column=word,
            cause=words,
        )

    def _read(self, word: str, reading: Callable[[str], T]) -> T:
        try:
            return reading(self._values.get(word, ""))
        except CellProblem as problem:
            raise self.problem(word, problem.words) from None


@dataclass(frozen=True, slots=True)
class Sums:
    """What the order costs beside its lines. `tax` becomes a charge line."""

    shipping: Decimal = ZERO
    tax: Decimal = ZERO
    discount: Decimal = ZERO


def nothing_beside(_head: Cells, _rows: Sequence[Cells], _goods: Decimal) -> Sums:
    return Sums()


def not_told(_head: Cells, _rows: Sequence[Cells], _total: Decimal) -> PaymentDraft | None:
    return None


@dataclass(frozen=True, slots=True)
class Shape:
    """How one platform lists orders. `sums` gets the order's cells, its rows and the lines' sum; `payment` the total.

    A status that says a word of `closed` is no order for us (cancelled, refunded, not paid yet); one with a word of
    `sent` has left already and must not leave again: the order is placed and held.
    """

    lines: Callable[[Cells], list[LineDraft]]
    sums: Callable[[Cells, Sequence[Cells], Decimal], Sums] = nothing_beside
    payment: Callable[[Cells, Sequence[Cells], Decimal], PaymentDraft | None] = not_told
    closed: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()


def up_to_total(head: Cells, goods: Decimal, shipping: Decimal, *, tax: Decimal = ZERO) -> Sums:
    """The discount that brings the lines down to the column `total`; without a total there is none."""
    if not head.text("total"):
        return Sums(shipping, tax)
    total = head.number("total")
    discount = goods + shipping + tax - total
    if discount < 0:
        raise head.problem(
            "total",
            _("the order comes to %(total)s, but its lines and charges to %(sum)s only.")
            % {"total": total, "sum": goods + shipping + tax},
        )
    return Sums(shipping, tax, discount)


def priced(total: Decimal, quantity: int) -> tuple[Decimal, Decimal]:
    """(unit price, discount) by which `quantity` pieces come to exactly `total`."""
    if quantity <= 0:
        return total, ZERO
    price = total / quantity
    if price.quantize(_FOUR_PLACES) == price:
        return price.quantize(_FOUR_PLACES), ZERO
    price = price.quantize(_CENT, ROUND_CEILING)
    return price, price * quantity - total


def orders_of(shape: Shape) -> Reader:
    """The reader of a preset of this shape."""

    def read(intake: Intake, rows: Sequence[SourceRow]) -> Document:
        return _Reading(shape, intake, rows).document()

    return read


class _Reading:
    """The rows of one order on their way to a document."""

    def __init__(self, shape: Shape, intake: Intake, rows: Sequence[SourceRow]) -> None:
        self.shape = shape
        self.intake = intake
        self.problems = {row.number: row.problem for row in rows if row.problem}
        words = tuple(intake.words)
        values = [dict(zip(words, row.cells, strict=False)) for row in rows]
        self.rows = [Cells(one, intake) for one in values]
        self.results = [RowResult(row.number, row.raw, Outcome.GOODS) for row in rows]
        self.head = Cells(
            {word: next((one[word] for one, cells_ in zip(values, self.rows, strict=True)
                         if word in one and cells_.text(word)), "") for word in words},
            intake,
        )  # fmt: skip
        self.lines: list[LineDraft] = []
        self.line_rows: list[RowResult] = []

    def document(self) -> Document:
        document = Document(Kind.ORDER, "", self.results, line_rows=self.line_rows)
        for row, result in zip(self.rows, self.results, strict=True):
            self._try(result, partial(self._read_row, row, result))
        if not self.problems:
            self._try(self.results[0], partial(self._read_head, document), is_of_order=True)
        if self.problems:
            document.reject(self.problems)
        return document

    def _try(
        self, result: RowResult, step: Callable[[], None], *, is_of_order: bool = False
    ) -> None:
        if result.number in self.problems:
            return
        try:
            step()
        except CellProblem as problem:
            self.problems[result.number] = problem.words
            result.problems = (Problem(problem.column, problem.cause, is_of_order),)

    def _read_row(self, row: Cells, result: RowResult) -> None:
        status = row.text("status")
        if _says(status, self.shape.closed):
            raise row.problem(
                "status", _("“%s” is no order to be sent. Import it when it is.") % status
            )
        lines = self.shape.lines(row)
        for line in lines:
            if line.quantity < 1:
                raise row.problem(
                    "quantity", _("“%d” pieces cannot be ordered; give 1 or more.") % line.quantity
                )
            result.quantity += line.quantity
            result.amount += (line.unit_price or ZERO) * line.quantity - line.discount
        if lines and all(line.kind in ("charge", "discount") for line in lines):
            result.outcome = Outcome.CHARGE
        self.lines += lines
        self.line_rows += [result] * len(lines)

    def _read_head(self, document: Document) -> None:
        head = self.head
        document.number = head.identifier("order_no")
        currency = (head.text("currency") or self.intake.currency).upper()
        goods = sum((_amount(line, currency) for line in self.lines), ZERO)
        sums = self.shape.sums(head, self.rows, goods)
        if sums.tax:
            self.lines.append(LineDraft("", 1, sums.tax, ZERO, "charge", _("Tax")))
            self.line_rows.append(self.results[0])
            document.lines_added = 1
        self.results[0].extra = sums.shipping + sums.tax - sums.discount
        draft = OrderDraft(self.intake.channel, self.lines, document.number, currency=currency)
        draft.placed_at = head.moment("placed_at")
        draft.shipping_fee, draft.discount = sums.shipping, sums.discount
        draft.payment = self.shape.payment(head, self.rows, goods + self.results[0].extra)
        draft.note = head.text("note")
        draft.customer, draft.ship_to = _customer(head), _ship_to(head)
        document.draft = draft
        status = head.text("status")
        if _says(status, self.shape.sent):
            document.hold_reason = _("Already sent according to the platform: %s") % status


def _says(status: str, words: Sequence[str]) -> bool:
    """Chinese statuses come with details around the word; English ones are the word."""
    folded = status.casefold()
    return any(folded == word if word.isascii() else word in folded for word in words)


def _amount(line: LineDraft, currency: str) -> Decimal:
    amount = (line.unit_price or ZERO) * line.quantity - line.discount
    return round_amount(amount, currency) if currency in CURRENCY_PLACES else amount


def _customer(head: Cells) -> CustomerDraft:
    return CustomerDraft(
        name=head.text("customer_name") or head.text("ship_name"),
        phone=head.identifier("customer_phone") or head.identifier("ship_phone"),
        email=head.text("customer_email"),
        external_no=head.identifier("customer_no")[:64],
    )


def _ship_to(head: Cells) -> ShipTo:
    country = head.text("ship_country")
    code = country_code(country)
    to = ShipTo(
        name=head.text("ship_name"),
        phone=head.identifier("ship_phone") or head.identifier("customer_phone"),
        country=code,
        province=head.text("ship_province") or ("" if code else country),
        city=head.text("ship_city"),
        district=head.text("ship_district"),
        street=" ".join(
            filter(None, map(head.text, ("ship_street", "ship_street_2", "ship_street_3")))
        ),
        postcode=head.identifier("ship_postcode"),
    )
    address = head.text("new_address") or head.text("address")
    if address:
        to.province, to.city, to.district, to.street, to.postcode = split_address(address)
        to.country = to.country or "CN"
    return to
