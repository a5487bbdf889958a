"""Finding customers by what people type."""

import unicodedata

from django.db.models import QuerySet
from django.db.models.functions import Reverse

from customers.models import Customer
from oms.folded import Folded
from oms.search import fold, grams_of_query

SHORTEST_TAIL = 4
"""Fewer digits than this are looked for in names only."""


def standing() -> QuerySet[Customer]:
    """All customers but those who were merged into another."""
    return Customer.objects.filter(merged_into=None)


def matching(fragment: str) -> QuerySet[Customer]:
    """Customers whose name contains every word of `fragment`, or whose phone ends in its digits."""
    words = fold(fragment).split()
    digits = "".join(char for char in unicodedata.normalize("NFKC", fragment) if char.isdigit())
    is_number = digits and not any(char.isalpha() for char in fragment)
    if is_number and len(digits) >= SHORTEST_TAIL:
        by_phone = standing().annotate(tail=Reverse("phone")).filter(tail__startswith=digits[::-1])
        return Customer.objects.filter(
            pk__in=by_phone.values("pk").union(_named(words).values("pk"))
        )
    return _named(words)


def _named(words: list[str]) -> QuerySet[Customer]:
    wanted = sorted({gram for word in words for gram in grams_of_query(word)})
    if not wanted:
        return Customer.objects.none()
    found = standing().filter(search_grams__contains=wanted).annotate(folded=Folded("name"))
    for word in words:
        found = found.filter(folded__contains=word)
    return found
