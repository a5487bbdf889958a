"""Every cause of an exception. A new one is one entry here; its kind's panel shows it."""

from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from oms.display import money_text
from orders.address import MISSING_SQL
from orders.allocation.lacking import LACKING
from orders.exceptions.cause import DISMISS, Cause, Data, Fix
from orders.exceptions.models import ExceptionKind
from orders.states import OrderStatus

S = OrderStatus
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def _statuses(*statuses: OrderStatus) -> str:
    listed = ", ".join(f"'{status.value}'" for status in statuses)
    return f"o.status IN ({listed})"


NOT_LEFT = _statuses(
    S.PENDING_REVIEW, S.ON_HOLD, S.APPROVED, S.BACKORDERED, S.ALLOCATED, S.IN_FULFILMENT
)

# Fixes that several causes offer.
WAIT = Fix("1", gettext_lazy("Put off"), "exceptions:put_off", icon="clock")
OPEN = Fix("o", gettext_lazy("Open the order"), icon="external-link")
_CANCEL = Fix(
    "3", gettext_lazy("Cancel the order"), "orders:bulk_cancel", "orders.cancel_order", "ban", True
)

# --- goods ------------------------------------------------------------------------------------------------------

_PROMISED = """(SELECT coalesce(sum(r.quantity), 0) FROM orders_orderline l
  JOIN inventory_reservation r ON r.order_line_id = l.id AND r.status <> 'released' WHERE l.order_id = o.id)"""
_WANTED = """(SELECT coalesce(sum(l.quantity - l.cancelled_quantity), 0) FROM orders_orderline l
  WHERE l.order_id = o.id AND l.kind = 'goods')"""


# By SKU: the pieces that no reservation has and no active warehouse has free.
_MISSING_GOODS = f"""(SELECT coalesce(jsonb_object_agg(k.code, m.pieces), '{{}}') FROM (
  SELECT l.sku_id, sum({LACKING})
    - coalesce((SELECT sum(s.available) FROM inventory_stock s WHERE s.sku_id = l.sku_id
      AND s.warehouse_id IN (SELECT id FROM inventory_warehouse WHERE is_active)), 0) AS pieces
  FROM orders_orderline l WHERE l.order_id = o.id AND l.kind = 'goods' GROUP BY l.sku_id
) m JOIN inventory_sku k ON k.id = m.sku_id WHERE m.pieces > 0)"""


def _short(data: Data) -> str:
    goods = data.get("goods", {})
    if not goods:
        return _("Goods are there again and are being reserved")
    return _("Short of %s") % ", ".join(f"{code} ×{pieces}" for code, pieces in goods.items())


# Who waits for the day of a pre-order is as expected.
_IS_SHORT = (
    f"({_statuses(S.BACKORDERED)} AND o.reason_code <> 'preorder' OR {_statuses(S.IN_FULFILMENT, S.PARTIALLY_SHIPPED)} "
    f"AND {_WANTED} > {_PROMISED})"
)
SHORT = Cause(
    "short",
    ExceptionKind.SHORT,
    _IS_SHORT,
    _short,
    (
        Fix("s", gettext_lazy("Ship what is there"), "orders:bulk_ship_parts", "orders.place_order", "arrows-split"),
        Fix("1", gettext_lazy("Wait for all of it"), "exceptions:put_off", icon="clock"),
        Fix("3", gettext_lazy("Cancel what is short"), "orders:bulk_cancel_short", "orders.cancel_order", "ban", True),
    ),
    within=_DAY,
    data=f"jsonb_build_object('goods', {_MISSING_GOODS})",
    # Who ships in parts gets each piece as it comes; who waits for all of it hears when some SKU is there.
    sign="CASE WHEN o.ship_complete THEN "
    "md5((SELECT string_agg(sku, ' ' ORDER BY sku) FROM jsonb_object_keys(t.data -> 'goods') AS sku)) ELSE '' END",
)  # fmt: skip

# --- address ----------------------------------------------------------------------------------------------------

_ADDRESS_WORDS = {
    "ship_name": gettext_lazy("recipient"),
    "ship_phone": pgettext_lazy("part of an address", "phone"),
    "ship_city": gettext_lazy("province or city"),
    "ship_street": gettext_lazy("street"),
}


