"""A transfer that is not to be: before it left, or on its way as long as nothing of it arrived."""

from django.db import transaction
from django.utils.translation import gettext as _

from inventory import ledger
from inventory.models import StockMovement
from inventory.transfers.models import Transfer
from inventory.transfers.send import sent_key
from inventory.transfers.transition import locked, move, touch
from oms.errors import NotPossible
from oms.models import User


def cancel_transfer(transfer_id: int, *, within: str, version: int, actor: User | None) -> None:
    """Cancel it; pieces that had left lie in their warehouse again.

    `within` is the status that the person saw. Raises NotPossible when something arrived already, Stale.
    """
    with transaction.atomic():
        transfer = locked(transfer_id, version=version, within=within)
        if transfer.status == Transfer.Status.SENT:
            _bring_back(transfer, actor)
        move(transfer, Transfer.Status.CANCELLED, actor=actor)
        touch(transfer)


def _bring_back(transfer: Transfer, actor: User | None) -> None:
    lines = list(transfer.lines.all())
    if any(line.received or line.lost for line in lines):
        raise NotPossible(
            _("Part of %(number)s has arrived. Receive the rest, or close what is missing.")
            % {"number": transfer.number}
        )
    keys = [sent_key(transfer, line.sku_id) for line in lines]
    left = StockMovement.objects.filter(event_key__in=keys).values_list("pk", flat=True)
    ledger.take_back(list(left), reason="transfer_cancelled", actor=actor)
