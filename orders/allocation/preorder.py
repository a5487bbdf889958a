"""Pre-orders: goods that are not reserved before a day, whatever lies in stock."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.timezone import localdate

from inventory.models import Sku

# An order that waits for such a day is looked at again when none of its SKUs has one to come, in stock or not.
DAY_HAS_COME = """o.reason_code = 'preorder' AND NOT EXISTS (
  SELECT 1 FROM orders_orderline l WHERE l.order_id = o.id AND l.sku_id = ANY(%(early)s::bigint[]))"""


def early_skus() -> dict[int, date]:
    """The SKUs of which nothing is reserved yet, each with the day from which on it will be."""
    found = Sku.objects.filter(reserve_from__gt=localdate()).values_list("pk", "reserve_from")
    return dict(found)  # type: ignore[arg-type]


def day_of(sku_ids: Iterable[int], early: Mapping[int, date]) -> str:
    """When the last of these can be reserved; "" when one of them is lacking for another reason."""
    days = [early.get(pk) for pk in sku_ids]
    known = [day for day in days if day]
    if not known or len(known) < len(days):
        return ""
    last = max(known)
    return last.strftime("%m-%d") if last.year == localdate().year else last.isoformat()
