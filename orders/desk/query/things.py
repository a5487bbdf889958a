"""What hangs on an order: goods, tags, the platform's number, waybills."""

import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from inventory.models import Sku
from oms.search import fold
from orders.desk.clues import literally
from orders.desk.notes.models import Tag
from orders.desk.query.qualifier import Known, Lookup, Suggestion, Unreadable, Value

OFFERED = 8

_SKU = (
    "coalesce((SELECT id FROM inventory_sku WHERE code = %s),"
    " (SELECT min(sku_id) FROM inventory_skubarcode WHERE code = %s))"
)
_TAG = "(SELECT id FROM orders_tag WHERE lower(normalize(name, NFKC)) = %s)"


def sku(text: str, _known: Known) -> Value:
    """A SKU by its code or barcode; `A-*` is every code that begins so."""
    code = unicodedata.normalize("NFKC", text).upper()
    lines = "orders_orderline l JOIN inventory_sku s ON s.id = l.sku_id"
    if code.endswith("*") and code.rstrip("*"):
        begins = (f"{literally(code.rstrip('*'))}%",)
        lookup = Lookup(lines, "l.order_id", "s.code LIKE %s", begins)
        return Value(
            code, _has(f"{lines} WHERE l.order_id = o.id AND s.code LIKE %s"), begins, lookup
        )
    params = (code, text)
    lookup = Lookup(
        "orders_orderline k", "k.order_id", f"k.sku_id = {_SKU}", params, is_newest_first=True
    )
    one = _has(f"orders_orderline l WHERE l.order_id = o.id AND l.sku_id = {_SKU}")
    return Value(code, one, params, lookup)


def tag(text: str, _known: Known) -> Value:
    params = (fold(text),)
    lookup = Lookup(
        "orders_ordertag k", "k.order_id", f"k.tag_id = {_TAG}", params, is_newest_first=True
    )
    marked = _has(f"orders_ordertag t WHERE t.order_id = o.id AND t.tag_id = {_TAG}")
    return Value(text, marked, params, lookup)


def external(text: str, _known: Known) -> Value:
    """The beginning of the number that the platform gave the order."""
    plain = literally(unicodedata.normalize("NFKC", text))
    params = (f"{plain}%", f"{plain.upper()}%")
    either = "({0} LIKE %s OR {0} LIKE %s)"
    lookup = Lookup("orders_order k", "k.id", either.format("k.external_no"), params)
    return Value(text, either.format("o.external_no"), params, lookup)


def waybill(text: str, _known: Known) -> Value:
    """The beginning of the number of one of its parcels."""
    begins = (f"{literally(unicodedata.normalize('NFKC', text).upper())}%",)
    match = "{0}.waybill <> '' AND {0}.waybill LIKE %s"
    lookup = Lookup("orders_shipment k", "k.order_id", match.format("k"), begins)
    sent = _has(f"orders_shipment p WHERE p.order_id = o.id AND {match.format('p')}")
    return Value(text, sent, begins, lookup)


# Ready in one warehouse for one recipient and in one currency, and not in the same parcel.
_MERGEABLE = """{0}.status = 'ready' AND {0}.recipient_key <> '' AND EXISTS (
  SELECT FROM orders_shipment m JOIN orders_order mo ON mo.id = m.order_id JOIN orders_order me ON me.id = {0}.order_id
  WHERE m.status = 'ready' AND m.recipient_key <> '' AND m.warehouse_id = {0}.warehouse_id
    AND m.recipient_key = {0}.recipient_key AND m.order_id <> {0}.order_id AND mo.currency = me.currency
    AND 'on_hold' NOT IN (me.status, mo.status)
    AND (m.consignment_id IS NULL OR m.consignment_id IS DISTINCT FROM {0}.consignment_id))"""
_PARCELS = {
    "mergeable": (("mergeable", "可合单", "未合单"), _("Mergeable"), _MERGEABLE),
    "merged": (("merged", "合单", "已合单"), _("Merged"), "{0}.consignment_id IS NOT NULL"),
}


def parcel(text: str, _known: Known) -> Value:
    """Whether a parcel of it travels with other orders, or could and does not."""
    for words, label, match in _PARCELS.values():
        if text.strip().casefold() in words:
            lookup = Lookup("orders_shipment k", "k.order_id", match.format("k"), ())
            there = _has(f"orders_shipment p WHERE p.order_id = o.id AND {match.format('p')}")
            return Value(str(label), there, (), lookup)
    raise Unreadable


def parcels(_typed: str, _known: Known) -> Iterable[Suggestion]:
    for name, (_words, label, _match) in _PARCELS.items():
        yield Suggestion(name, str(label))


def _has(rows: str) -> str:
    return f"EXISTS (SELECT FROM {rows})"


def skus(typed: str, _known: Known) -> Iterable[Suggestion]:
    begun = Sku.objects.filter(code__startswith=typed.upper(), is_active=True).order_by("code")
    for code, name in begun.values_list("code", "name")[:OFFERED]:
        yield Suggestion(code, name)


def tags(typed: str, _known: Known) -> Iterable[Suggestion]:
    for name in Tag.objects.filter(name__istartswith=typed).values_list("name", flat=True)[
        :OFFERED
    ]:
        yield Suggestion(name)
