"""What people type about purchases, turned into values; the verbs decide."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inventory.catalogue import clean_code
from inventory.forms import PiecesField, WarehouseForm, lots_field
from inventory.ledger import LotPieces
from inventory.lots.typed import NotLots, lots_in
from inventory.models import PurchaseLine, PurchaseOrder, Sku, Warehouse
from inventory.places import PLACE_LENGTH
from inventory.purchasing.edit import LineDraft, OrderDraft
from inventory.purchasing.make import MOST_LINES, Wanted
from inventory.purchasing.receive import Delivered, Delivery
from inventory.purchasing.snooze import DAYS
from oms.ids import id_in
from oms.once import new_form_key

if TYPE_CHECKING:
    from django.http import QueryDict
    from django_stubs_ext import StrPromise

_ORDERED = _("Give the pieces to order: a whole number from 1")
_CAME = _("Give the pieces that came: a whole number, 0 or more")
BIGGEST_ID = 2**62
_OF_LINE = re.compile(r"lines\[(\d+)\]\.(\w+)")


class PriceField(forms.DecimalField):
    """An amount of money or a rate, typed freely; empty is None."""

    def __init__(self, label: "StrPromise", *, wrong: "StrPromise", places: int = 4) -> None:
        super().__init__(
            label=label,
            required=False,
            min_value=Decimal(0),
            max_digits=10 + places,
            decimal_places=places,
            widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
            error_messages=dict.fromkeys(
                ("invalid", "min_value", "max_digits", "max_decimal_places", "max_whole_digits"),
                wrong,
            ),
        )

    def to_python(self, value: Any) -> Any:
        return super().to_python(re.sub(r"[,，\s¥$]", "", str(value or "")))


class DayField(forms.Field):
    """A day: 2026-12-03, 2026/12/3, 2026年12月3日; empty is None."""

    def __init__(self, label: "StrPromise") -> None:
        widget = forms.TextInput({"autocomplete": "off", "placeholder": "2026-12-03"})
        super().__init__(label=label, required=False, widget=widget)

    def to_python(self, value: Any) -> date | None:
        text = re.sub(r"[/.年月]", "-", str(value or "").strip().replace("日", ""))
        if not text:
            return None
        try:
            day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            raise forms.ValidationError(_("Give a day, for example 2026-12-03")) from None
        if not 2000 <= day.year < 2200:  # noqa: PLR2004 - as everywhere
            raise forms.ValidationError(_("Give a year between 2000 and 2199"))
        return day

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


class ChoiceForm(forms.Form):
    """SKUs that somebody ticked, each with the pieces to order; `mark` says what was ordered when the page was made."""

    mark = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=BIGGEST_ID)

    def __init__(self, data: "QueryDict") -> None:
        super().__init__(data)
        ids = (id_in(text) for text in data.getlist("pick"))
        self.sku_ids = list(dict.fromkeys(pk for pk in ids if pk))[: MOST_LINES + 1]
        for pk in self.sku_ids:
            field = PiecesField(least=1, label=_("Pieces"), wrong=_ORDERED)
            self.fields[f"quantity-{pk}"] = field

    def clean(self) -> dict[str, Any]:
        if not self.sku_ids:
            raise forms.ValidationError(_("Tick what is to be ordered first."))
        return self.cleaned_data

    @property
    def wanted(self) -> list[Wanted]:
        return [Wanted(pk, self.cleaned_data[f"quantity-{pk}"]) for pk in self.sku_ids]

    def typed(self, sku_id: int) -> str | None:
        """What stands in the field of a SKU; None where nobody ticked it."""
        return self.data.get(f"quantity-{sku_id}") if sku_id in self.sku_ids else None


class MakeForm(ChoiceForm):
    """The preview, confirmed: where the goods are to go."""

    form_key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    warehouse = forms.TypedChoiceField(label=_("Deliver to"), coerce=int)

    def __init__(self, data: "QueryDict", warehouses: Iterable[Warehouse]) -> None:
        super().__init__(data)
        field = self.fields["warehouse"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(one.pk, one.name) for one in warehouses]


class SnoozeForm(forms.Form):
    """How long SKUs are not to be suggested, and why."""

    days = forms.TypedChoiceField(
        label=_("Days"), coerce=int, choices=[(days, str(days)) for days in DAYS]
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        error_messages={"required": _("Say why, in a few words.")},
    )


class ReasonForm(forms.Form):
    """Why a purchase order ends."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        error_messages={"required": _("Say why, in a few words.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class DraftForm(WarehouseForm):
    """A purchase order while it is written: its head, three fields per line, and those of a line to be added."""

    expected_on = DayField(_("Expected on"))
    rate = PriceField(_("Exchange rate"), wrong=_("Give an exchange rate above 0"), places=8)
    note = forms.CharField(label=_("Note to the supplier"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    new_code = forms.CharField(label=_("SKU"), max_length=64, required=False)

    def __init__(
        self,
        order: PurchaseOrder,
        lines: Iterable[PurchaseLine],
        data: "QueryDict | None" = None,
        *,
        warehouses: list[Warehouse],
    ) -> None:
        self.lines = list(lines)
        names = ("expected_on", "note", "version")
        initial = {name: getattr(order, name) for name in names}
        initial |= {"rate": _plain(order.rate), "warehouse": order.warehouse_id}
        for line in self.lines:
            initial |= {
                f"ordered-{line.pk}": line.ordered,
                f"price-{line.pk}": _plain(line.price),
                f"expected_on-{line.pk}": line.expected_on,
            }
        super().__init__(data, initial=initial, warehouses=warehouses)
        for key in (*(line.pk for line in self.lines), "new"):
            pieces = PiecesField(least=0, label=_("Ordered"), wrong=_ORDERED)
            pieces.required = key != "new"
            self.fields[f"ordered-{key}"] = pieces
            wrong = _("Give a price of 0 or more")
            self.fields[f"price-{key}"] = PriceField(_("Price"), wrong=wrong)
            self.fields[f"expected_on-{key}"] = DayField(_("Expected on"))

    def clean_new_code(self) -> str:
        return clean_code(self.cleaned_data["new_code"])

    @property
    def rows(self) -> list[tuple[PurchaseLine, list[Any]]]:
        """Each line with its fields."""
        names = ("ordered", "price", "expected_on")
        return [(line, [self[f"{name}-{line.pk}"] for name in names]) for line in self.lines]

    @property
    def new_row(self) -> list[Any]:
        return [self[f"{name}-new"] for name in ("ordered", "price", "expected_on")]

    @property
    def draft(self) -> OrderDraft:
        lines = [self._drafted(line.pk, line.pk) for line in self.lines]
        values = self.cleaned_data
        if values["new_code"]:
            lines.append(self._drafted(None, "new", values["new_code"]))
        return OrderDraft(
            values["warehouse"], values["expected_on"], values["rate"], values["note"], lines
        )

    def _drafted(self, line_id: int | None, key: object, code: str = "") -> LineDraft:
        names = ("ordered", "price", "expected_on")
        pieces, price, day = (self.cleaned_data[f"{name}-{key}"] for name in names)
        return LineDraft(line_id, pieces or 0, price, day, code)

    def show(self, field: str, message: str) -> None:
        """Put what the verb says (`lines[0].ordered`) at the field it is about."""
        found = _OF_LINE.fullmatch(field)
        if found:
            at = int(found[1])
            key: object = self.lines[at].pk if at < len(self.lines) else "new"
            field = "new_code" if found[2] == "code" else f"{found[2]}-{key}"
        self.add_error(field if field in self.fields else None, message)


def _plain(value: Decimal | None) -> str:
    """As one would type it."""
    return "" if value is None else f"{value.normalize():f}"


class DeliveryForm(forms.Form):
    """What came with a delivery: two figures and a bin per line, what is still open to begin with."""

    reference = forms.CharField(label=_("Delivery note"), max_length=60, required=False)
    reason = forms.CharField(
        label=_("Why more is taken"),
        help_text=_("Only when more came than was ordered"),
        max_length=200,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def __init__(
        self, order: PurchaseOrder, lines: Iterable[PurchaseLine], data: "QueryDict | None" = None
    ) -> None:
        first = {"version": order.version, "form_key": new_form_key()}
        super().__init__(data, initial=first)
        self.lines = list(lines)
        for line in self.lines:
            named = (("good", _("Good"), line.open), ("damaged", _("Damaged"), 0))
            for name, label, initial in named:
                field = PiecesField(least=0, label=label, wrong=_CAME)
                field.initial = initial
                self.fields[f"{name}-{line.pk}"] = field
            bin_code = forms.CharField(label=_("Bin"), max_length=PLACE_LENGTH, required=False)
            self.fields[f"bin-{line.pk}"] = bin_code
            if line.sku.tracking != Sku.Tracking.NONE:
                self.fields[f"lots-{line.pk}"] = lots_field(line.sku.tracking)
        self.told: dict[int, tuple[LotPieces, ...]] = {}

    def clean(self) -> dict[str, Any]:
        for line in self.lines if not self.errors else ():
            pieces = sum(self.cleaned_data[f"{name}-{line.pk}"] for name in ("good", "damaged"))
            text = self.cleaned_data.get(f"lots-{line.pk}", "")
            is_serial = line.sku.tracking == Sku.Tracking.SERIAL
            try:
                self.told[line.pk] = lots_in(text, pieces, is_serial=is_serial)
            except NotLots as error:
                self.add_error(f"lots-{line.pk}", str(error))
        return self.cleaned_data

    @property
    def rows(self) -> list[tuple[PurchaseLine, list[Any], Any]]:
        """Each line with its fields; the last is that of its lots, None where it has none."""
        names = ("good", "damaged", "bin")
        return [
            (
                line,
                [self[f"{name}-{line.pk}"] for name in names],
                self[f"lots-{line.pk}"] if f"lots-{line.pk}" in self.fields else None,
            )
            for line in self.lines
        ]

    @property
    def delivery(self) -> Delivery:
        values = self.cleaned_data
        lines = [
            Delivered(
                line.pk,
                values[f"good-{line.pk}"],
                values[f"damaged-{line.pk}"],
                values[f"bin-{line.pk}"],
                self.told.get(line.pk, ()),
            )
            for line in self.lines
        ]
        return Delivery(lines, values["reference"], values["reason"])

    def show(self, field: str, message: str) -> None:
        """Put what the verb says (`lines[0].good`) at the field it is about."""
        found = _OF_LINE.fullmatch(field)
        name = f"{found[2]}-{self.lines[int(found[1])].pk}" if found else field
        self.add_error(name if name in self.fields else None, message)
