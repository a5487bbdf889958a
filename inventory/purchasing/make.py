"""Making purchase orders of what somebody chose among the suggestions: one per supplier."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from inventory.count import MAX_QUANTITY
from inventory.models import PurchaseLine, PurchaseOrder, SupplierItem, Warehouse
from oms.errors import FieldError, InvalidInput
from oms.models import User
from oms.sql import query

MOST_LINES = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """Pieces of a SKU to be ordered."""

    sku_id: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Made:
    """`orders` were made; what others had ordered meanwhile was left out: SKU code → number of their purchase order."""

    orders: list[PurchaseOrder]
    ordered_by_others: dict[str, str]


# One at a time: of two who order the same, the second finds what the first has made.
_ALONE = "SELECT pg_advisory_xact_lock(hashtext('purchasing'))"
_SINCE = """
SELECT k.code, o.number, l.sku_id
FROM inventory_purchaseline l JOIN inventory_sku k ON k.id = l.sku_id
JOIN inventory_purchaseorder o ON o.id = l.purchase_order_id
WHERE o.id > %s AND o.status <> 'cancelled' AND l.sku_id = ANY(%s) ORDER BY o.id
"""
_NUMBERS = """
SELECT id, 'PO-' || lpad(id::text, greatest(4, length(id::text)), '0') FROM (
  SELECT nextval(pg_get_serial_sequence('inventory_purchaseorder', 'id')) AS id FROM generate_series(1, %s)) n
"""


def newest_purchase() -> int:
    """A mark: what is ordered later has a higher one."""
    return int(query("SELECT coalesce(max(id), 0) FROM inventory_purchaseorder")[0][0])


def ordered_since(sku_ids: Sequence[int], mark: int) -> dict[int, tuple[str, str]]:
    """Those of the SKUs that somebody ordered after `mark`: (SKU code, number of the purchase order)."""
    rows = query(_SINCE, [mark, list(sku_ids)])
    return {sku_id: (code, number) for code, number, sku_id in rows}


def chosen_items(sku_ids: Iterable[int]) -> dict[int, SupplierItem]:
    """By SKU the item of the supplier it is bought from: the preferred one, else the first."""
    items = SupplierItem.objects.filter(sku__in=set(sku_ids), supplier__is_active=True)
    found = items.select_related("supplier", "sku").order_by("sku_id", "-is_preferred", "pk")
    return {item.sku_id: item for item in found.distinct("sku_id")}


def make_orders(
    wanted: Sequence[Wanted], *, warehouse: Warehouse, mark: int, actor: User | None
) -> Made:
    """Write drafts, one per supplier and currency of the goods. What was ordered after `mark` is left out.

    Raises InvalidInput; its fields are named `quantity-<id of the SKU>`.
    """
    with transaction.atomic():
        query(_ALONE)
        others = ordered_since([one.sku_id for one in wanted], mark)
        still = [one for one in wanted if one.sku_id not in others]
        items = chosen_items(one.sku_id for one in still)
        _check(still, items)
        groups: dict[tuple[int, str], list[tuple[SupplierItem, int]]] = defaultdict(list)
        for one in still:
            item = items[one.sku_id]
            groups[item.supplier_id, item.sku.currency].append((item, one.quantity))
        orders = _write(list(groups.values()), warehouse, actor)
    return Made(orders, dict(others.values()))


def _check(wanted: Sequence[Wanted], items: dict[int, SupplierItem]) -> None:
    errors = []
    for one in wanted:
        field = f"quantity-{one.sku_id}"
        if not 1 <= one.quantity <= MAX_QUANTITY:
            words = _("Give the pieces to order: a whole number from 1")
            errors.append(FieldError(field, "out_of_range", words, one.quantity))
        if one.sku_id not in items:
            words = _("No supplier is known for this SKU. Have one entered first.")
            errors.append(FieldError(field, "no_supplier", words))
    if len(wanted) > MOST_LINES:
        words = _("Choose at most %d rows at a time.") % MOST_LINES
        errors.append(FieldError("pick", "too_many", words))
    if errors:
        raise InvalidInput(errors)


def _write(
    groups: list[list[tuple[SupplierItem, int]]], warehouse: Warehouse, actor: User | None
) -> list[PurchaseOrder]:
    numbers = query(_NUMBERS, [len(groups)]) if groups else []
    orders = [
        PurchaseOrder(
            pk=pk,
            number=number,
            supplier=lines[0][0].supplier,
            warehouse=warehouse,
            currency=lines[0][0].supplier.currency,
            rate=usual_rate(lines[0][0]),
            actor=actor,
        )
        for (pk, number), lines in zip(numbers, groups, strict=True)
    ]
    PurchaseOrder.objects.bulk_create(orders)
    PurchaseLine.objects.bulk_create(
        PurchaseLine(
            purchase_order=order,
            position=position,
            sku=item.sku,
            code=item.code,
            ordered=quantity,
            price=item.price,
        )
        for order, lines in zip(orders, groups, strict=True)
        for position, (item, quantity) in enumerate(lines, start=1)
    )
    return orders


_LAST_RATE = """
SELECT o.rate FROM inventory_purchaseorder o JOIN inventory_purchaseline l ON l.purchase_order_id = o.id
JOIN inventory_sku k ON k.id = l.sku_id
WHERE o.currency = %s AND k.currency = %s AND o.rate IS NOT NULL ORDER BY o.id DESC LIMIT 1
"""


def usual_rate(item: SupplierItem) -> Decimal | None:
    """What a unit of the supplier's currency is worth in the SKU's: 1 in the same, else as last time, if ever."""
    if item.supplier.currency == item.sku.currency:
        return Decimal(1)
    rows = query(_LAST_RATE, [item.supplier.currency, item.sku.currency])
    return rows[0][0] if rows else None
