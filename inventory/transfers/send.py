"""The goods of a transfer leave their warehouse."""

from django.db import transaction
from django.utils.translation import gettext as _

from inventory import ledger
from inventory.ledger import Posting
from inventory.models import Sku, StockMovement
from inventory.transfers.draft import beyond_free
from inventory.transfers.models import Transfer
from inventory.transfers.transition import locked, move, touch
from oms.errors import FieldError, InvalidInput
from oms.models import User


def send_transfer(transfer_id: int, *, version: int, actor: User | None) -> list[int]:
    """Take the pieces out of the source, all of them or none; returns the movements' ids.

    Raises InvalidInput for SKUs that are no longer moved or have too few free pieces (reserved ones are never taken),
    NotPossible when they were reserved at this very moment or the transfer is no draft any more, Stale.
    """
    with transaction.atomic():
        transfer = locked(transfer_id, version=version, within=Transfer.Status.DRAFT)
        lines = list(transfer.lines.select_related("sku").order_by("pk"))
        place = {line.sku_id: at for at, line in enumerate(lines)}
        errors = [
            _inactive(at, line.sku) for at, line in enumerate(lines) if not line.sku.is_active
        ]
        pieces = {line.sku_id: line.quantity for line in lines}
        errors += beyond_free(transfer.source_id, pieces, place)
        if errors:
            raise InvalidInput(errors)
        kind = StockMovement.Kind.TRANSFER.value
        ids = ledger.post(
            [
                Posting(
                    transfer.source_id,
                    line.sku_id,
                    -line.quantity,
                    kind,
                    reference=transfer.number,
                    event_key=sent_key(transfer, line.sku_id),
                )
                for line in lines
            ],
            actor=actor,
        )
        move(transfer, Transfer.Status.SENT, actor=actor)
        touch(transfer)
    return ids


def sent_key(transfer: Transfer, sku_id: int) -> str:
    """What names the leaving of one line for ever."""
    return f"{transfer.number}:out:{sku_id}"


def _inactive(at: int, sku: Sku) -> FieldError:
    words = _("%s is no longer sold. Activate it first or remove the line.") % sku.code
    return FieldError(f"lines[{at}].sku", "inactive", words, sku.code)
