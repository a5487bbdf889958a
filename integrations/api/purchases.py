"""Purchase orders: what is to come from suppliers, and taking deliveries in."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from integrations.api import pages
from integrations.api.answers import answer
from integrations.api.caller import Needs, caller_of
from integrations.api.once import once
from integrations.api.problems import not_found
from integrations.api.schema.filters import PurchaseFilters
from integrations.api.schema.purchases import DeliveryIn, PurchaseDetail, PurchasePage, ReceiptOut
from inventory.catalogue import clean_code
from inventory.models import PurchaseLine, PurchaseOrder, Receipt
from inventory.places import clean_place
from inventory.purchasing.receive import Delivered, Delivery, receive_delivery
from inventory.purchasing.sight import purchases_of, sees_prices
from oms.errors import FieldError, InvalidInput
from oms.models import User

router = Router(tags=["purchasing"])
SEE = "inventory.view_purchaseorder"
PATH = "/purchase-orders/{purchase}"


@router.get("/purchase-orders", auth=Needs("stock:read", SEE), response=PurchasePage)
def list_purchases(request: HttpRequest, filters: Query[PurchaseFilters]) -> HttpResponse:
    """Purchase orders for the warehouses this user works in, the newest first."""
    pages.refuse_unknown(request, PurchaseFilters)
    rows = _with_all(purchases_of(caller_of(request).user)).order_by("-pk")
    if filters.status:
        rows = rows.filter(status__in=filters.status.split(","))
    if filters.warehouse:
        rows = rows.filter(warehouse__code=clean_place(filters.warehouse))
    if after := pages.decode_cursor(filters.cursor, int):
        rows = rows.filter(pk__lt=after[0])
    found = list(rows[: filters.limit + 1])
    return answer(pages.page(found, filters.limit, show_summary, lambda row: (row.pk,)))


@router.get(PATH, auth=Needs("stock:read", SEE), response=PurchaseDetail)
def get_purchase(request: HttpRequest, purchase: str) -> HttpResponse:
    """One purchase order with its lines and what was delivered of it."""
    user = caller_of(request).user
    order = _order(user, purchase)
    receipts = order.receipts.prefetch_related("lines__line__sku").order_by("pk")
    return answer(
        show_summary(order)
        | {
            "lines": [show_line(line, may_see=sees_prices(user)) for line in _lines(order)],
            "receipts": [show_receipt(one) for one in receipts],
        }
    )


@router.post(
    f"{PATH}/receipts",
    auth=Needs("stock:write", SEE, "inventory.adjust_stock"),
    response={201: ReceiptOut},
)
@once
def receive_purchase(request: HttpRequest, purchase: str, payload: DeliveryIn) -> HttpResponse:
    """Take a delivery in, all of it or nothing; whoever waits for the goods is told."""
    user = caller_of(request).user
    order = _order(user, purchase)
    lines = {line.sku.code: line.pk for line in _lines(order)}
    errors = [
        _no_line(f"lines[{at}].sku", order, one.sku)
        for at, one in enumerate(payload.lines)
        if clean_code(one.sku) not in lines
    ]
    if errors:
        raise InvalidInput(errors)
    delivered = [
        Delivered(
            lines[clean_code(one.sku)],
            one.good,
            one.damaged,
            one.bin,
            tuple(lot.told() for lot in one.lots),
        )
        for one in payload.lines
    ]
    delivery = Delivery(delivered, payload.reference, payload.reason)
    try:
        receipt = receive_delivery(order.pk, delivery, event_key=f"api:{uuid4().hex}", actor=user)
    except InvalidInput as refusal:
        raise InvalidInput([_as_sent(error) for error in refusal.errors]) from None
    return answer(show_receipt(receipt), status=201)


def _with_all(orders: QuerySet[PurchaseOrder]) -> QuerySet[PurchaseOrder]:
    return orders.select_related("supplier", "warehouse").prefetch_related("lines__sku")


def _order(user: User, number: str) -> PurchaseOrder:
    """One of the user's warehouses' orders; the others do not exist for them."""
    order = _with_all(purchases_of(user)).filter(number=number.upper()).first()
    if order is None:
        raise not_found()
    return order


def _lines(order: PurchaseOrder) -> Sequence[PurchaseLine]:
    """Those that were read with it, in their order."""
    return sorted(order.lines.all(), key=lambda line: line.position)


def _no_line(field: str, order: PurchaseOrder, sku: str) -> FieldError:
    words = _("%(sku)s is not on %(number)s. Check the code, or receive it as stock.")
    return FieldError(field, "unknown", words % {"sku": sku, "number": order.number}, sku)


def _as_sent(error: FieldError) -> FieldError:
    """The verb knows lines by their id, the caller by their SKU."""
    return replace(error, field=error.field.replace("].line", "].sku"))


def show_summary(order: PurchaseOrder) -> dict[str, Any]:
    """Of an order that was read `_with_all`."""
    plain = ("number", "status", "currency", "expected_on", "ordered_at", "version")
    return {name: getattr(order, name) for name in plain} | {
        "supplier": order.supplier.code,
        "warehouse": order.warehouse.code,
        "open": sum(line.open for line in order.lines.all()),
    }


def show_line(line: PurchaseLine, *, may_see: bool) -> dict[str, Any]:
    """A line; what it costs for those who may see it."""
    plain = ("ordered", "received", "damaged", "open", "expected_on")
    return {name: getattr(line, name) for name in plain} | {
        "sku": line.sku.code,
        "supplier_code": line.code,
        "price": line.price if may_see else None,
    }


def show_receipt(receipt: Receipt) -> dict[str, Any]:
    """A delivery and its lines."""
    lines = sorted(receipt.lines.all(), key=lambda one: one.pk)
    return {
        "id": receipt.pk,
        "reference": receipt.reference,
        "reason": receipt.reason,
        "received_at": receipt.created_at,
        "told": receipt.told,
        "lines": [
            {
                "sku": one.line.sku.code,
                "good": one.good,
                "damaged": one.damaged,
                "over": one.over,
            }
            for one in lines
        ],
    }
