"""Putting a suggestion off."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.purchasing.supplier_models import SuggestionSnooze
from oms.errors import FieldError, InvalidInput
from oms.models import User
from oms.sql import query

DAYS = (1, 7, 30)

_SNOOZE = """
INSERT INTO inventory_suggestionsnooze (sku_id, until, reason, actor_id, created_at)
SELECT k.id, %(until)s, %(reason)s, %(actor)s, now() FROM inventory_sku k WHERE k.id = ANY(%(skus)s)
ON CONFLICT (sku_id) DO UPDATE SET until = excluded.until, reason = excluded.reason, actor_id = excluded.actor_id,
  created_at = excluded.created_at
RETURNING id
"""


def snooze(sku_ids: Sequence[int], *, days: int, reason: str, actor: User | None) -> int:
    """Suggest none of these SKUs for so many days; returns how many. Raises InvalidInput (`days`, `reason`)."""
    errors = []
    if days not in DAYS:
        errors.append(FieldError("days", "not_offered", _("Choose 1, 7 or 30 days."), days))
    if not reason.strip():
        errors.append(FieldError("reason", "empty", _("Say why, in a few words.")))
    if errors:
        raise InvalidInput(errors)
    until = timezone.localdate() + timedelta(days=days)
    params = {"until": until, "reason": reason.strip()[:200], "skus": list(sku_ids)}
    return len(query(_SNOOZE, params | {"actor": actor.pk if actor else None}))


def wake(sku_ids: Sequence[int]) -> int:
    """Suggest them again; returns how many were put off."""
    count, _per_table = SuggestionSnooze.objects.filter(sku__in=sku_ids).delete()
    return count
