"""What rules can ask of what is ordered: goods, pieces, prices, margin, stock."""

from django.utils.translation import gettext_lazy as _

from orders.review.rules.fields.field import RuleField, Source
from orders.review.rules.operators import Kind

LINES = Source(
    "lines",
    "SELECT coalesce(sum(l.quantity - l.cancelled_quantity), 0) AS pieces, "
    "count(*) FILTER (WHERE l.cancelled_quantity < l.quantity) AS lines, "
    "coalesce(max(l.quantity - l.cancelled_quantity), 0) AS largest "
    "FROM orders_orderline l WHERE l.order_id = o.id AND l.kind = 'goods'",
)
_LEFT = "l.cancelled_quantity < l.quantity"
GOODS = Source(
    "goods",
    "SELECT coalesce(array_agg(k.code ORDER BY l.position), '{}')::text[] AS skus, "
    "coalesce(array_agg(DISTINCT p.category ORDER BY p.category) FILTER (WHERE p.category <> ''), '{}')::text[] "
    "AS categories, "
    "coalesce(sum((l.quantity - l.cancelled_quantity) * k.weight_grams), 0) / 1000.0 AS weight, "
    "count(*) FILTER (WHERE k.price_floor IS NOT NULL AND k.currency = o.currency "
    "AND l.amount < k.price_floor * l.quantity) AS below_floor, "
    "CASE WHEN bool_and(k.cost IS NOT NULL AND k.currency = o.currency) THEN "
    "sum(l.amount) - o.discount_amount END AS revenue, sum(k.cost * l.quantity) AS cost "
    "FROM orders_orderline l JOIN inventory_sku k ON k.id = l.sku_id JOIN inventory_product p ON p.id = k.product_id "
    f"WHERE l.order_id = o.id AND {_LEFT}",
)
# What is usual is the middle of the newest hundred orders of a SKU: one large order does not shift it.
_USUAL = """SELECT k.sku_id, q.median, q.lines FROM (
    SELECT DISTINCT l.sku_id FROM o JOIN orders_orderline l ON l.order_id = o.id WHERE l.kind = 'goods'
  ) k CROSS JOIN LATERAL (
    SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY n.quantity) AS median, count(*) AS lines FROM (
      SELECT x.quantity FROM orders_orderline x WHERE x.sku_id = k.sku_id ORDER BY x.order_id DESC LIMIT 100) n
  ) q"""
USUAL = Source(
    "usual",
    "SELECT round(max(l.quantity::numeric / u.median), 2) AS times FROM orders_orderline l "
    "JOIN usual_quantities u ON u.sku_id = l.sku_id AND u.lines >= 5 "
    f"WHERE l.order_id = o.id AND l.kind = 'goods' AND {_LEFT}",
    beside=(("usual_quantities", _USUAL),),
)
SHORT = Source(
    "shortage",
    "SELECT coalesce(sum(greatest(n.pieces - coalesce(s.free, 0), 0)), 0) AS pieces FROM ("
    "SELECT l.sku_id, sum(l.quantity - l.cancelled_quantity) AS pieces FROM orders_orderline l "
    "WHERE l.order_id = o.id AND l.kind = 'goods' GROUP BY l.sku_id) n "
    "LEFT JOIN LATERAL (SELECT sum(s.available) AS free FROM inventory_stock s "
    "JOIN inventory_warehouse w ON w.id = s.warehouse_id AND w.is_active WHERE s.sku_id = n.sku_id) s ON true",
)
_PIECES, _SKUS = frozenset({"pieces"}), frozenset({"skus"})
_MONEY = frozenset({"total", "pieces", "skus"})

FIELDS = (
    RuleField("sku", _("A SKU of the order"), Kind.LIST, "goods.skus", (GOODS,), "lines", _SKUS, upper=True),
    RuleField("category", _("A category of its goods"), Kind.LIST, "goods.categories", (GOODS,), "lines", _SKUS),
    RuleField("pieces", _("Pieces in the order"), Kind.NUMBER, "lines.pieces", (LINES,), "lines", _PIECES | _SKUS),
    RuleField("lines", _("Lines in the order"), Kind.NUMBER, "lines.lines", (LINES,), "lines", _SKUS),
    RuleField(
        "largest_line", _("Pieces of one line"), Kind.NUMBER, "lines.largest", (LINES,), "lines", _PIECES | _SKUS
    ),
    RuleField(
        "times_usual", _("Quantity compared with the usual"), Kind.NUMBER, "usual.times", (USUAL,), "lines",
        _PIECES | _SKUS, unit=_("times"), is_of_today=True,
    ),
    RuleField("weight", _("Weight"), Kind.NUMBER, "goods.weight", (GOODS,), "lines", _PIECES | _SKUS, unit="kg"),
    RuleField(
        "below_floor", _("Lines below the lowest price"), Kind.NUMBER, "goods.below_floor", (GOODS,), "lines", _MONEY
    ),
    RuleField(
        "margin_percent", _("Margin"), Kind.NUMBER,
        "round(100 * (goods.revenue - goods.cost) / nullif(goods.revenue, 0), 2)", (GOODS,), "lines", _MONEY,
        unit="%", needs_money=True,
    ),
    RuleField(
        "short", _("Pieces that no warehouse has"), Kind.NUMBER, "shortage.pieces", (SHORT,), "lines",
        _PIECES | _SKUS, is_of_today=True,
    ),
)  # fmt: skip
