"""Stock: what lies where, goods received, corrections."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from integrations.api import pages
from integrations.api.answers import answer
from integrations.api.caller import Needs, caller_of
from integrations.api.once import once
from integrations.api.schema.filters import SellableFilters, StockFilters
from integrations.api.schema.stock import (
    AdjustedLine,
    AdjustmentIn,
    Posted,
    ReceiptIn,
    ReceivedLine,
    SellableList,
    StockPage,
)
from inventory.adjust import Difference
from inventory.adjust import adjust as adjust_stock
from inventory.availability import sellable, sellable_of
from inventory.catalogue import clean_code
from inventory.ledger import LotPieces
from inventory.listing import warehouses_of
from inventory.models import Sku, Stock, Warehouse
from inventory.places import clean_place
from inventory.receive import Arrival
from inventory.receive import receive as receive_goods
from oms.errors import FieldError, InvalidInput
from oms.models import Channel, User

router = Router(tags=["stock"])
_MAY_WRITE = Needs("stock:write", "inventory.adjust_stock")


@router.get("/stock", auth=Needs("stock:read", "inventory.view_stock"), response=StockPage)
def list_stock(request: HttpRequest, filters: Query[StockFilters]) -> HttpResponse:
    """Stock in the warehouses this user works in."""
    pages.refuse_unknown(request, StockFilters)
    after = pages.decode_cursor(filters.cursor, int)
    channel = _channel(filters.channel) if filters.channel else None
    rows = _visible(caller_of(request).user)
    if filters.sku:
        rows = rows.filter(sku__code=clean_code(filters.sku))
    if filters.warehouse:
        rows = rows.filter(warehouse__code=clean_place(filters.warehouse))
    if after:
        rows = rows.filter(pk__gt=after[0])
    found = list(_rows(rows)[: filters.limit + 1])
    if channel:
        allowed = sellable_of([row["pk"] for row in found], channel.pk)
        found = [row | {"sellable": allowed[row["pk"]]} for row in found]
    return answer(pages.page(found, filters.limit, show_stock, lambda row: (row["pk"],)))


@router.get(
    "/stock/sellable", auth=Needs("stock:read", "inventory.view_stock"), response=SellableList
)
def list_sellable(request: HttpRequest, filters: Query[SellableFilters]) -> HttpResponse:
    """How many of each SKU a channel may sell out of the warehouses this user works in; bundles, too."""
    pages.refuse_unknown(request, SellableFilters)
    channel = _channel(filters.channel)
    skus = _skus(filters.sku, "sku[{}]")
    places = warehouses_of(caller_of(request).user).values_list("pk", flat=True)
    free = sellable(channel.pk, set(skus.values()), warehouse_ids=list(places))
    rows = [{"sku": code, "sellable": free[pk]} for code, pk in sorted(skus.items())]
    return answer({"results": rows})


@router.post("/stock/receipts", auth=_MAY_WRITE, response={201: Posted})
@once
def receive(request: HttpRequest, payload: ReceiptIn) -> HttpResponse:
    """Take goods in."""
    user = caller_of(request).user
    skus = _skus(line.sku for line in payload.lines)
    warehouse = _warehouse(user, payload.warehouse)
    arrivals = [
        Arrival(skus[clean_code(line.sku)], line.quantity, line.bin, lots=_told(line))
        for line in payload.lines
    ]
    movements = receive_goods(
        arrivals, warehouse_id=warehouse.pk, reference=payload.reference, actor=user
    )
    return _posted(movements, user, warehouse, skus)


@router.post("/stock/adjustments", auth=_MAY_WRITE, response={201: Posted})
@once
def adjust(request: HttpRequest, payload: AdjustmentIn) -> HttpResponse:
    """Correct stock by differences. Never below what is reserved (409)."""
    user = caller_of(request).user
    skus = _skus(line.sku for line in payload.lines)
    warehouse = _warehouse(user, payload.warehouse)
    movements = adjust_stock(
        [
            Difference(skus[clean_code(line.sku)], line.quantity, _told(line))
            for line in payload.lines
        ],
        warehouse_id=warehouse.pk,
        reason=payload.reason,
        reference=payload.reference,
        actor=user,
    )
    return _posted(movements, user, warehouse, skus)


def _told(line: ReceivedLine | AdjustedLine) -> tuple[LotPieces, ...]:
    return tuple(one.told() for one in line.lots)


def show_stock(row: dict[str, Any]) -> dict[str, Any]:
    """A row of stock."""
    return {
        "sku": row["code"],
        "warehouse": row["place"],
        "bin": row["shelf"],
        "on_hand": row["on_hand"],
        "reserved": row["reserved"],
        "available": row["available"],
    } | ({"sellable": row["sellable"]} if "sellable" in row else {})


def _visible(user: User) -> QuerySet[Stock]:
    return Stock.objects.filter(warehouse__in=warehouses_of(user)).order_by("pk")


def _rows(stock: QuerySet[Stock]) -> Any:
    names = {"code": F("sku__code"), "place": F("warehouse__code")}
    return stock.values(
        "pk", "on_hand", "reserved", "available", **names, shelf=Coalesce(F("bin__code"), Value(""))
    )


def _posted(
    movements: list[int], user: User, warehouse: Warehouse, skus: dict[str, int]
) -> HttpResponse:
    stock = _visible(user).filter(warehouse=warehouse, sku__in=skus.values())
    shown = [show_stock(row) for row in _rows(stock)]
    return answer({"movements": movements, "stock": shown}, status=201)


def _skus(codes: Iterable[str], field: str = "lines[{}].sku") -> dict[str, int]:
    """The SKUs' ids by clean code. Raises InvalidInput naming the field of each unknown one."""
    wanted = [clean_code(code) for code in codes]
    known = dict(Sku.objects.filter(code__in=set(wanted)).values_list("code", "pk"))
    errors = [
        FieldError(
            field.format(at),
            "unknown",
            _("There is no SKU %s. Check the code or create it first.") % code,
            code,
        )
        for at, code in enumerate(wanted)
        if code not in known
    ]
    if errors:
        raise InvalidInput(errors)
    return known


def _channel(code: str) -> Channel:
    channel = Channel.objects.filter(code=code.strip()).first()
    if channel is None:
        message = _("There is no channel %s. Use the code of a channel in the settings.") % code
        raise InvalidInput([FieldError("channel", "unknown", message, code)])
    return channel


def _warehouse(user: User, code: str) -> Warehouse:
    """One of the user's warehouses; the others do not exist for them."""
    warehouse = warehouses_of(user).filter(code=clean_place(code)).first()
    if warehouse is None:
        message = _("There is no warehouse %s among yours. Check its code.") % code
        raise InvalidInput([FieldError("warehouse", "unknown", message, code)])
    return warehouse
