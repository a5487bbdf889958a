"""What the pages of a bulk job show of it, in a fixed number of queries whatever its size."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from oms.models import User
from orders.desk.bulk.acts import ACTS, BulkAct
from orders.desk.bulk.models import BulkItem, BulkJob
from orders.desk.bulk.undo import UNDO_WITHIN

SHOWN = 100
RECENT_SHOWN = 6

S = BulkItem.State


@dataclass(frozen=True, slots=True)
class Sight:
    """Counts per state, and the first SHOWN items of those states that a person must read."""

    act: BulkAct
    waiting: int
    done: int
    refused: int
    left_out: int
    going: list[BulkItem]
    staying: list[BulkItem]
    told_of: list[BulkItem]
    can_undo: bool

    @property
    def total(self) -> int:
        return self.waiting + self.done + self.refused

    @property
    def ended(self) -> int:
        return self.done + self.refused

    @property
    def heading(self) -> str:
        return self.act.heading(self.total)

    @property
    def told(self) -> str:
        return self.act.told(self.done)

    @property
    def more_going(self) -> int:
        return self.waiting - len(self.going)

    @property
    def more_staying(self) -> int:
        return self.left_out + self.refused - len(self.staying)


@dataclass(frozen=True, slots=True)
class Recent:
    """A job of the last 24 hours in words, and whether it can be taken back."""

    job: BulkJob
    told: str
    can_undo: bool


def recent_of(user: User) -> list[Recent]:
    """What `user` did to many orders lately, the newest first. One query."""
    since = timezone.now() - UNDO_WITHIN
    done = Count("items", filter=Q(items__state=S.DONE))
    jobs = BulkJob.objects.filter(user=user, finished_at__gte=since).annotate(done=done)
    jobs = jobs.annotate(is_undone=Exists(BulkJob.objects.filter(undoes=OuterRef("pk"))))
    return [
        Recent(one, ACTS[one.act].told(one.done), bool(ACTS[one.act].undo) and not one.is_undone)
        for one in jobs.filter(done__gt=0).order_by("-pk")[:RECENT_SHOWN]
    ]


def sight_of(job: BulkJob) -> Sight:
    counts = dict(job.items.order_by().values_list("state").annotate(Count("pk")))
    act = ACTS[job.act]
    shown = job.items.select_related("order__channel").order_by("order_id")
    going = [] if job.confirmed_at else list(shown.filter(state=S.WAITING)[:SHOWN])
    staying = list(
        shown.filter(state__in=[S.REFUSED, S.LEFT_OUT]).order_by("-state", "order_id")[:SHOWN]
    )
    done = counts.get(S.DONE, 0)
    told = shown.filter(state=S.DONE).exclude(words="") if done else shown.none()
    return Sight(
        act=act,
        waiting=counts.get(S.WAITING, 0),
        done=done,
        refused=counts.get(S.REFUSED, 0),
        left_out=counts.get(S.LEFT_OUT, 0),
        going=going,
        staying=staying,
        told_of=list(told[:SHOWN]),
        can_undo=bool(act.undo and done and job.finished_at and not hasattr(job, "undone_by")),
    )
