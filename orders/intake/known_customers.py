"""Customers that a clerk may mean while typing a telephone number."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Reverse

from customers.identity import phone_key
from customers.listing import standing
from customers.models import Address, Customer, CustomerIdentity
from oms.models import User
from orders.intake.filled import Fields
from orders.models import Order

SHORTEST = 3
LONGEST = 20
MOST = 8
_PLACE = ("province", "city", "district", "street", "postcode", "country")


@dataclass(frozen=True, slots=True)
class KnownCustomer:
    """`place`: where the last order went, or the default address; its fields without `ship_`."""

    id: int
    name: str
    phone: str
    email: str
    place: Mapping[str, str]
    is_blocked: bool = False

    @property
    def line(self) -> str:
        return " ".join(self.place[part] for part in _PLACE[:4] if self.place.get(part))

    @property
    def fields(self) -> Fields:
        """What choosing this customer fills in."""
        recipient, phone = self.place.get("name", ""), self.place.get("phone", "")
        return {
            "customer_name": self.name,
            "customer_phone": self.phone,
            "customer_email": self.email,
            "ship_name": recipient if recipient != self.name else "",
            "ship_phone": phone if phone != self.phone else "",
        } | ({f"ship_{part}": self.place.get(part, "") for part in _PLACE} if self.place else {})


def suggest_customers(typed: str, user: User) -> list[KnownCustomer]:
    """At most MOST customers whose number begins or ends with the digits typed."""
    digits = _digits(typed)
    if not SHORTEST <= len(digits) <= LONGEST:
        return []
    begins = CustomerIdentity.objects.filter(key__startswith=f"phone:{digits}").order_by("key")
    ids = list(begins.values_list("customer_id", flat=True)[:MOST])
    if len(ids) < MOST:
        ends = standing().annotate(tail=Reverse("phone"))
        ends = ends.filter(tail__startswith=digits[::-1])
        ids += ends.values_list("pk", flat=True)[:MOST]
    return _known(list(dict.fromkeys(ids))[:MOST], user)


def known_customer(customer_id: int, user: User) -> KnownCustomer | None:
    return next(iter(_known([customer_id], user)), None)


def customer_of_phone(phone: str) -> int | None:
    """The id of the customer that this very number recognises."""
    key = phone_key(phone)
    found = CustomerIdentity.objects.filter(key=key).values_list("customer_id", flat=True)
    return found.first() if key else None


def _digits(typed: str) -> str:
    text = unicodedata.normalize("NFKC", typed[: 4 * LONGEST]).strip()
    digits = "".join(char for char in text if char.isascii() and char.isdigit())
    if text.startswith(("+86", "0086")):
        return digits.removeprefix("00").removeprefix("86")
    return digits


def _known(ids: list[int], user: User) -> list[KnownCustomer]:
    mine = Order.objects.visible_to(user).filter(customer=OuterRef("pk")).order_by("-pk")
    customers = standing().filter(pk__in=ids).annotate(last_order=Subquery(mine.values("pk")[:1]))
    found = {one.pk: one for one in customers}
    places = _default_places(found) | _last_places(found.values())
    return [
        KnownCustomer(pk, one.name, one.phone, one.email, places.get(pk, {}), one.is_blocked)
        for pk in ids
        if (one := found.get(pk))
    ]


def _last_places(customers: Iterable[Customer]) -> dict[int, dict[str, str]]:
    ids = [one.last_order for one in customers if one.last_order]  # type: ignore[attr-defined]
    names = [f"ship_{part}" for part in ("name", "phone", *_PLACE)]
    rows = Order.objects.filter(pk__in=ids).exclude(ship_street="").values("customer_id", *names)
    return {
        row["customer_id"]: {name.removeprefix("ship_"): row[name] for name in names}
        for row in rows
    }


def _default_places(ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """The default address comes last, so that it stays."""
    names = ("name", "phone", *_PLACE)
    rows = Address.objects.filter(customer__in=ids).order_by("is_default", "-pk")
    return {row["customer_id"]: dict(row) for row in rows.values("customer_id", *names)}
