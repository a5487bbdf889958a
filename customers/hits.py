from django.urls import reverse

from customers.listing import matching
from oms.display import masked_phone
from oms.finding import MOST_OF_A_KIND, Hit
from oms.models import User


def customer_hits(_user: User, text: str) -> list[Hit]:
    """Customers by a piece of the name or the tail of the phone; the newest first."""
    found = matching(text).only("name", "phone").order_by("-pk")[:MOST_OF_A_KIND]
    return [
        Hit(one.name, masked_phone(one.phone), reverse("customers:page", args=[one.pk]))
        for one in found
    ]
