"""Goods with lots and serial numbers, and what lies of them."""

from datetime import date, timedelta

from inventory.catalogue import update_sku
from inventory.ledger import LotPieces, today
from inventory.models import Lot, LotStock, Sku, Warehouse
from inventory.receive import Arrival
from inventory.receive import receive as receive_goods


def in_days(days: int) -> date:
    return today() + timedelta(days)


def tracked(sku: Sku, tracking: str) -> Sku:
    return update_sku(sku.pk, tracking=tracking)


def take_in(sku: Sku, warehouse: Warehouse, *lots: tuple[str, int, int | None]) -> int:
    """Goods arrive in these lots (code, pieces, days until they expire); the movement's id."""
    told = tuple(
        LotPieces(code, pieces, None if days is None else in_days(days))
        for code, pieces, days in lots
    )
    arrival = Arrival(sku.pk, sum(one.quantity for one in told), lots=told)
    return receive_goods([arrival], warehouse_id=warehouse.pk, actor=None)[0]


def expire(code: str, days: int = 1) -> None:
    """Time passes: the lot's last day was `days` ago."""
    Lot.objects.filter(code=code).update(expires_on=in_days(-days))


def lying() -> dict[str, int]:
    """Pieces by lot, of those that lie somewhere."""
    rows = LotStock.objects.filter(on_hand__gt=0).values_list("lot__code", "on_hand")
    return dict(rows.order_by("lot__code"))
