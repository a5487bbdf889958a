"""How many pieces are taken from whom, as somebody types it; the verbs decide."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inventory.forms import PiecesField
from oms.errors import FieldError
from orders.allocation.holders import Holding, Shortage


class GiftForm(forms.Form):
    """A field for each reservation that could be given; it begins with what is proposed."""

    def __init__(self, shortages: Sequence[Shortage], data: Any = None) -> None:
        super().__init__(data)
        self.shortages = shortages
        for one in self._holdings():
            field = PiecesField(
                least=0,
                label=gettext_lazy("Pieces"),
                wrong=gettext_lazy("Write a whole number, 0 or more."),
            )
            field.label = _("Pieces of %s") % one.number
            field.required = False
            field.initial = one.proposed or ""
            self.fields[f"take-{one.reservation_id}"] = field

    def _holdings(self) -> list[Holding]:
        return [one for shortage in self.shortages for one in shortage.holdings]

    @property
    def pieces(self) -> dict[int, int]:
        """Reservation → pieces, those that were asked for."""
        found = {
            one.reservation_id: self.cleaned_data.get(f"take-{one.reservation_id}") or 0
            for one in self._holdings()
        }
        return {pk: pieces for pk, pieces in found.items() if pieces}

    @property
    def groups(self) -> list[tuple[Shortage, list[tuple[Holding, forms.BoundField]]]]:
        return [
            (shortage, [(one, self[f"take-{one.reservation_id}"]) for one in shortage.holdings])
            for shortage in self.shortages
        ]

    def show_errors(self, errors: Iterable[FieldError]) -> None:
        """Each at its field; what is wrong with the sum, or with what is not shown any more, above them."""
        for error in errors:
            self.add_error(error.field if error.field in self.fields else None, error.message)
