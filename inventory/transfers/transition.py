"""How a transfer goes on: the one table of its moves, and the one writer of its status."""

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.transfers.models import Transfer
from oms.errors import NotPossible, Stale
from oms.models import User

Status = Transfer.Status
MOVES: dict[str, frozenset[str]] = {
    Status.DRAFT: frozenset({Status.SENT, Status.CANCELLED}),
    Status.SENT: frozenset({Status.RECEIVED, Status.CANCELLED}),
    Status.RECEIVED: frozenset(),
    Status.CANCELLED: frozenset(),
}


def locked(transfer_id: int, *, version: int, within: str) -> Transfer:
    """The transfer, locked until the transaction ends, in the status that the act is for.

    Raises NotPossible in another status, Stale when somebody changed it since `version` was read.
    """
    transfer = Transfer.objects.select_for_update(no_key=True).get(pk=transfer_id)
    if transfer.status != within:
        raise NotPossible(
            _("%(number)s is “%(status)s” now; this cannot be done with it any more.")
            % {"number": transfer.number, "status": transfer.get_status_display()}
        )
    if transfer.version != version:
        raise Stale(
            _("Somebody changed %(number)s since you opened it. Look at it again, then repeat.")
            % {"number": transfer.number},
            theirs={"version": transfer.version},
            yours={"version": version},
        )
    return transfer


def move(transfer: Transfer, status: str, *, actor: User | None) -> None:
    """Write the next status of a locked transfer, with who and when."""
    if status not in MOVES[transfer.status]:
        raise NotPossible(
            _("%(number)s is “%(status)s” now; this cannot be done with it any more.")
            % {"number": transfer.number, "status": transfer.get_status_display()}
        )
    part = "sent" if status == Status.SENT else "closed"
    transfer.status = status
    setattr(transfer, f"{part}_at", timezone.now())
    setattr(transfer, f"{part}_by", actor)
    transfer.save(update_fields=["status", f"{part}_at", f"{part}_by"])


def touch(transfer: Transfer) -> None:
    """Whoever read the transfer before this is told so."""
    Transfer.objects.filter(pk=transfer.pk).update(version=F("version") + 1)
