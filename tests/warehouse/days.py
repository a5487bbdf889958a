from datetime import timedelta

import pgtrigger
from django.db.models import F

from inventory.models import StockMovement


def days_pass(days: int) -> None:
    """Everything that has moved so far, moved so long ago."""
    with pgtrigger.ignore("inventory.StockMovement:append_only"):
        StockMovement.objects.update(created_at=F("created_at") - timedelta(days))
