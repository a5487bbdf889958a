"""What happened to a list of exceptions since it was drawn: the rows that left it, each with what took it away."""

from collections.abc import Collection

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.desk.history import happening_words
from orders.exceptions.models import OrderException
from orders.models import OrderEvent

MOST_ROWS = 200

# What people say, and whose something is: no cause goes away by it.
_TALK = (
    "commented", "tagged", "untagged", "assigned", "put_off", "brought_back", "waved_off", "review_taken_over",
)  # fmt: skip


def gone(
    exceptions: QuerySet[OrderException], ids: Collection[int], *, is_waiting: bool
) -> dict[int, str]:
    """Of the rows `ids` of a list (of what waits, or of what is to do) those that left it, with words. One query."""
    left = Q(closed_at__isnull=False) | Q(waiting_until__isnull=is_waiting)
    rows = exceptions.filter(left, pk__in=ids).select_related("closed_by")
    return {one.pk: _words(one, one.last) for one in rows.annotate(last=_last_event())}


def _last_event() -> ArraySubquery:
    """What happened last, while the exception was open, to its order or to the twin."""
    of_either = Q(order=OuterRef("order")) | Q(order=OuterRef("other"))
    events = OrderEvent.objects.filter(
        of_either, created_at__gte=OuterRef("opened_at"), created_at__lte=OuterRef("closed_at")
    )
    told = JSONObject(kind="kind", actor="actor_name")
    return ArraySubquery(events.exclude(kind__in=_TALK).order_by("-pk").values_list(told)[:1])


def _words(one: OrderException, last: list[dict[str, str]]) -> str:
    if one.closed_at is None:
        if one.waiting_until is None:
            return _("To be done again")
        day = timezone.localtime(one.waiting_until).date().isoformat()
        return _("Put off until %s") % day
    who = one.closed_by.display_name if one.closed_by else ""
    if one.closed_how == OrderException.How.DISMISSED:
        return _("Waved off by %s") % who
    if who:
        return _("Solved by %s") % who
    if last:
        return _("Solved: %s") % happening_words(**last[0])
    return str(one.get_closed_how_display())
