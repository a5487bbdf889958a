"""What the pages show of owners, tags, comments and mentions."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from oms.models import User
from orders.desk.notes.models import Mention, OrderOwner, OrderTag, Tag
from orders.desk.notes.people import who_may_see
from orders.models.order import Order, OrderQuerySet
from orders.states import CLOSED

MOST_TAGS = 50  # that are offered while somebody writes one
MINE_SHOWN = 8
MOST_MINE = 1_000  # of the orders somebody owns, the newest are looked through for open ones


@dataclass(frozen=True, slots=True)
class Notes:
    """Whose the order is, its tags, who could be named or own it, and the tags there are."""

    owner: User | None
    tags: list[dict[str, Any]]
    people: list[User]
    known_tags: list[str]


def with_notes(orders: OrderQuerySet) -> OrderQuerySet:
    """`orders` with what `notes_of` tells of each; it comes along in the same query."""
    tags = OrderTag.objects.filter(order=OuterRef("pk")).order_by("tag__name")
    people = who_may_see(OuterRef(OuterRef("pk")))
    names = JSONObject(id="pk", username="username", first_name="first_name", last_name="last_name")
    return orders.select_related("ownership__user").annotate(
        tags=ArraySubquery(tags.values_list(JSONObject(id="tag_id", name="tag__name"))),
        people=ArraySubquery(people.values_list(names)),
        known_tags=ArraySubquery(Tag.objects.order_by("name").values("name")[:MOST_TAGS]),
    )


def notes_of(order: Any) -> Notes:
    """Of an order that was read `with_notes`."""
    ownership: OrderOwner | None = getattr(order, "ownership", None)
    return Notes(
        owner=ownership.user if ownership else None,
        tags=order.tags,
        people=[User(**person) for person in order.people],
        known_tags=order.known_tags,
    )


def mine_of(user: User, orders: OrderQuerySet) -> list[Order]:
    """The open ones of `orders` that `user` owns, newest first. One query."""
    owned = OrderOwner.objects.filter(user=user).order_by("-order").values("order")[:MOST_MINE]
    shown = orders.only("number", "status", "reason_code", "reason_detail", "customer_name")
    return list(shown.filter(pk__in=owned).exclude(status__in=CLOSED).order_by("-pk")[:MINE_SHOWN])


def mentions_of(user: User) -> QuerySet[Mention]:
    """What tells `user` of an order they may still see: a comment that names them, or a rule."""
    mine = Mention.objects.filter(user=user, order__in=Order.objects.visible_to(user))
    return mine.select_related("order", "event").only(
        "read_at", "order__number", "order__status", "event__data", "event__actor_name",
        "event__created_at", "event__kind",
    )  # fmt: skip


def newest_unread(user: User) -> int:
    """The id of the newest mention that `user` has not read; 0 without any."""
    unread = Mention.objects.filter(user=user, read_at__isnull=True)
    return unread.aggregate(newest=Max("pk"))["newest"] or 0
