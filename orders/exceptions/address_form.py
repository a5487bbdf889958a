"""The address of an order as the fix panel asks for it, and what two people typed into it at once."""

from dataclasses import dataclass
from typing import Any

from oms.errors import Stale
from orders.amend.forms import HeadForm
from orders.desk.history import field_words
from orders.models import Order

PART = "address"


class AddressForm(HeadForm):
    """The fields of the address alone; as in the order's own form only what somebody touched is saved."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, part=PART, **options)

    @classmethod
    def of(cls, order: Order) -> "AddressForm":
        """The form filled with what stands in the order now."""
        form = cls()
        form.initial = {name: getattr(order, name) for name in (*form.content, "version")}
        return form

    def again_on(self, order: Order) -> "AddressForm":
        """What was typed, on top of what stands in the order now."""
        touched = set(self.changed_data)
        data = {"version": str(order.version)}
        for name in self.content:
            stands = getattr(order, name)
            data[f"initial-{name}"] = stands
            data[name] = self.data.get(name, "") if name in touched else stands
        return AddressForm(data)


@dataclass(frozen=True, slots=True)
class Clash:
    """A field as one person typed it and as it stands now."""

    label: str
    yours: str
    theirs: str


def clashes_of(stale: Stale) -> list[Clash]:
    return [
        Clash(field_words(name), str(yours), str(stale.theirs[name]))
        for name, yours in stale.yours.items()
    ]
