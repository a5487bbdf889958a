"""Reading lots: what lies where, and of which lots the pieces of a movement or a parcel were."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from inventory.ledger import today
from inventory.models import LotMovement, LotStock, Stock, StockBlock

NEAR_DAYS = 30
"""A lot that expires within so many days is near its end."""
MOST_SHOWN = 200
MOST_TOLD = 12
"""So many lots of one movement are named; of more, how many there are."""


@dataclass(frozen=True, slots=True)
class LotHere:
    """The pieces of a lot in one warehouse; `tone` warns of what expires soon or has."""

    row: LotStock
    day: date
    blocked: int

    @property
    def has_expired(self) -> bool:
        ends = self.row.lot.expires_on
        return ends is not None and ends < self.day

    @property
    def ends_soon(self) -> bool:
        ends = self.row.lot.expires_on
        return ends is not None and self.day <= ends <= self.day + timedelta(NEAR_DAYS)


def lots_here(stocks: Sequence[Stock]) -> list[LotHere]:
    """The lots that lie in these stocks, the first to go first."""
    rows = LotStock.objects.filter(stock__in=stocks, on_hand__gt=0)
    rows = rows.select_related("lot", "stock__warehouse")
    shown = list(rows.order_by("lot__expires_on", "lot", "stock")[:MOST_SHOWN])
    blocks = StockBlock.objects.filter(stock__in=stocks, lot__isnull=False, released_at=None)
    blocked: dict[tuple[int, int | None], int] = {}
    for stock_id, lot_id, pieces in blocks.values_list("stock", "lot", "quantity"):
        blocked[stock_id, lot_id] = blocked.get((stock_id, lot_id), 0) + pieces
    day = today()
    return [LotHere(one, day, blocked.get((one.stock_id, one.lot_id), 0)) for one in shown]


def lot_words(code: str, pieces: int) -> str:
    return f"{code} ×{pieces}"


def lots_of_movements(movement_ids: Iterable[int]) -> dict[int, list[str]]:
    """By movement, in words; nothing for one without lots."""
    return _told("movement", movement_ids)


def lots_of_reservations(reservation_ids: Iterable[int]) -> dict[int, list[str]]:
    """By reservation the lots of its pieces that left the house."""
    return _told("movement__reservation", reservation_ids)


def _told(key: str, ids: Iterable[int]) -> dict[int, list[str]]:
    rows = LotMovement.objects.filter(**{f"{key}__in": list(ids)}).order_by("pk")
    found: dict[int, list[str]] = {}
    for pk, code, pieces in rows.values_list(key, "lot__code", "quantity"):
        found.setdefault(pk, []).append(lot_words(code, abs(pieces)))
    return {pk: in_short(words) for pk, words in found.items()}


def in_short(words: list[str]) -> list[str]:
    """The first of them, and how many more there are."""
    more = len(words) - MOST_TOLD
    return [*words[:MOST_TOLD], f"… +{more}"] if more > 0 else words
