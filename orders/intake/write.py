"""The statement that writes placed orders: every table in one round trip."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings

from oms.models import User
from oms.search import folded_names, grams
from oms.sql import Prepared, rows_json
from orders.intake.draft import KnownChannel, PricedLine, PricedOrder
from orders.intake.lookup import Known, identity_keys
from orders.intake.pricing import component_lines
from orders.states import OrderStatus


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """An API caller's idempotency key: the answer is stored under it together with the orders."""

    user_id: int
    key: str
    request_hash: str


# `standing` keeps a customer from being merged until the orders are written. One who was merged since our look is
# missing there; the number is NULL then, and the refusal makes `place_orders` look again.
_WRITE = Prepared(
    "place_orders",
    """
WITH input AS MATERIALIZED (
  SELECT nextval(pg_get_serial_sequence('orders_order', 'id')) AS id, nextval('order_running_number') AS running, o.*
  FROM json_to_recordset(%(orders)s) AS o(
    ord int, channel_id bigint, external_no text, draft_hash text, customer_id bigint, customer_ord int,
    customer_name text, ship_name text, ship_phone text, ship_country text, ship_province text, ship_city text,
    ship_district text, ship_street text, ship_postcode text, currency text, lines_amount numeric,
    discount_amount numeric, shipping_amount numeric, total_amount numeric, ship_complete boolean, note text,
    placed_at timestamptz, promised_at timestamptz, search_names text, search_grams jsonb)
), numbered AS MATERIALIZED (
  SELECT *, 'SO' || to_char(now() AT TIME ZONE %(zone)s, 'YYMMDD')
            || lpad(running::text, greatest(4, length(running::text)), '0') AS number
  FROM input
), standing AS MATERIALIZED (
  SELECT id FROM customers_customer WHERE id = ANY(%(customer_ids)s) AND merged_into_id IS NULL
  ORDER BY id FOR KEY SHARE
), person AS MATERIALIZED (
  SELECT nextval(pg_get_serial_sequence('customers_customer', 'id')) AS id, p.*
  FROM json_to_recordset(%(customers)s) AS p(ord int, name text, phone text, email text, search_grams jsonb)
), new_person AS (
  INSERT INTO customers_customer (id, name, phone, email, search_grams)
  SELECT id, name, phone, email, ARRAY(SELECT jsonb_array_elements_text(search_grams)) FROM person
), new_identity AS (
  INSERT INTO customers_customeridentity (customer_id, key)
  SELECT coalesce(i.customer_id, person.id), i.key
  FROM json_to_recordset(%(identities)s) AS i(customer_id bigint, customer_ord int, key text)
  LEFT JOIN person ON person.ord = i.customer_ord
  ORDER BY i.key
), new_order AS (
  INSERT INTO orders_order (id, number, channel_id, external_no, draft_hash, status, reason_code, customer_id,
    customer_name, ship_name, ship_phone, ship_country, ship_province, ship_city, ship_district, ship_street,
    ship_postcode, currency, lines_amount, discount_amount, shipping_amount, total_amount, ship_complete, note,
    placed_at, promised_at)
  SELECT n.id, CASE WHEN n.customer_id IS NULL OR standing.id IS NOT NULL THEN n.number END,
    n.channel_id, n.external_no, n.draft_hash, %(status)s, 'awaiting_review',
    coalesce(n.customer_id, person.id), n.customer_name, n.ship_name, n.ship_phone, n.ship_country, n.ship_province,
    n.ship_city, n.ship_district, n.ship_street, n.ship_postcode, n.currency, n.lines_amount, n.discount_amount,
    n.shipping_amount, n.total_amount, n.ship_complete, n.note, n.placed_at,
    n.promised_at
  FROM numbered n LEFT JOIN person ON person.ord = n.customer_ord LEFT JOIN standing ON standing.id = n.customer_id
  ORDER BY n.ord
), new_search AS (
  INSERT INTO orders_ordersearch (order_id, names, grams, phone_tail)
  SELECT id, search_names, ARRAY(SELECT jsonb_array_elements_text(search_grams)), reverse(ship_phone)
  FROM numbered ORDER BY ord
), new_line AS (
  INSERT INTO orders_orderline (order_id, position, kind, sku_id, description, quantity, unit_price, discount_amount,
    amount)
  SELECT n.id, l.position, l.kind, l.sku_id, l.description, l.quantity, l.unit_price, l.discount, l.amount
  FROM json_to_recordset(%(lines)s) AS l(ord int, position int, kind text, sku_id bigint, description text,
    quantity int, unit_price numeric, discount numeric, amount numeric)
  JOIN numbered n ON n.ord = l.ord
  RETURNING id, order_id, position
), new_component AS (
  INSERT INTO orders_orderline (order_id, position, kind, sku_id, description, quantity, unit_price, discount_amount,
    amount, bundle_line_id)
  SELECT n.id, c.position, c.kind, c.sku_id, c.description, c.quantity, c.unit_price, c.discount, c.amount, b.id
  FROM json_to_recordset(%(components)s) AS c(ord int, position int, kind text, sku_id bigint, description text,
    quantity int, unit_price numeric, discount numeric, amount numeric, bundle_position int)
  JOIN numbered n ON n.ord = c.ord JOIN new_line b ON b.order_id = n.id AND b.position = c.bundle_position
), new_payment AS (
  INSERT INTO orders_payment (order_id, method, amount, reference, paid_at)
  SELECT n.id, p.method, p.amount, p.reference, p.paid_at
  FROM json_to_recordset(%(payments)s) AS p(ord int, method text, amount numeric, reference text, paid_at timestamptz)
  JOIN numbered n ON n.ord = p.ord
), new_event AS (
  INSERT INTO orders_orderevent (order_id, kind, to_status, actor_id, actor_name, data)
  SELECT id, 'placed', %(status)s, %(actor_id)s, %(actor_name)s, %(data)s::jsonb FROM numbered ORDER BY ord
), new_tally AS (
  INSERT INTO orders_ordertally (day, channel_id, currency, status, orders, amount)
  SELECT (placed_at AT TIME ZONE %(zone)s)::date, channel_id, currency, %(status)s, count(*), sum(total_amount)
  FROM numbered GROUP BY 1, 2, 3
), answered AS (
  INSERT INTO oms_idempotencykey (user_id, key, request_hash, status_code, body, created_at)
  SELECT k.user_id, k.key, k.request_hash, 201,
    (SELECT jsonb_agg(jsonb_build_object('id', id, 'number', number) ORDER BY ord) FROM numbered), now()
  FROM json_to_recordset(%(answers)s) AS k(user_id bigint, key text, request_hash text)
)
SELECT id, number FROM numbered ORDER BY ord
""",
    customer_ids="bigint[]",
    orders="json", lines="json", components="json", payments="json", customers="json", identities="json",
    answers="json", status="text", zone="text", actor_id="bigint", actor_name="text", data="jsonb",
)  # fmt: skip


