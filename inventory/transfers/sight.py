"""Reading transfers: who sees which, and what is in transit."""

from collections.abc import Sequence

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from inventory.incoming import Incoming
from inventory.listing import warehouses_of
from inventory.transfers.models import NUMBER, Transfer, TransferLine
from oms.ids import id_in
from oms.models import User

OPEN = F("quantity") - F("received") - F("lost")


def transfers_of(user: User) -> QuerySet[Transfer]:
    """Those from or to a warehouse that `user` works in."""
    mine = warehouses_of(user).values("pk")
    return Transfer.objects.filter(Q(source__in=mine) | Q(target__in=mine))


def id_of(number: str) -> int:
    """The id in a number like TR000012; 0 when it is none."""
    text = number.strip().upper()
    return id_in(text[len(NUMBER) :]) if text.startswith(NUMBER) else 0


def list_rows(user: User, status: str) -> QuerySet[Transfer]:
    """The transfers of one status with their lines, pieces and what is still open of them."""
    shown = transfers_of(user).filter(status=status) if status else transfers_of(user)
    return shown.select_related("source", "target", "created_by").annotate(
        line_count=Count("lines"),
        pieces=Coalesce(Sum("lines__quantity"), 0),
        still_open=Coalesce(Sum(F("lines__quantity") - F("lines__received") - F("lines__lost")), 0),
    )


def status_counts(user: User) -> dict[str, int]:
    """How many drafts there are and how many are on their way; finished ones are not counted."""
    unfinished = transfers_of(user).filter(status__in=("draft", "sent"))
    return dict(unfinished.values_list("status").annotate(Count("pk")).order_by())


def in_transit(sku_ids: Sequence[int]) -> list[Incoming]:
    """Pieces of these SKUs on the way between warehouses; for `inventory.incoming`. One query."""
    lines = (
        TransferLine.objects.filter(
            sku__in=sku_ids,
            transfer__status=Transfer.Status.SENT,
            quantity__gt=F("received") + F("lost"),
        )
        .select_related("transfer__source")
        .order_by("transfer")
    )
    return [
        Incoming(
            sku_id=line.sku_id,
            warehouse_id=line.transfer.target_id,
            quantity=line.open,
            label=line.transfer.number,
            url=line.transfer.get_absolute_url(),
            detail=line.transfer.source.name,
        )
        for line in lines
    ]
