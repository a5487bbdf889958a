from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oms.errors import NotPossible
from orders.intake.wizard.models import ImportDraft

KEPT = timedelta(days=30)


def forget_old_drafts() -> None:
    """Drafts that nobody changed for a month are dropped; what was imported from them stays."""
    old = ImportDraft.objects.filter(started_at=None, changed_at__lt=timezone.now() - KEPT)
    old.delete()


def drop_draft(draft_id: int) -> None:
    """Throw a draft away. Raises NotPossible when something of it was imported or is being imported."""
    with transaction.atomic():
        draft = ImportDraft.objects.select_for_update().get(pk=draft_id)
        if draft.batch_id or draft.started_at:
            raise NotPossible(_("Something of it is imported already; it cannot be thrown away."))
        draft.delete()
