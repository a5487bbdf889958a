"""How many of a SKU can be had or sold. Of a bundle as many as its scarcest component allows."""

from collections.abc import Collection

from oms.sql import int_array, query

# A SKU that is no bundle counts as its own only component.
_OF_PARTS = """
WITH parts AS MATERIALIZED (
  SELECT w.id AS sku_id, coalesce(b.component_id, w.id) AS part_id, coalesce(b.quantity, 1) AS pieces
  FROM unnest(%(skus)s::bigint[]) AS w(id) LEFT JOIN inventory_bundlecomponent b ON b.bundle_id = w.id
), free AS (
  SELECT s.sku_id, sum({pieces}) AS pieces FROM inventory_stock s
  WHERE s.sku_id IN (SELECT part_id FROM parts) AND s.warehouse_id IN ({warehouses}) GROUP BY 1
)
SELECT p.sku_id, floor(min(coalesce(f.pieces, 0) / p.pieces::numeric))::int
FROM parts p LEFT JOIN free f ON f.sku_id = p.part_id GROUP BY 1
"""
_ACTIVE = "SELECT id FROM inventory_warehouse WHERE is_active"
_THESE = f"{_ACTIVE} AND id = ANY(%(warehouses)s::bigint[])"

SELLABLE = """greatest(0, s.available - s.safety_stock - coalesce((
    SELECT sum(c.quantity) FROM inventory_channelkept c
    WHERE c.stock_id = s.id AND c.channel_id IS DISTINCT FROM %(channel)s), 0))"""
"""What a channel may sell of a stock `s`: not the safety stock, and not what is kept for the other channels."""

_AVAILABLE = _OF_PARTS.format(pieces="s.available", warehouses=_ACTIVE)
_SELLABLE = _OF_PARTS.format(pieces=SELLABLE, warehouses=_ACTIVE)
_SELLABLE_THERE = _OF_PARTS.format(pieces=SELLABLE, warehouses=_THESE)

_OF_STOCKS = (
    f"SELECT s.id, {SELLABLE} FROM inventory_stock s WHERE s.id = ANY(%(stocks)s::bigint[])"
)


def sellable_of(stock_ids: Collection[int], channel_id: int) -> dict[int, int]:
    """What a channel may sell of each of these stocks."""
    wanted = {"stocks": int_array(stock_ids), "channel": channel_id}
    return dict(query(_OF_STOCKS, wanted)) if stock_ids else {}


def available(sku_ids: Collection[int]) -> dict[int, int]:
    """The free pieces of each SKU in all active warehouses together."""
    return dict(query(_AVAILABLE, {"skus": int_array(sku_ids)})) if sku_ids else {}


def sellable(
    channel_id: int | None,
    sku_ids: Collection[int],
    *,
    warehouse_ids: Collection[int] | None = None,
) -> dict[int, int]:
    """What a channel (None: one for which nothing is kept) may sell of each SKU, in all or these active warehouses."""
    if not sku_ids:
        return {}
    wanted = {"skus": int_array(sku_ids), "channel": channel_id}
    if warehouse_ids is None:
        return dict(query(_SELLABLE, wanted))
    return dict(query(_SELLABLE_THERE, wanted | {"warehouses": int_array(warehouse_ids)}))
