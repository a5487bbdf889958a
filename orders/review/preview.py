"""What the rules would say of an order that is still being written. Nothing is placed, locked or numbered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from customers.models import Customer
from oms.sql import rows_json
from orders.intake.draft import OrderDraft, PricedOrder
from orders.intake.lookup import Known, look_up
from orders.intake.pricing import price_draft
from orders.intake.write import Customers, component_rows, line_rows, order_row, payment_rows
from orders.models import Order, OrderLine, Payment
from orders.review.explain import explain
from orders.review.reading import RuleReading
from orders.review.rules.book import current_book
from orders.review.rules.text import Outcome
from orders.review.rules.words import joined

# The draft's rows stand beside those of the tables they would be written to: the expressions of the rules, word for
# word those of `judge`, read them too. Its number is above all others, as that of the newest order is.
_ORDERS = "SELECT o.*, statement_timestamp() AS asked_at FROM drafted o"
_DRAFTED = """
drafted AS MATERIALIZED (
  SELECT * FROM jsonb_populate_record(NULL::orders_order, %s::jsonb)
), orders_orderline AS NOT MATERIALIZED (
  SELECT * FROM orders_orderline
  UNION ALL SELECT * FROM jsonb_populate_recordset(NULL::orders_orderline, %s::jsonb)
), orders_payment AS NOT MATERIALIZED (
  SELECT * FROM orders_payment
  UNION ALL SELECT * FROM jsonb_populate_recordset(NULL::orders_payment, %s::jsonb)
), customers_customer AS NOT MATERIALIZED (
  SELECT * FROM customers_customer
  UNION ALL SELECT * FROM jsonb_populate_recordset(NULL::customers_customer, %s::jsonb)
), """
_NEWEST = 2**63 - 1
_NEW_CUSTOMER = -1


@dataclass(frozen=True, slots=True)
class Verdict:
    """`outcome` is that of the rules that decide, "" where none does; `readings` say why."""

    outcome: str
    readings: list[RuleReading]

    @property
    def words(self) -> str:
        why = joined([one.words for one in self.readings])
        match self.outcome:
            case Outcome.APPROVE:
                return _("The rules approve it by themselves. %s") % why
            case Outcome.HOLD:
                return _("The rules will hold it. %s") % why
            case Outcome.CANCEL:
                return _("The rules will cancel it. %s") % why
            case Outcome.SECOND_REVIEW:
                return _("It will wait for finance. %s") % why
            case _:
                return _("It will wait for review: no rule decides.")


def preview_draft(draft: OrderDraft) -> Verdict | None:
    """The verdict on the draft if it were placed now; None while something in it is still wrong."""
    known = look_up([draft])
    priced = price_draft(draft, known.catalogue)
    if isinstance(priced, list):
        return None
    explained = explain(
        current_book(), _ORDERS, _rows(priced, known), may_see_money=True, before=_DRAFTED
    )
    [one] = explained.values()
    return Verdict(one.decision.outcome, one.deciding)


def _rows(priced: PricedOrder, known: Known) -> list[object]:
    """The parameters of the statement's tables: the order, lines, payments, the customer."""
    now = datetime.now(UTC)
    row = order_row(0, priced, Customers(known), now) | {"id": _NEWEST, "status": "pending_review"}
    new: list[Mapping[str, Any]] = []
    if row["customer_ord"] is not None:
        row["customer_id"] = _NEW_CUSTOMER
        new.append(_defaults(Customer) | {"id": _NEW_CUSTOMER})
    of_order = {"order_id": _NEWEST}
    # To the rules a component is one by its having a bundle's line; which of them it is, is not asked.
    parts = [one | {"bundle_line_id": _NEWEST} for one in component_rows(0, priced)]
    lines = [_defaults(OrderLine) | one | of_order for one in [*line_rows(0, priced), *parts]]
    payments = [_defaults(Payment) | one | of_order for one in payment_rows(0, priced, now)]
    return [
        rows_json(_defaults(Order) | row),
        rows_json(lines),
        rows_json(payments),
        rows_json(new),
    ]


def _defaults(model: type[Model]) -> dict[str, Any]:
    """What the database puts into a new row by itself, moments left out."""
    fields = (field for field in model._meta.concrete_fields if field.has_db_default())
    given = {field.attname: field.db_default for field in fields}
    return {name: value for name, value in given.items() if not hasattr(value, "as_sql")}