def _address(data: Data) -> str:
    names = [str(_ADDRESS_WORDS.get(name, name)) for name in data.get("missing", [])]
    return _("Address incomplete: %s missing") % "/".join(names)


# An order without any address is fetched by the customer; only a part of one is a mistake.
ADDRESS = Cause(
    "address_incomplete",
    ExceptionKind.ADDRESS,
    f"{NOT_LEFT} AND cardinality({MISSING_SQL}) > 0 AND concat(o.ship_name, o.ship_phone, o.ship_city, "
    "o.ship_district, o.ship_street, o.ship_postcode) <> '' AND EXISTS (SELECT FROM orders_orderline l "
    "WHERE l.order_id = o.id AND l.kind = 'goods' AND l.quantity > l.cancelled_quantity)",
    _address,
    (Fix("e", gettext_lazy("Complete the address"), permission="orders.place_order", icon="map-pin"), WAIT),
    within=4 * _HOUR,
    data=f"jsonb_build_object('missing', {MISSING_SQL})",
    sign=f"array_to_string({MISSING_SQL}, ' ')",
)  # fmt: skip

# --- money ------------------------------------------------------------------------------------------------------

_MONEY_DATA = (
    "jsonb_build_object('owed', o.owed::text, 'paid', o.paid::text, 'currency', o.currency)"
)
_PAY = Fix("p", gettext_lazy("Record the payment"), permission="orders.add_payment", icon="coin")


def _amounts(data: Data) -> dict[str, str]:
    return {name: money_text(Decimal(data[name]), data["currency"]) for name in ("paid", "owed")}


OVERPAID = Cause(
    "overpaid",
    ExceptionKind.PAYMENT,
    "o.status NOT IN ('draft', 'cancelled') AND o.paid > o.owed",
    lambda data: _("Paid %(paid)s, owed only %(owed)s") % _amounts(data),
    (_PAY, WAIT),
    within=3 * _DAY,
    data=_MONEY_DATA,
    sign="(o.paid - o.owed)::text",
    is_promised=False,
)
UNPAID = Cause(
    "shipped_unpaid",
    ExceptionKind.PAYMENT,
    f"{_statuses(S.SHIPPED, S.DELIVERED)} AND o.paid < o.owed",
    lambda data: _("Has left, paid only %(paid)s of %(owed)s") % _amounts(data),
    (_PAY, WAIT),
    within=7 * _DAY,
    data=_MONEY_DATA,
    sign="(o.paid - o.owed)::text",
    is_promised=False,
)
CANCELLED_PAID = Cause(
    "cancelled_paid",
    ExceptionKind.PAYMENT,
    f"{_statuses(S.CANCELLED)} AND o.paid > 0",
    lambda data: _("Cancelled, but %(paid)s was paid and not given back") % _amounts(data),
    (_PAY, WAIT),
    within=2 * _DAY,
    data=_MONEY_DATA,
    sign="o.paid::text",
    is_promised=False,
)

# --- twice ------------------------------------------------------------------------------------------------------


def _goods(order: str) -> str:
    return (
        f"(SELECT array_agg(DISTINCT l.sku_id ORDER BY l.sku_id) FROM orders_orderline l WHERE l.order_id = {order}.id "
        "AND l.kind = 'goods' AND l.quantity > l.cancelled_quantity)"
    )


_TWIN = f"""(SELECT e.id FROM orders_order e WHERE e.customer_id = o.customer_id AND e.id < o.id
  AND e.placed_at BETWEEN o.placed_at - interval '24 hours' AND o.placed_at + interval '24 hours'
  AND {NOT_LEFT.replace("o.status", "e.status")} AND {_goods("e")} = {_goods("o")}
  ORDER BY e.id DESC LIMIT 1)"""

DUPLICATE = Cause(
    "duplicate",
    ExceptionKind.DUPLICATE,
    f"{NOT_LEFT} AND o.customer_id IS NOT NULL AND t.other IS NOT NULL",
    lambda data: _("The same goods as %s, within a day") % data.get("other", "?"),
    (Fix("2", gettext_lazy("Keep both"), DISMISS, icon="check"), _CANCEL, WAIT),
    within=4 * _HOUR,
    sign="t.other::text",
    other=_TWIN,
)

