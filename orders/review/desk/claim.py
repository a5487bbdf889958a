"""Who is looking at which order of the queue. A claim warns colleagues; it never keeps anybody from deciding."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from oms.models import User
from oms.sql import query
from orders.models.order import OrderQuerySet
from orders.review.models import ReviewClaim
from orders.transition import record

LASTS = timedelta(minutes=5)
_TRIES = 20

# Of two who come at once the second waits for the first, then finds the claim taken: the WHERE keeps them apart.
_CLAIM = """
INSERT INTO orders_reviewclaim AS c (order_id, user_id, expires_at)
VALUES (%(order)s, %(user)s, clock_timestamp() + %(lasts)s)
ON CONFLICT (order_id) DO UPDATE SET
  user_id = excluded.user_id, expires_at = excluded.expires_at,
  claimed_at = CASE WHEN c.user_id = excluded.user_id THEN c.claimed_at ELSE now() END
WHERE c.user_id = excluded.user_id OR c.expires_at <= clock_timestamp()
RETURNING order_id
"""
_TAKE = """
WITH was AS MATERIALIZED (
  SELECT order_id, user_id FROM orders_reviewclaim
  WHERE order_id = %(order)s AND expires_at > clock_timestamp() FOR UPDATE
), now_mine AS (
  INSERT INTO orders_reviewclaim AS c (order_id, user_id, expires_at)
  VALUES (%(order)s, %(user)s, clock_timestamp() + %(lasts)s)
  ON CONFLICT (order_id) DO UPDATE
  SET user_id = excluded.user_id, expires_at = excluded.expires_at, claimed_at = now()
)
SELECT user_id FROM was WHERE user_id <> %(user)s
"""
_LET_GO = "DELETE FROM orders_reviewclaim WHERE user_id = %s AND order_id <> %s"


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody else who is looking at an order, and since when."""

    user_id: int
    name: str
    since: datetime


def claim_order(order_id: int, user: User) -> bool:
    """Make the order the one that `user` looks at, or renew that; False when somebody else does already.

    Outside a transaction each step is its own, so that two who change places never wait for each other.
    """
    mine = query(_CLAIM, _params(order_id, user))
    if mine:
        query(_LET_GO, [user.pk, order_id])
    return bool(mine)


def claim_first(orders: OrderQuerySet, user: User) -> int | None:
    """Claim the first of `orders` (in their order) that nobody else looks at; None when there is none."""
    for _try in range(_TRIES):
        order_id = _first_free(orders, user)
        if order_id is None or claim_order(order_id, user):
            return order_id
    return None


def _first_free(orders: OrderQuerySet, user: User) -> int | None:
    others = live_claims().filter(order=OuterRef("pk")).exclude(user=user)
    return orders.filter(~Exists(others)).values_list("pk", flat=True).first()


def take_over(order_id: int, *, actor: User) -> None:
    """Look at the order instead of whoever did; the timeline says so."""
    with transaction.atomic():
        was = query(_TAKE, _params(order_id, actor))
        if was:
            names = [User.objects.get(pk=was[0][0]).display_name, actor.display_name]
            record([order_id], kind="review_taken_over", actor=actor, data={"owner": names})
    query(_LET_GO, [actor.pk, order_id])


def let_go(order_id: int) -> None:
    """The order is decided: nobody looks at it any more."""
    ReviewClaim.objects.filter(order=order_id).delete()


def live_claims() -> QuerySet[ReviewClaim]:
    return ReviewClaim.objects.filter(expires_at__gt=Now())


def holders_among(order_ids: Iterable[int], user: User) -> dict[int, Holder]:
    """Who else looks at these orders. One query."""
    claims = live_claims().filter(order__in=list(order_ids)).exclude(user=user)
    return {
        claim.order_id: Holder(claim.user_id, claim.user.display_name, claim.claimed_at)
        for claim in claims.select_related("user")
    }


def _params(order_id: int, user: User) -> dict[str, object]:
    return {"order": order_id, "user": user.pk, "lasts": LASTS}
