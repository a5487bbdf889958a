"""How long suppliers take: what they say, and what their deliveries taught."""

from dataclasses import dataclass

from django.db.models import Q

from inventory.models import SupplierItem
from inventory.purchasing.formula import ENOUGH_RECEIPTS, lead_time
from inventory.purchasing.models import PurchaseOrder
from oms.sql import query

LEARNT_FROM = 5
"""The newest so many deliveries count."""

# Days from the order to the first delivery of each line; a day begun is a day.
LEARNT = f"""
SELECT supplier_id, sku_id, ceil(percentile_cont(0.5) WITHIN GROUP (ORDER BY days))::int AS days,
  count(*)::int AS receipts
FROM (
  SELECT o.supplier_id, l.sku_id,
    greatest(1, extract(epoch FROM min(r.created_at) - o.ordered_at) / 86400) AS days,
    row_number() OVER (PARTITION BY o.supplier_id, l.sku_id ORDER BY min(r.id) DESC) AS nth
  FROM inventory_receiptline x JOIN inventory_receipt r ON r.id = x.receipt_id
  JOIN inventory_purchaseline l ON l.id = x.line_id JOIN inventory_purchaseorder o ON o.id = l.purchase_order_id
  {{where}}
  GROUP BY o.supplier_id, l.sku_id, l.id, o.ordered_at
) arrived WHERE nth <= {LEARNT_FROM} GROUP BY 1, 2"""


@dataclass(frozen=True, slots=True)
class LeadTime:
    """Days as `given` by the supplier and as `learnt` from so many `receipts` (None: not known)."""

    given: int | None
    learnt: int | None = None
    receipts: int = 0

    @property
    def days(self) -> int | None:
        return lead_time(self.given, self.learnt, self.receipts)

    @property
    def is_learnt(self) -> bool:
        return self.learnt is not None and self.receipts >= ENOUGH_RECEIPTS


def lead_times_of(order: PurchaseOrder) -> dict[int, LeadTime]:
    """By SKU of the purchase order how long its supplier takes. Two queries."""
    skus = Q(sku__in=order.lines.values("sku"), supplier=order.supplier_id)
    given = dict(SupplierItem.objects.filter(skus).values_list("sku", "lead_days"))
    where = "WHERE o.supplier_id = %s AND l.sku_id = ANY(%s)"
    sku_ids = list(order.lines.values_list("sku", flat=True))
    rows = query(LEARNT.format(where=where), [order.supplier_id, sku_ids])
    learnt = {sku_id: (days, receipts) for _supplier, sku_id, days, receipts in rows}
    found = {}
    for sku_id in sku_ids:
        days = given.get(sku_id)
        usual = order.supplier.lead_days if days is None else days
        found[sku_id] = LeadTime(usual, *learnt.get(sku_id, (None, 0)))
    return found


def lead_days_of(order: PurchaseOrder) -> int | None:
    """Days until all of it is there, as far as known; None when nothing is."""
    known = [one.days for one in lead_times_of(order).values() if one.days is not None]
    return max(known, default=None)
