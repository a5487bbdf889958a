"""A planned change in the database: order, lines, counts, search and the event that tells it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from oms.display import time_text
from oms.models import User
from oms.search import folded_names, grams
from oms.sql import query, rows_json
from orders import tally
from orders.amend.plan import LineAfter, Planned
from orders.amend.state import LineState, OrderState
from orders.intake.plain import plain_price
from orders.models import Order, OrderSearch
from orders.transition import record

_CHANGE_LINES = """
UPDATE orders_orderline l SET quantity = w.quantity, cancelled_quantity = w.cancelled, unit_price = w.unit_price,
  discount_amount = w.discount, amount = w.amount
FROM json_to_recordset(%s) AS w(id bigint, quantity int, cancelled int, unit_price numeric, discount numeric,
  amount numeric)
WHERE l.id = w.id AND l.order_id = %s
"""
# `bundle` is the place of the bundle whose component a line is: those are written after all others.
_ADD_LINES = """
INSERT INTO orders_orderline (order_id, position, kind, sku_id, description, quantity, unit_price, discount_amount,
  amount, bundle_line_id)
SELECT %(order)s, position, kind, sku_id, description, quantity, unit_price, discount, amount,
  (SELECT b.id FROM orders_orderline b WHERE b.order_id = %(order)s AND b.position = w.bundle)
FROM json_to_recordset(%(lines)s) AS w(position int, kind text, sku_id bigint, description text, quantity int,
  unit_price numeric, discount numeric, amount numeric, bundle int)
ORDER BY position
"""


def write(
    order: Order, before: OrderState, planned: Planned, *, codes: dict[int, str], actor: User | None, reason: str
) -> None:  # fmt: skip
    """Write what `planned` says on the locked order. `codes`: the SKUs of lines that are added."""
    for name, value in planned.head.items():
        setattr(order, name, value)
    order.version += 1
    order.lines_amount, order.total_amount = planned.lines_amount, planned.total
    order.save(update_fields=[*planned.head, "version", "lines_amount", "total_amount"])
    tally.revalue(order.pk, planned.total - before.total)
    if {"ship_name", "ship_phone"} & planned.head.keys():
        _find_under_new_names(order)
    changed, added = planned.changed_lines, planned.added_lines
    if changed:
        query(_CHANGE_LINES, [rows_json([_row(line) for line in changed]), order.pk])
    if added:
        _add(order.pk, added, max((line.position for line in before.lines.values()), default=0))
    data = _told(order, before, planned, codes)
    record([order.pk], kind="edited", actor=actor, reason=reason, data=data)


def _add(order_id: int, added: list[LineAfter], last: int) -> None:
    places = {line.key: last + nth for nth, line in enumerate(added, 1) if not line.bundle}
    rows = [
        line.priced._asdict() | {"position": last + nth, "bundle": places.get(line.bundle)}
        for nth, line in enumerate(added, 1)
    ]
    for wave in (
        [row for row in rows if not row["bundle"]],
        [row for row in rows if row["bundle"]],
    ):
        if wave:
            query(_ADD_LINES, {"order": order_id, "lines": rows_json(wave)})


def _row(line: LineAfter) -> dict[str, Any]:
    was, one = line.before, line.priced
    assert was is not None
    quantity, cancelled = _pieces(was, line.wanted)
    return {
        "id": was.pk, "quantity": quantity, "cancelled": cancelled, "unit_price": one.unit_price,
        "discount": one.discount, "amount": one.amount,
    }  # fmt: skip


def _pieces(was: LineState, wanted: int) -> tuple[int, int]:
    """(quantity, cancelled): a line that is taken off keeps its quantity, all of it cancelled."""
    if wanted:
        return wanted + was.credited, was.credited
    return was.quantity, was.quantity


def _find_under_new_names(order: Order) -> None:
    names = (order.customer_name, order.ship_name)
    OrderSearch.objects.filter(order=order).update(
        names=folded_names(*names), grams=grams(*names), phone_tail=order.ship_phone[::-1]
    )


def _told(
    order: Order, before: OrderState, planned: Planned, codes: dict[int, str]
) -> dict[str, Any]:
    """Old and new of every field and line, and the version that this made."""
    told: dict[str, Any] = {"version": order.version}
    if planned.head:
        told["changes"] = {
            name: [_plain(before.head[name]), _plain(value)] for name, value in planned.head.items()
        }
    changed = [line for line in planned.changed_lines if not line.is_component]
    added = [line for line in planned.added_lines if not line.is_component]
    if changed:
        told["lines"] = [_line_told(line) for line in changed]
    if added:
        told["added"] = [
            {"name": codes.get(one.sku_id or 0) or one.description, "quantity": one.quantity,
             "unit_price": _plain(one.unit_price)}
            for one in (line.priced for line in added)
        ]  # fmt: skip
    if planned.total != before.total:
        told["total"] = [_plain(before.total), _plain(planned.total)]
    return told


def _line_told(line: LineAfter) -> dict[str, Any]:
    was, one = line.before, line.priced
    assert was is not None
    pairs = {
        "quantity": (was.wanted, line.wanted),
        "unit_price": (was.unit_price, one.unit_price),
        "discount": (was.discount, one.discount),
    }
    return {"line": was.pk, "name": was.name} | {
        name: [_plain(old), _plain(new)] for name, (old, new) in pairs.items() if old != new
    }


def _plain(value: Any) -> Any:
    """Amounts travel as text, so that no digit is lost; a price without the zeros behind its cents."""
    if isinstance(value, datetime):
        return time_text(value)
    return plain_price(value) if isinstance(value, Decimal) else value
