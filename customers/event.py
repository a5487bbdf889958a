"""The only writer of a customer's history, and how the page tells it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Address, Contact, Customer, CustomerEvent
from oms.models import User

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

SHOWN_EVENTS = 50
WORDS: "dict[str, StrPromise]" = {
    "edited": gettext_lazy("Changed"),
    "contact_added": gettext_lazy("Contact added"),
    "contact_changed": gettext_lazy("Contact changed"),
    "contact_removed": gettext_lazy("Contact removed"),
    "address_added": gettext_lazy("Address added"),
    "address_changed": gettext_lazy("Address changed"),
    "address_removed": gettext_lazy("Address removed"),
    "commented": gettext_lazy("Note"),
    "complained": gettext_lazy("Complaint"),
    "tagged": gettext_lazy("Tag added"),
    "untagged": gettext_lazy("Tag removed"),
    "blocked": gettext_lazy("Blocked"),
    "unblocked": gettext_lazy("Unblocked"),
    "consents_changed": gettext_lazy("Consents changed"),
    "exported": gettext_lazy("Personal data exported"),
    "erased": gettext_lazy("Personal data erased"),
    "merged_away": gettext_lazy("Merged into another customer"),
    "merged_in": gettext_lazy("Another customer merged into this one"),
    "unmerged": gettext_lazy("Merge undone"),
}
SAID = ("commented", "complained")
_MODELS = {"contact": Contact, "address": Address}


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as `parts/timeline.html` shows it."""

    at: datetime
    text: str
    kind: str
    actor: str
    detail: str
    said: str = ""  # the words of a note or a complaint


def record(  # noqa: PLR0913 - each is another part of the event
    customer_id: int,
    kind: str,
    actor: User | None,
    *,
    about: str = "",
    text: str = "",
    changes: dict[str, list[Any]] | None = None,
    values: dict[str, Any] | None = None,
) -> None:
    """Write that something happened; call it in the transaction of the act.

    `about` names the contact, address, tag or customer; `changes` maps field → [old, new]; `values` is what came or
    went; `text` is what was said.
    """
    CustomerEvent.objects.create(
        customer_id=customer_id,
        kind=kind,
        actor=actor,
        actor_name=actor.display_name[:80] if actor else "",
        data={"about": about, "changes": changes or {}, "values": values or {}}
        | ({"text": text} if text else {}),
    )


def event_rows() -> ArraySubquery:
    """An annotation for customers: the newest events, to be read by `timeline`."""
    events = CustomerEvent.objects.filter(customer=OuterRef("pk")).order_by("-pk")
    columns = {name: F(name) for name in ("kind", "actor_name", "data", "created_at")}
    return ArraySubquery(events.values(row=JSONObject(**columns))[:SHOWN_EVENTS])


def timeline(customer: Customer) -> list[Happening]:
    """What happened to a customer that carries `event_rows`, newest first."""
    rows: list[dict[str, Any]] = customer.event_rows  # type: ignore[attr-defined]
    return [
        Happening(
            at=datetime.fromisoformat(row["created_at"]),
            text=str(WORDS.get(row["kind"], row["kind"])),
            kind="person" if row["actor_name"] else "system",
            actor=row["actor_name"],
            detail=" · ".join(_details(row["kind"], row["data"])),
            said=row["data"].get("text", "") if row["kind"] in SAID else "",
        )
        for row in rows
    ]


def _details(kind: str, data: dict[str, Any]) -> list[str]:
    model = _MODELS.get(kind.split("_", maxsplit=1)[0], Customer)
    found = [data["about"]] if data["about"] else []
    if kind not in SAID and data.get("text"):
        found.append(data["text"])
    for name, (old, new) in data["changes"].items():
        label = getattr(model._meta.get_field(name), "verbose_name", name)
        found.append(
            _("%(field)s: %(old)s → %(new)s")
            % {"field": label, "old": _shown(old), "new": _shown(new)}
        )
    return found


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = ", ".join(value) if isinstance(value, list) else value
    return text or "–"
