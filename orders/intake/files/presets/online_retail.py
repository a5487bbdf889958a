"""The Online Retail set (UCI): a gift wholesaler's invoices, cancellations and bad debts, a row a line.

- A number of digits is an invoice; `C…` gives goods or money back, without saying which invoice; `A…` is bad debt.
- Codes such as POST, D or BANK CHARGES are carriage, discounts and fees, not goods; codes differ in case only.
- On an invoice, pieces below zero at price 0 are a write-off of stock; below zero with a price they are a discount.
- Pieces above zero at price 0 are goods given away. Identical lines are separate lines.
- Of two times in one document the first counts. Places without an ISO code are kept as text in the province.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import gettext as _

from oms.tables import cells
from oms.tables.cells import CellProblem
from orders.intake.draft import ZERO, CustomerDraft, LineDraft, OrderDraft, ShipTo
from orders.intake.files.addresses import country_code
from orders.intake.files.document import (
    CreditedRow,
    Document,
    Intake,
    Kind,
    MoneyRow,
    Named,
    Outcome,
    RowResult,
    SourceRow,
    WrittenOffRow,
)  # fmt: skip
from orders.intake.files.preset import Preset

_FEE = re.compile(
    r"POST|DOT|C2|M|D|S|B|BANK CHARGES|AMAZONFEE|CRUK|PADS|GIFT_.*|DCGS.*", re.IGNORECASE
)


_GOODS = Outcome.GOODS.value
Take = Callable[[RowResult, str, str, str, Decimal], None]


@lru_cache(maxsize=20_000)
def _code(cell: str) -> tuple[str, str]:
    """(the code, the SKU it names), the latter "" for a fee."""
    code = cells.clean(cell).upper()
    return code, "" if _FEE.fullmatch(code) else code


def read(intake: Intake, rows: Sequence[SourceRow]) -> Document:
    """The rows of one InvoiceNo as a document."""
    return _Reading(intake, rows).document()


class _Reading:
    """The rows of one document on their way to it."""

    def __init__(self, intake: Intake, rows: Sequence[SourceRow]) -> None:
        self.intake = intake
        self.rows = rows
        self.problems: dict[int, str] = {}
        number = cells.clean(rows[0].cells[0]) if rows[0].cells else ""
        kinds = {"C": Kind.CREDIT, "A": Kind.ADJUSTMENT}
        kind = kinds.get(number[:1].upper(), Kind.ORDER)
        self.document_ = Document(kind.value, number, [])
        self.country = ""
        self.lines: list[LineDraft] = []

    def document(self) -> Document:
        document = self.document_
        take: Take = {
            Kind.ORDER.value: self._take_invoiced,
            Kind.CREDIT.value: self._take_credited,
            Kind.ADJUSTMENT.value: self._take_money,
        }[document.kind]
        for row in self.rows:
            result = RowResult(row.number, row.raw, _GOODS)
            document.rows.append(result)
            try:
                self._read_row(row, result, take)
            except CellProblem as problem:
                self.problems[row.number] = problem.words
        if self.problems:
            document.reject(self.problems)
        elif self.lines:
            self._draft()
        return document

    def _read_row(self, row: SourceRow, result: RowResult, take: Take) -> None:
        if row.problem:
            raise CellProblem(row.problem)
        document = self.document_
        _number, code_cell, description, quantity_cell, time, price_cell, customer, country = (
            row.cells
        )
        result.quantity = quantity = cells.whole(quantity_cell)
        price = cells.number(price_cell)
        result.amount = price * quantity
        code, sku = _code(code_cell)
        if not quantity:
            raise CellProblem(_("The quantity is 0. Give the pieces, or remove the row."))
        if not code:
            raise CellProblem(_("The StockCode is empty. Fill it in."))
        placed_at = cells.moment(time, self.intake.zone)
        if document.happened_at is None:
            self._begin(placed_at, customer, country)
        take(result, code, sku, cells.prose(description)[:200], price)

    def _begin(self, placed_at: datetime, customer: str, country: str) -> None:
        document = self.document_
        document.happened_at = placed_at
        document.customer_no = cells.identifier(customer)
        if document.customer_no:
            document.customer_name = _("Customer %s") % document.customer_no
        self.country = cells.clean(country)

    def _take_invoiced(
        self, result: RowResult, code: str, sku: str, description: str, price: Decimal
    ) -> None:
        quantity = result.quantity
        if quantity < 0 and price == 0:
            result.outcome = Outcome.STOCK_ADJUSTMENT.value
            self.document_.written_off.append(
                WrittenOffRow(result, sku, code, -quantity, description)
            )
            self._tell(sku, code, ZERO)
            return
        if sku and result.amount >= 0:
            self._tell(sku, description or code, price)
            line = LineDraft(sku, quantity, price, ZERO, "goods", description)
        else:
            result.outcome = Outcome.CHARGE.value
            kind = "discount" if result.amount < 0 else "charge"
            unit = -price if quantity < 0 else price
            line = LineDraft("", abs(quantity), unit, ZERO, kind, description or code)
        self.lines.append(line)
        self.document_.line_rows.append(result)

    def _take_credited(
        self, result: RowResult, code: str, sku: str, description: str, price: Decimal
    ) -> None:
        if result.quantity > 0 or price < 0:
            raise CellProblem(
                _("A cancellation takes back: give a quantity below zero and a price.")
            )
        result.outcome = Outcome.CREDIT_UNLINKED.value
        self._tell(sku, description or code, price)
        self.document_.credited.append(
            CreditedRow(result, sku, description or code, -result.quantity, price)
        )

    def _take_money(
        self, result: RowResult, code: str, _sku: str, description: str, _price: Decimal
    ) -> None:
        result.outcome = Outcome.FINANCIAL.value
        self.document_.money.append(MoneyRow(result, result.amount, description or code))

    def _tell(self, sku: str, name: str, price: Decimal) -> None:
        """What the row tells of a SKU; a name counts more than the bare code."""
        known = self.document_.skus.get(sku)
        if sku and (known is None or known.name == sku):
            self.document_.skus[sku] = Named(name, price)

    def _draft(self) -> None:
        document = self.document_
        code = country_code(self.country)
        document.draft = OrderDraft(
            self.intake.channel,
            self.lines,
            document.number,
            document.happened_at,
            self.intake.currency,
            CustomerDraft(name=document.customer_name, external_no=document.customer_no),
            ShipTo(country=code, province="" if code else self.country),
        )


ONLINE_RETAIL = Preset(
    name="online_retail",
    title="Online Retail (UCI)",
    channel="online-retail",
    currency="GBP",
    zone="Europe/London",
    are_invoices=True,
    columns={
        "order_no": ("InvoiceNo", "Invoice"),
        "sku": ("StockCode",),
        "description": ("Description",),
        "quantity": ("Quantity",),
        "placed_at": ("InvoiceDate",),
        "unit_price": ("UnitPrice", "Price"),
        "customer_no": ("CustomerID", "Customer ID"),
        "country": ("Country",),
    },
    required=(
        "order_no",
        "sku",
        "description",
        "quantity",
        "placed_at",
        "unit_price",
        "customer_no",
        "country",
    ),
    read=read,
    creates_skus=True,
    creates_any_channel=True,
)
