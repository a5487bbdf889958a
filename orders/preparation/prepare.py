"""Parcels are prepared before anybody picks them: weight, carrier, what the address lacks. Beside allocation."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from oms.sql import int_array, query, rows_json
from orders.address import MISSING_SQL
from orders.carriers.models import Carrier
from orders.preparation.choose import By, Choice, Load, Rate, Rule, choose
from orders.preparation.models import CarrierRate, CarrierRule

CHUNK = 500
MOST_CHUNKS = 200

# Whoever works on a parcel just now is passed by: what changes it leaves it waiting here.
_WAITING = """
SELECT id FROM orders_shipment WHERE status = 'ready' AND prepared_at IS NULL
ORDER BY id LIMIT %s FOR NO KEY UPDATE SKIP LOCKED
"""
# With all that travels along: a parcel has one carrier. The value is that of the goods as they were sold; parts of a
# bundle have no price of their own, so that of their bundle counts once for each order.
_FACTS = f"""
WITH wanted AS (
  SELECT s.id, s.consignment_id FROM orders_shipment s WHERE s.id = ANY(%(ids)s::bigint[])
), travelling AS (
  SELECT w.id AS parcel, m.id, m.order_id, m.warehouse_id FROM wanted w
  JOIN orders_shipment m ON m.id = w.id OR m.consignment_id = w.consignment_id
), goods AS (
  SELECT t.parcel, sum(r.quantity * k.weight_grams)::int AS grams,
    bool_or(k.weight_grams = 0) AS is_unknown, sum(r.quantity * l.unit_price) AS value
  FROM travelling t JOIN inventory_reservation r ON r.shipment_id = t.id AND r.status <> 'released'
  JOIN orders_orderline l ON l.id = r.order_line_id JOIN inventory_sku k ON k.id = l.sku_id GROUP BY 1
), bundles AS (
  SELECT t.parcel, sum((l.quantity - l.cancelled_quantity) * l.unit_price) AS value
  FROM (SELECT DISTINCT parcel, order_id FROM travelling) t
  JOIN orders_orderline l ON l.order_id = t.order_id AND l.kind = 'bundle' GROUP BY 1
)
SELECT t.parcel, min(t.warehouse_id), array_agg(DISTINCT o.channel_id), min(o.ship_country), min(o.ship_province),
  CASE WHEN bool_or(g.is_unknown) THEN 0 ELSE coalesce(min(g.grams), 0) END,
  coalesce(min(g.value), 0) + coalesce(min(b.value), 0), min(o.currency),
  bool_or(EXISTS (SELECT FROM orders_remotearea a WHERE a.country = o.ship_country
    AND starts_with(o.ship_province, a.province) AND starts_with(o.ship_city, a.city))),
  coalesce(min({MISSING_SQL}), '{{}}')
FROM travelling t JOIN orders_order o ON o.id = t.order_id
LEFT JOIN goods g ON g.parcel = t.parcel LEFT JOIN bundles b ON b.parcel = t.parcel
GROUP BY t.parcel
"""
_KEEP = """
WITH found AS (
  SELECT * FROM json_to_recordset(%s) AS f(id bigint, carrier_id bigint, service text, rule_id bigint, grams int,
    price numeric, days int, others jsonb, missing jsonb)
), kept AS (
  INSERT INTO orders_preparation (shipment_id, carrier_id, service, rule_id, grams, price, days, others, missing)
  SELECT id, carrier_id, service, rule_id, grams, price, days, others, missing FROM found
  ON CONFLICT (shipment_id) DO UPDATE SET carrier_id = EXCLUDED.carrier_id, service = EXCLUDED.service,
    rule_id = EXCLUDED.rule_id, grams = EXCLUDED.grams, price = EXCLUDED.price, days = EXCLUDED.days,
    others = EXCLUDED.others, missing = EXCLUDED.missing, prepared_at = now()
)
UPDATE orders_shipment s SET prepared_at = now(),
  carrier = CASE s.waybill WHEN '' THEN coalesce(c.name, '') ELSE s.carrier END
FROM found f LEFT JOIN orders_carrier c ON c.id = f.carrier_id WHERE s.id = f.id
"""


@dataclass(frozen=True, slots=True)
class Book:
    """The rules, tables and carriers in use, as they stand."""

    rules: list[Rule]
    rates: list[Rate]
    carriers: list[int]


@dataclass(slots=True)
class Prepared:
    """How many parcels were looked at, and how many of them no carrier was found for."""

    parcels: int = 0
    without_carrier: int = 0
    ids: list[int] = field(default_factory=list)


def prepare_waiting() -> Prepared:
    """Prepare every parcel that waits for it, in chunks that many workers may take side by side."""
    done = Prepared()
    for _n in range(MOST_CHUNKS):
        chunk = prepare_chunk()
        done.parcels += chunk.parcels
        done.without_carrier += chunk.without_carrier
        done.ids += chunk.ids
        if chunk.parcels < CHUNK:
            break
    return done


def prepare_chunk(limit: int = CHUNK) -> Prepared:
    """The parcels that have waited longest."""
    with transaction.atomic():
        ids = [row[0] for row in query(_WAITING, [limit])]
        if not ids:
            return Prepared()
        book = read_book()
        rows = [_prepared(facts, book) for facts in query(_FACTS, {"ids": int_array(ids)})]
        query(_KEEP, [rows_json(rows)])
    without = sum(row["carrier_id"] is None for row in rows)
    return Prepared(len(rows), without, ids)


def _prepared(facts: tuple[Any, ...], book: Book) -> dict[str, Any]:
    pk, warehouse, channels, country, province, grams, value, currency, is_remote, missing = facts
    load = Load(
        warehouse, frozenset(channels), country, province, grams, value, currency, is_remote
    )
    choice = choose(load, book.rules, book.rates, book.carriers)
    return {"id": pk, "grams": grams, "missing": missing, **_row(choice)}


def _row(choice: Choice) -> dict[str, Any]:
    return {
        "carrier_id": choice.carrier_id,
        "service": choice.service,
        "rule_id": choice.rule_id,
        "price": None if choice.price is None else str(choice.price),
        "days": choice.days,
        "others": [[one.carrier_id, str(one.price), one.days] for one in choice.others],
    }


def read_book() -> Book:
    """Four statements, whatever the number of rules."""
    channels = defaultdict[int, set[int]](set)
    for rule_id, channel_id in CarrierRule.channels.through.objects.values_list(
        "carrierrule_id", "channel_id"
    ):
        channels[rule_id].add(channel_id)
    rules = [
        Rule(
            one.pk, By(one.by), one.carrier_id, one.service, frozenset(channels[one.pk]), one.country,
            one.province, one.least_grams, one.most_grams, one.least_value, one.most_value, one.remote,
        )
        for one in CarrierRule.objects.filter(is_active=True).order_by("position", "pk")
    ]  # fmt: skip
    rates = [
        Rate(
            one.carrier_id, one.warehouse_id, one.country, one.province, one.first_grams,
            one.first_price, one.step_grams, one.step_price, one.most_grams, one.days,
        )
        for one in CarrierRate.objects.order_by("pk")
    ]  # fmt: skip
    carriers = Carrier.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True)
    return Book(rules, rates, list(carriers))


_LOOK_AGAIN = (
    "UPDATE orders_shipment SET prepared_at = NULL WHERE status = 'ready' AND waybill = ''"
)


def prepare_all_again() -> None:
    """Rules or tables changed: what waits to be picked and has no waybill yet is looked at again."""
    query(_LOOK_AGAIN)
