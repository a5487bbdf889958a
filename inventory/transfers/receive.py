"""The goods of a transfer arrive, at once or little by little; what never comes is closed with a reason."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from inventory import ledger
from inventory.ledger import Posting
from inventory.lots.transit import OnTheWay
from inventory.models import StockMovement
from inventory.transfers.models import Transfer, TransferLine
from inventory.transfers.transition import locked, move, touch
from oms.errors import FieldError, InvalidInput
from oms.models import User

Kind = StockMovement.Kind


def receive_transfer(
    transfer_id: int, arrived: Mapping[int, int], *, version: int, actor: User | None
) -> int:
    """Take in the pieces that arrived, by the id of their line; returns how many. The rest stays in transit.

    Raises InvalidInput (`lines[<id>].quantity`), NotPossible, Stale.
    """
    with transaction.atomic():
        transfer = locked(transfer_id, version=version, within=Transfer.Status.SENT)
        lines = list(transfer.lines.select_related("sku").order_by("pk"))
        _check(lines, arrived)
        here = [(line, arrived[line.pk]) for line in lines if arrived.get(line.pk)]
        lots = OnTheWay(transfer.number, [line.sku for line, _pieces in here])
        ledger.post(
            [
                Posting(
                    transfer.target_id,
                    line.sku_id,
                    pieces,
                    Kind.TRANSFER.value,
                    reference=transfer.number,
                    event_key=f"{transfer.number}:in:{version}:{line.sku_id}",
                    lots=lots.take(line.sku_id, pieces),
                )
                for line, pieces in here
            ],
            actor=actor,
        )
        for line, pieces in here:
            line.received += pieces
        TransferLine.objects.bulk_update([line for line, _pieces in here], ["received"])
        _go_on(transfer, lines, actor)
    return sum(pieces for _line, pieces in here)


def close_missing(transfer_id: int, *, reason: str, version: int, actor: User | None) -> int:
    """What is still in transit will not come: it arrives in the books and is written off there; returns how many.

    Raises InvalidInput (`reason`), NotPossible, Stale.
    """
    if not reason.strip():
        raise InvalidInput(
            [FieldError("reason", "empty", _("Say what became of the missing pieces."), "")]
        )
    with transaction.atomic():
        transfer = locked(transfer_id, version=version, within=Transfer.Status.SENT)
        lines = list(transfer.lines.select_related("sku").order_by("pk"))
        missing = [line for line in lines if line.open]
        lots = OnTheWay(transfer.number, [line.sku for line in missing])
        gone = [one for line in missing for one in _gone(transfer, line, reason, lots)]
        ledger.post(gone, actor=actor)
        pieces = sum(line.open for line in missing)
        TransferLine.objects.filter(pk__in=[line.pk for line in missing]).update(
            lost=F("quantity") - F("received"), lost_reason=reason.strip()[:120]
        )
        move(transfer, Transfer.Status.RECEIVED, actor=actor)
        touch(transfer)
    return pieces


def _gone(transfer: Transfer, line: TransferLine, reason: str, way: OnTheWay) -> list[Posting]:
    place = (transfer.target_id, line.sku_id)
    key, number = f"{transfer.number}:lost:{line.sku_id}", transfer.number
    pieces, lots = line.open, way.take(line.sku_id, line.open)
    return [
        Posting(
            *place, pieces, Kind.TRANSFER.value, reason, number, event_key=f"{key}:in", lots=lots
        ),
        Posting(
            *place, -pieces, Kind.WRITE_OFF.value, reason, number, event_key=f"{key}:off", lots=lots
        ),
    ]


def _go_on(transfer: Transfer, lines: Sequence[TransferLine], actor: User | None) -> None:
    if not any(line.open for line in lines):
        move(transfer, Transfer.Status.RECEIVED, actor=actor)
    touch(transfer)


def _check(lines: Sequence[TransferLine], arrived: Mapping[int, int]) -> None:
    errors = []
    for line in lines:
        pieces = arrived.get(line.pk, 0)
        if not 0 <= pieces <= line.open:
            words = (
                _("%d are in transit. Give these at most; count what is more as a surplus.")
                % line.open
            )
            errors.append(FieldError(f"lines[{line.pk}].quantity", "out_of_range", words, pieces))
    if not errors and not any(arrived.get(line.pk) for line in lines):
        errors.append(FieldError("lines", "empty", _("Give the pieces of at least one line."), 0))
    if errors:
        raise InvalidInput(errors)