# --- time -------------------------------------------------------------------------------------------------------

# What is short or waits for a decision is late for that reason, and has its deadline there.
OVERDUE = Cause(
    "overdue",
    ExceptionKind.OVERDUE,
    f"{_statuses(S.APPROVED, S.ALLOCATED, S.IN_FULFILMENT, S.PARTIALLY_SHIPPED)} AND NOT {_IS_SHORT}",
    lambda _data: _("Should have left by now"),
    (OPEN, WAIT),
    within=timedelta(0),
    since="o.promised_at",
    sign="o.promised_at::text",
)

# When the order came to where it stands.
_STANDS_SINCE = "(SELECT max(e.created_at) FROM orders_orderevent e WHERE e.order_id = o.id AND e.to_status <> '')"

UNDECIDED = Cause(
    "undecided",
    ExceptionKind.REVIEW,
    f"{_statuses(S.PENDING_REVIEW)} AND o.reason_code <> 'awaiting_review'",
    lambda _data: _("Has waited too long for a decision"),
    (
        Fix("a", gettext_lazy("Approve"), "orders:bulk_approve", "orders.review_order", "check"),
        Fix("h", gettext_lazy("Hold"), "orders:bulk_hold", "orders.review_order", "hand-stop"),
        WAIT,
    ),
    within=_DAY,
    since=f"least({_STANDS_SINCE} + interval '24 hours', o.promised_at)",
)
HELD_LONG = Cause(
    "held_long",
    ExceptionKind.REVIEW,
    f"{_statuses(S.ON_HOLD)} AND NOT ({ADDRESS.condition})",
    lambda data: _("On hold for too long: %s") % (data.get("reason") or "–"),
    (
        Fix("a", gettext_lazy("Release"), "orders:bulk_release", "orders.review_order", "player-play"),
        _CANCEL,
        WAIT,
    ),
    within=_DAY,
    since=f"least({_STANDS_SINCE} + interval '48 hours', o.promised_at)",
    data="jsonb_build_object('reason', o.reason_detail)",
)  # fmt: skip

_FIRST_AWAY = """(SELECT {what} FROM orders_shipment s WHERE s.order_id = o.id AND s.status = 'shipped'
  AND s.waybill <> '' ORDER BY s.shipped_at, s.id LIMIT 1)"""

NOT_DELIVERED = Cause(
    "not_delivered",
    ExceptionKind.CARRIER,
    _statuses(S.SHIPPED, S.PARTIALLY_SHIPPED),
    lambda data: (
        _("No delivery after 7 days: %s")
        % " ".join(str(data.get(name, "")) for name in ("carrier", "waybill")).strip()
    ),
    (OPEN, WAIT),
    within=_DAY,
    since=_FIRST_AWAY.format(what="s.shipped_at + interval '7 days'"),
    data=_FIRST_AWAY.format(
        what="jsonb_build_object('shipment', s.number, 'carrier', s.carrier, 'waybill', s.waybill)"
    ),
    sign=_FIRST_AWAY.format(what="s.number"),
    is_promised=False,
)

ORDER_CAUSES = (
    SHORT, ADDRESS, OVERPAID, UNPAID, CANCELLED_PAID, DUPLICATE, OVERDUE, UNDECIDED, HELD_LONG, NOT_DELIVERED,
)  # fmt: skip

# --- imported files: not of one order, so its condition is in `orders.exceptions.imports` ------------------------

REJECTED_ROWS = Cause(
    "rejected_rows",
    ExceptionKind.IMPORT,
    "",
    lambda data: (
        ngettext(
            "%(rows)s row of %(file)s was rejected",
            "%(rows)s rows of %(file)s were rejected",
            data["rows"],
        )
        % data
    ),
    (Fix("2", gettext_lazy("Dealt with"), DISMISS, icon="check"), WAIT),
    within=_DAY,
)

CAUSES = {cause.name: cause for cause in (*ORDER_CAUSES, REJECTED_ROWS)}
