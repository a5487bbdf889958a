"""A sheet while it is open, and its end."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.counting.models import CountSheet
from oms.errors import NotPossible
from oms.models import User


def open_sheet(sheet_id: int) -> CountSheet:
    """The sheet, locked until the transaction ends. Raises NotPossible when it is closed."""
    sheet = CountSheet.objects.select_for_update(no_key=True).get(pk=sheet_id)
    if sheet.status != CountSheet.Status.OPEN:
        raise NotPossible(
            _("%s is closed. Make a new count sheet for what is still to be counted.")
            % sheet.number
        )
    return sheet


def close_sheet(sheet_id: int, *, actor: User | None) -> None:
    """Nobody counts on it any more; what was not posted stays as the book says. Raises NotPossible."""
    with transaction.atomic():
        sheet = open_sheet(sheet_id)
        sheet.status = CountSheet.Status.CLOSED
        sheet.closed_by, sheet.closed_at = actor, timezone.now()
        sheet.save(update_fields=["status", "closed_by", "closed_at"])
