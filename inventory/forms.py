"""What people type about stock, turned into values; the verbs decide."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inventory.count import MAX_QUANTITY, REASONS
from inventory.ledger import LotPieces
from inventory.lots.typed import NotLots, lots_in
from inventory.models import Sku, StockBlock, Warehouse
from inventory.packs import NotAQuantity, Pack, pieces_in
from inventory.places import PLACE_LENGTH, check_place, clean_place
from oms.errors import InvalidInput

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class PiecesField(forms.IntegerField):
    """A whole number of pieces, typed freely: blanks, commas and full-width digits are fine."""

    def __init__(self, *, least: int, label: "StrPromise", wrong: "StrPromise") -> None:
        super().__init__(
            label=label,
            min_value=least,
            max_value=MAX_QUANTITY,
            widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
        )
        self.packs: Sequence[Pack] = ()

    def to_python(self, value: object) -> int | None:
        """Where the SKU comes in packs, `2 box + 3` is understood too."""
        text = str(value or "").strip()
        if text and self.packs:
            try:
                return super().to_python(str(pieces_in(text[:40], self.packs)))
            except NotAQuantity as error:
                raise forms.ValidationError(str(error)) from error
        return super().to_python(text.replace(",", "").replace("，", "").replace(" ", ""))


class WarehouseForm(forms.Form):
    """A form about one warehouse of those that the person works in."""

    warehouse = forms.TypedChoiceField(label=_("Warehouse"), coerce=int)

    def __init__(
        self,
        *args: object,
        warehouses: Sequence[Warehouse],
        packs: Sequence[Pack] = (),
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for one in self.fields.values():
            if isinstance(one, PiecesField):
                one.packs = packs
        field = self.fields["warehouse"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(warehouse.pk, warehouse.name) for warehouse in warehouses]


def lots_field(tracking: str, **kwargs: Any) -> forms.CharField:
    """The lots or serial numbers of some pieces, a line for each."""
    is_serial = tracking == Sku.Tracking.SERIAL
    return forms.CharField(
        label=_("Serial numbers") if is_serial else _("Lots"),
        help_text=_("One for each piece, in lines or with blanks between")
        if is_serial
        else _("A line for each: lot, expiry, pieces (L1 2026-12-31 40)"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
    )


class LotsForm(WarehouseForm):
    """A form about pieces; for a SKU with lots or serial numbers it has a field for them, named `lots_name`."""

    lots_name = "lots"

    def __init__(self, *args: object, sku: Sku, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.sku = sku
        self.told: tuple[LotPieces, ...] = ()
        if sku.tracking != Sku.Tracking.NONE:
            self.fields[self.lots_name] = lots_field(sku.tracking)

    def pieces(self) -> int:
        """How many pieces the lots are to be."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        if self.lots_name in self.cleaned_data and not self.errors:
            is_serial = self.sku.tracking == Sku.Tracking.SERIAL
            text = self.cleaned_data[self.lots_name]
            try:
                self.told = lots_in(text, self.pieces(), is_serial=is_serial)
            except NotLots as error:
                self.add_error(self.lots_name, str(error))
        return self.cleaned_data

    def show(self, refusal: InvalidInput) -> None:
        """Put what the verb says of the lots at their field."""
        for error in refusal.errors:
            self.add_error(self.lots_name if error.field.endswith(".lots") else None, error.message)

    @property
    def lots_box(self) -> forms.BoundField | None:
        return self[self.lots_name] if self.lots_name in self.fields else None


class ReceiveForm(LotsForm):
    quantity = PiecesField(
        least=1,
        label=_("Pieces received"),
        wrong=_("Give the pieces received: a whole number from 1"),
    )
    bin_code = forms.CharField(label=_("Bin"), max_length=PLACE_LENGTH, required=False)
    reference = forms.CharField(
        label=_("Reference"),
        help_text=_("Delivery note or purchase order"),
        max_length=80,
        required=False,
    )
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def pieces(self) -> int:
        return int(self.cleaned_data["quantity"])

    def clean_bin_code(self) -> str:
        code = clean_place(self.cleaned_data["bin_code"])
        for error in check_place(code, "bin_code"):
            raise forms.ValidationError(error.message)
        return code


class CountForm(LotsForm):
    lots_name = "lots_of_difference"

    counted = PiecesField(
        least=0,
        label=_("Pieces counted"),
        wrong=_("Give the pieces you counted: a whole number, 0 or more"),
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose a reason")), *REASONS.items()],
        error_messages={"required": _("Choose why the stock differs")},
    )
    note = forms.CharField(label=_("Note"), max_length=120, required=False)
    book = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def pieces(self) -> int:
        return abs(int(self.cleaned_data["counted"]) - int(self.cleaned_data["book"]))


class BlockForm(WarehouseForm):
    """Pieces that lie there but may not be promised."""

    pieces = PiecesField(
        least=1,
        label=_("Pieces to block"),
        wrong=_("Give the pieces to block: a whole number from 1"),
    )
    why = forms.ChoiceField(
        label=_("Why"),
        choices=[("", _("Choose a reason")), *StockBlock.Reason.choices],
        error_messages={"required": _("Choose why they may not be promised")},
    )
    remark = forms.CharField(label=_("Remark"), max_length=80, required=False)
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=80)


class BinForm(WarehouseForm):
    new_bin = forms.CharField(label=_("Bin"), max_length=PLACE_LENGTH, required=False)


class SafetyForm(forms.Form):
    level = PiecesField(
        least=0,
        label=_("Safety stock"),
        wrong=_("Give the safety stock: a whole number, 0 or more"),
    )
