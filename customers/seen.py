"""Who may see a whole phone number, and the note that they did."""

from django.utils import timezone

from customers.models import Customer
from oms.models import User
from oms.sql import query

# Once a day and person; afterwards this only reads.
_NOTE = """
INSERT INTO customers_contactview (customer_id, user_id, day)
SELECT c, u, d FROM (SELECT %s::bigint, %s::bigint, %s::date) AS view(c, u, d)
WHERE NOT EXISTS (SELECT 1 FROM customers_contactview WHERE customer_id = c AND day = d AND user_id = u)
ON CONFLICT DO NOTHING
"""


def may_see_contact(user: User) -> bool:
    return user.has_perm("customers.view_full_contact")


def sees_contact(user: User, customer_id: int | None) -> bool:
    """Whether `user` is shown the whole number; who is, is noted down with the customer."""
    if not may_see_contact(user):
        return False
    note_view(user, customer_id)
    return True


def note_view(user: User, customer_id: int | None) -> None:
    """Write down that `user` saw the number; an order without a customer has nobody to write it to."""
    if customer_id is None:
        return
    day = timezone.localdate(timezone=timezone.get_default_timezone())
    query(_NOTE, [customer_id, user.pk, day])


def viewed_by(customer: Customer, most: int = 10) -> list[tuple[str, object]]:
    """The newest (name, first time that day) of those who saw the number."""
    views = customer.contact_views.select_related("user").order_by("-day", "-pk")[:most]
    return [(view.user.display_name, view.first_at) for view in views]