def write(
    orders: Sequence[PricedOrder],
    known: Known,
    *,
    actor: User | None,
    door: str,
    answer_key: AnswerKey | None,
) -> list[tuple[int, str]]:
    """Write the orders and return (id, number) of each, in their order."""
    customers = Customers(known)
    now = datetime.now(UTC)
    rows = [order_row(ord_, order, customers, now) for ord_, order in enumerate(orders)]
    params = {
        "customer_ids": sorted({row["customer_id"] for row in rows if row["customer_id"]}),
        "orders": rows_json(rows),
        "lines": rows_json(
            [row for ord_, order in enumerate(orders) for row in line_rows(ord_, order)]
        ),
        "components": rows_json(
            [row for ord_, order in enumerate(orders) for row in component_rows(ord_, order)]
        ),
        "payments": rows_json(
            [row for ord_, order in enumerate(orders) for row in payment_rows(ord_, order, now)]
        ),
        "customers": rows_json(customers.new),
        "identities": rows_json(customers.new_identities),
        "answers": rows_json([answer_key] if answer_key else []),
        "status": OrderStatus.PENDING_REVIEW.value,
        "zone": settings.TIME_ZONE,
        "actor_id": actor.pk if actor else None,
        "actor_name": actor.display_name[:80] if actor else door,
        "data": rows_json({"door": door}),
    }
    return [(row[0], row[1]) for row in _WRITE.query(params)]


