"""How a parcel is split, as somebody types it; the verbs decide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inventory.forms import PiecesField
from inventory.models import Warehouse
from oms.errors import FieldError
from orders.models import Shipment, ShipmentLine

HERE = "here"


@dataclass(frozen=True, slots=True)
class Inside:
    """Pieces of one order line in a parcel."""

    order_line_id: int
    code: str
    name: str
    quantity: int


class SplitForm(forms.Form):
    """The pieces of one parcel that go: into a new one of the same warehouse, or taken from another one."""

    to = forms.ChoiceField(label=gettext_lazy("Where they go"))

    def __init__(
        self,
        shipment: Shipment,
        inside: Sequence[Inside],
        warehouses: Iterable[Warehouse],
        data: Any = None,
    ) -> None:
        # Each form of the page has names of its own on the screen; what is posted has none.
        super().__init__(data, auto_id=f"id_{shipment.pk}_%s")
        self.shipment, self.inside = shipment, inside
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        here = _("a new parcel from %s") % shipment.warehouse.name
        others = [
            (str(one.pk), _("taken from %s instead") % one.name)
            for one in warehouses
            if one.pk != shipment.warehouse_id
        ]
        to.choices = [(HERE, here), *others]
        for one in inside:
            self.fields[f"line-{one.order_line_id}"] = PiecesField(
                least=0,
                label=gettext_lazy("Pieces"),
                wrong=gettext_lazy("Write a whole number, 0 or more."),
            )
            field = self.fields[f"line-{one.order_line_id}"]
            field.label = _("%(code)s, of %(pieces)d") % {"code": one.code, "pieces": one.quantity}
            field.required = False

    @property
    def pieces(self) -> dict[int, int]:
        """Order line → pieces; nothing typed is none."""
        return {
            one.order_line_id: self.cleaned_data[f"line-{one.order_line_id}"] or 0
            for one in self.inside
        }

    @property
    def rows(self) -> list[tuple[Inside, forms.BoundField]]:
        return [(one, self[f"line-{one.order_line_id}"]) for one in self.inside]

    def show_errors(self, errors: Iterable[FieldError]) -> None:
        """Each at its field; what is wrong with the sum stands at the first line."""
        first = f"line-{self.inside[0].order_line_id}"
        for error in errors:
            field = {"warehouse": "to", "pieces": first}.get(error.field, error.field)
            self.add_error(field if field in self.fields else None, error.message)


def inside_of(lines: Iterable[ShipmentLine]) -> list[Inside]:
    """What is in a parcel, per order line."""
    found: dict[int, Inside] = {}
    for line in lines:
        one = line.order_line
        before = found.get(one.pk)
        pieces = line.quantity + (before.quantity if before else 0)
        code = one.sku.code if one.sku else ""
        found[one.pk] = Inside(one.pk, code, one.description, pieces)
    return list(found.values())
