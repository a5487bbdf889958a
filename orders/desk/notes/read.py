from django.utils import timezone

from oms.models import User
from orders.desk.notes.models import Mention


def mark_read(user: User, mention_id: int) -> None:
    Mention.objects.filter(user=user, pk=mention_id, read_at__isnull=True).update(
        read_at=timezone.now()
    )


def mark_all_read(user: User, *, up_to: int) -> int:
    """Mark the mentions of `user` as read up to the one of this id; returns how many it were.

    What came in after the list was shown stays unread.
    """
    unread = Mention.objects.filter(user=user, pk__lte=up_to, read_at__isnull=True)
    return unread.update(read_at=timezone.now())
