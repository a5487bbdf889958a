"""A reviewer's word on the order that was in front of them; refused when it is not that order any more."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from oms.errors import NotPossible
from oms.models import User
from orders.desk.bulk.acts import ACTS
from orders.desk.bulk.models import BulkItem, BulkJob
from orders.desk.bulk.prepare import prepare
from orders.desk.bulk.run import confirm, run_for
from orders.desk.event_words import ACTORS, WORDS
from orders.models.order import Order
from orders.review.desk.claim import let_go
from orders.review.desk.queue import stands

# One order is one piece and the look that finds no other; this is never waited for.
_PATIENCE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Seen:
    """The order as the reviewer saw it: where it stood (see `stands`), and which edit of it that was."""

    stood: str
    version: int


class DecidedMeanwhile(NotPossible):
    """Somebody moved the order since it was shown."""


class EditedMeanwhile(NotPossible):
    """Somebody changed what the order says since it was shown."""


def settle(
    order: Order, act_name: str, *, seen: Seen, reason: str, actor: User, back: str
) -> BulkJob:
    """Do the act to the order as a job of one, so that it can be taken back like any other.

    Raises DecidedMeanwhile or EditedMeanwhile; nothing is changed then. `back` is where undoing it leads.
    """
    with transaction.atomic():
        _require_as_seen(_under_lock(order.pk), seen)
        job = prepare(act_name, [order.pk], user=actor, reason=reason, back=back)
        confirm(job)
        run_for(job.pk, _PATIENCE_SECONDS)
        job = BulkJob.objects.get(pk=job.pk)
        refused = job.items.exclude(state=BulkItem.State.DONE).values_list("words", flat=True)
        if refused:
            raise DecidedMeanwhile(" ".join(refused))
        let_go(order.pk)
    return job


def can_be_taken_back(job: BulkJob) -> bool:
    return bool(ACTS[job.act].undo)


def _under_lock(order_id: int) -> Order:
    return Order.objects.select_for_update(no_key=True).get(pk=order_id)


def _require_as_seen(now: Order, seen: Seen) -> None:
    if stands(now) != seen.stood:
        raise DecidedMeanwhile(what_happened(now))
    if now.version != seen.version:
        words = _("Order %s was changed meanwhile: look at it again. Nothing was decided.")
        raise EditedMeanwhile(words % now.number)


def what_happened(order: Order) -> str:
    """Who moved the order last, and how."""
    moved = Q(kind="first_approved") | ~Q(to_status="")
    last = order.events.filter(moved).order_by("-pk").first()
    if last is None:
        return _("Order %s is decided already.") % order.number
    return _("Order %(number)s was decided meanwhile: %(what)s (%(who)s). Nothing was changed.") % {
        "number": order.number,
        "what": WORDS.get(last.kind, last.kind),
        "who": ACTORS.get(last.actor_name, last.actor_name),
    }
