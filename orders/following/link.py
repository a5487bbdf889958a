"""The links by which customers follow their orders: 256 random bits, kept as a hash, sealed for sending again."""

import hashlib
import secrets
from collections.abc import Iterable

from django.conf import settings

from orders.following.models import FollowLink


def links_of(order_ids: Iterable[int]) -> dict[int, str]:
    """The address of each order's page for its customer; one is made where there is none."""
    wanted = set(order_ids)
    found = _open_links(wanted)
    fresh = [_fresh(order_id) for order_id in sorted(wanted - found.keys())]
    if fresh:
        # Somebody else may make the same link at the same moment: theirs counts as well as ours.
        FollowLink.objects.bulk_create(fresh, ignore_conflicts=True)
        found |= _open_links(wanted - found.keys())
    return {order_id: f"{settings.PUBLIC_URL}/t/{token}/" for order_id, token in found.items()}


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _fresh(order_id: int) -> FollowLink:
    token = secrets.token_urlsafe(32)
    return FollowLink(order_id=order_id, token=token, token_hash=hash_of(token))


def _open_links(order_ids: Iterable[int]) -> dict[int, str]:
    rows = FollowLink.objects.filter(order__in=list(order_ids), revoked_at=None)
    return dict(rows.values_list("order_id", "token"))
