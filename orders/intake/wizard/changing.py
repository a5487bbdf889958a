"""The one way to change a draft: locked, not running, and as the person saw it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from oms.display import time_text
from oms.errors import NotPossible, Stale
from oms.models import User
from orders.intake.wizard.models import ImportDraft


def changing(draft_id: int, *, user: User, version: int) -> ImportDraft:
    """The draft, locked and counted as changed by `user`. Inside a transaction.

    Raises ImportDraft.DoesNotExist, NotPossible while it is being imported, Stale when somebody changed it since
    `version`.
    """
    draft = (
        ImportDraft.objects.select_related("changed_by")
        .select_for_update(no_key=True, of=("self",))
        .get(pk=draft_id)
    )
    if draft.started_at is not None:
        raise NotPossible(_("The import is running. Wait until it is finished."), code="running")
    if draft.version != version:
        raise Stale(
            _(
                "%(who)s changed this import at %(time)s. Look at it again; what you typed is still here."
            )
            % {"who": draft.changed_by.display_name, "time": time_text(draft.changed_at)},
            theirs={},
            yours={},
        )
    draft.version += 1
    draft.changed_by = user
    draft.changed_at = timezone.now()
    draft.save(update_fields=["version", "changed_by", "changed_at"])
    return draft