class Customers:
    """Finds or creates the customer of each order; orders of one call share a new customer."""

    def __init__(self, known: Known) -> None:
        self.known: dict[str, int] = known.identities
        self.coming: dict[str, int] = {}
        self.new: list[dict[str, Any]] = []
        self.new_identities: list[dict[str, Any]] = []

    def of(self, order: PricedOrder) -> tuple[int | None, int | None]:
        """(customer id, None), (None, place in the list of new ones), or (None, None) for a guest."""
        draft = order.draft.customer
        keys = identity_keys(order.draft.channel, draft)
        if not keys:
            return None, None
        customer_id = next((self.known[key] for key in keys if key in self.known), None)
        place = None
        if customer_id is None:
            place = next((self.coming[key] for key in keys if key in self.coming), None)
            if place is None:
                place = len(self.new)
                name = draft.name or order.draft.ship_to.name or draft.external_no or draft.phone
                self.new.append(
                    {
                        "ord": place,
                        "name": name,
                        "phone": draft.phone,
                        "email": draft.email,
                        "search_grams": grams(name),
                    }
                )
        for key in keys:
            if key not in self.known and key not in self.coming:
                self.new_identities.append(
                    {"customer_id": customer_id, "customer_ord": place, "key": key}
                )
                if customer_id is None and place is not None:
                    self.coming[key] = place
                elif customer_id is not None:
                    self.known[key] = customer_id
        return customer_id, place


def order_row(ord_: int, order: PricedOrder, customers: Customers, now: datetime) -> dict[str, Any]:
    draft = order.draft
    ship_to = draft.ship_to
    customer_id, customer_ord = customers.of(order)
    name = draft.customer.name or ship_to.name
    placed_at = draft.placed_at or now
    return {
        "ord": ord_,
        "channel_id": order.channel.id,
        "external_no": draft.external_no or None,
        "draft_hash": draft.fingerprint(),
        "customer_id": customer_id,
        "customer_ord": customer_ord,
        "customer_name": name,
        "ship_name": ship_to.name,
        "ship_phone": ship_to.phone,
        "ship_country": ship_to.country,
        "ship_province": ship_to.province,
        "ship_city": ship_to.city,
        "ship_district": ship_to.district,
        "ship_street": ship_to.street,
        "ship_postcode": ship_to.postcode,
        "currency": order.currency,
        "lines_amount": order.lines_amount,
        "discount_amount": draft.discount,
        "shipping_amount": draft.shipping_fee,
        "total_amount": order.total_amount,
        "ship_complete": draft.ship_complete,
        "note": draft.note,
        "placed_at": placed_at,
        "promised_at": draft.promised_at or _promised_at(placed_at, order.channel),
        "search_names": folded_names(name, ship_to.name),
        "search_grams": grams(name, ship_to.name) if ship_to.name != name else grams(name),
    }


def _promised_at(placed_at: datetime, channel: KnownChannel) -> datetime | None:
    hours = channel.ship_within_hours
    return placed_at + timedelta(hours=hours) if hours else None


def line_rows(ord_: int, order: PricedOrder) -> list[dict[str, Any]]:
    """The lines that the customer ordered; the components of a bundle keep the places behind it."""
    return [
        _line_row(ord_, place, line)
        for place, line in zip(_places(order), order.lines, strict=True)
    ]


def component_rows(ord_: int, order: PricedOrder) -> list[dict[str, Any]]:
    """The components of the bundles among them."""
    return [
        _line_row(ord_, place + nth, line) | {"bundle_position": place}
        for place, bundle in zip(_places(order), order.lines, strict=True)
        if bundle.components
        for nth, line in enumerate(component_lines(bundle), start=1)
    ]


def _places(order: PricedOrder) -> list[int]:
    places, next_place = [], 1
    for line in order.lines:
        places.append(next_place)
        next_place += 1 + len(line.components)
    return places


def _line_row(ord_: int, position: int, line: PricedLine) -> dict[str, Any]:
    return {
        "ord": ord_, "position": position, "kind": line.kind, "sku_id": line.sku_id,
        "description": line.description, "quantity": line.quantity, "unit_price": str(line.unit_price),
        "discount": str(line.discount), "amount": str(line.amount),
    }  # fmt: skip


def payment_rows(ord_: int, order: PricedOrder, now: datetime) -> list[dict[str, Any]]:
    payment = order.draft.payment
    if payment is None:
        return []
    return [
        {"ord": ord_, "method": payment.method, "amount": payment.amount, "reference": payment.reference,
         "paid_at": payment.paid_at or now}
    ]  # fmt: skip
