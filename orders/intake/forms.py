"""The clerk's form of a new order: strings become a draft, and the draft's errors find their fields."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from oms.errors import FieldError
from oms.models import Channel
from oms.once import new_form_key
from orders.desk.fields import MomentField, NumberField, PhoneField, PiecesField, TextField
from orders.desk.methods import METHODS
from orders.intake.copied import head_of, rows_of
from orders.intake.draft import (
    ZERO,
    CustomerDraft,
    LineDraft,
    OrderDraft,
    PaymentDraft,
    ShipTo,
)
from orders.intake.filled import Fields
from orders.intake.times import quantity_and_sku
from orders.models import Order

ROWS = 5
HOLD_HOURS = 24
MAX_ROWS = 200

# Where a draft's field stands in the form, when its name is not the same.
_FIELD_OF = {
    "customer.name": "customer_name",
    "customer.phone": "customer_phone",
    "customer.email": "customer_email",
    "payment.method": "payment_method",
    "payment.amount": "payment_amount",
    "payment.reference": "payment_reference",
    "currency": "channel",
} | {
    f"ship_to.{part}": f"ship_{part}"
    for part in (
        "name", "phone", "country", "province", "city", "district", "street", "postcode",
    )
}  # fmt: skip


class NewOrderForm(forms.Form):
    """Everything of an order but its lines. `form_key` makes a second click land on the first order."""

    channel = forms.ChoiceField(label=_("Channel"))
    external_no = TextField(_("Platform no."), hint=_("The shop's own order number"))
    customer_phone = PhoneField(_("Phone"), hint=_("Finds a known customer again"))
    customer_name = TextField(_("Customer"), required=_("Give the name of the customer"))
    customer_email = TextField(_("Email"), inputmode="email")
    pasted = TextField(
        _("Paste a whole address"),
        hint=_("Name, phone and address in any order; each part goes to its field"),
        widget=forms.Textarea({"rows": 2, "autocomplete": "off"}),
    )
    ship_name = TextField(_("Recipient"), hint=_("When it is somebody else"))
    ship_phone = PhoneField(_("Recipient’s phone"), hint=_("When it is another number"))
    ship_country = TextField(_("Country"), hint=_("Two letters, for example CN"))
    ship_province = TextField(_("Province or state"))
    ship_city = TextField(_("City"))
    ship_district = TextField(_("District"))
    ship_street = TextField(_("Street, building, room"))
    ship_postcode = TextField(_("Postcode"))
    shipping_fee = NumberField(_("Shipping fee"))
    discount = NumberField(_("Discount on the order"))
    payment_method = forms.ChoiceField(label=_("Paid by"), required=False)
    payment_amount = NumberField(_("Amount paid"))
    payment_reference = TextField(_("Reference"), hint=_("Number of the transfer or receipt"))
    promised_at = MomentField(
        _("Promised by"), hint=_("For example 2026-11-28; left empty, what the channel promises")
    )
    note = TextField(_("Note"), widget=forms.Textarea({"rows": 3}))
    ship_complete = forms.BooleanField(
        label=_("Ship only when complete"),
        help_text=_("Otherwise what is in stock is sent first"),
        required=False,
    )
    hold = forms.BooleanField(
        label=_("Reserve for 24 hours"),
        help_text=_("What is free is kept for this order while it waits"),
        required=False,
    )
    form_key = forms.CharField(
        widget=forms.HiddenInput,
        max_length=80,
        error_messages={"required": _("Open this form again: it lacks the key it was sent with")},
    )

    def __init__(self, *args: Any, channels: Sequence[Channel], **options: Any) -> None:
        super().__init__(*args, **options)
        self._choices("channel", [(channel.code, channel.name) for channel in channels])
        self._choices("payment_method", [("", _("Not paid yet")), *METHODS.items()])

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_promised_at(self) -> datetime | None:
        moment: datetime | None = self.cleaned_data["promised_at"]
        if moment and moment < now():
            raise forms.ValidationError(_("Promise a time that is still to come."))
        return moment

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("payment_method") and values.get("payment_amount") is None:
            if "payment_amount" not in self.errors:
                self.add_error("payment_amount", _("Give the amount paid"))
        elif values.get("payment_amount") is not None and not values.get("payment_method"):
            self.add_error("payment_method", _("Say how it was paid"))
        return values


class LineForm(forms.Form):
    """One line; a row with nothing typed in it is none."""

    sku = TextField(_("SKU"), list="sku-options", autocapitalize="characters", spellcheck="false")
    quantity = PiecesField(_("Quantity"))
    unit_price = NumberField(_("Unit price"))
    discount = NumberField(_("Discount"))

    def clean(self) -> dict[str, Any]:
        """`3*A-01` is three pieces of A-01."""
        values = super().clean() or {}
        times, sku = quantity_and_sku(values.get("sku") or "")
        if times is None:
            return values
        typed = values.get("quantity")
        if typed is not None and typed != times:
            self.add_error("quantity", _("The SKU field says %d. Give the quantity once") % times)
        return values | {"sku": sku, "quantity": times}

    @property
    def is_blank(self) -> bool:
        return not any(str(self[name].value() or "").strip() for name in self.fields)


class LineFormSet(forms.BaseFormSet):
    """The rows of lines; rows left blank are passed over."""

    def written(self) -> list[tuple[int, LineForm]]:
        """The rows with something in them, with their places."""
        return [(place, form) for place, form in enumerate(self.forms) if not form.is_blank]


_Lines = forms.formset_factory(
    LineForm, formset=LineFormSet, extra=ROWS, max_num=MAX_ROWS, absolute_max=MAX_ROWS
)


def lines_form(
    typed: QueryDict | None = None, *, initial: Sequence[Mapping[str, Any]] | None = None
) -> LineFormSet:
    """The rows as typed, or blank ones after those of `initial`."""
    return cast(LineFormSet, _Lines(typed, prefix="lines", initial=initial))


def blank_forms(channels: Sequence[Channel]) -> tuple[NewOrderForm, LineFormSet]:
    """The form as it first opens."""
    return NewOrderForm(initial=_blank(), channels=channels), lines_form()


def _blank() -> dict[str, Any]:
    return {"ship_country": "CN", "ship_complete": True, "form_key": new_form_key()}


def copied_forms(
    order: Order, channels: Sequence[Channel], *, may_see_customer: bool
) -> tuple[NewOrderForm, LineFormSet]:
    """The form filled with what `order` says; a key of its own makes it another order."""
    head = head_of(order, channels, may_see_customer=may_see_customer)
    form = NewOrderForm(initial=_blank() | head, channels=channels)
    return form, lines_form(initial=rows_of(order, MAX_ROWS))


def filled_forms(fields: Fields, channels: Sequence[Channel]) -> tuple[NewOrderForm, LineFormSet]:
    """The form as it first opens, with `fields` filled in."""
    return NewOrderForm(initial=_blank() | fields, channels=channels), lines_form()


def with_more_rows(
    typed: QueryDict, channels: Sequence[Channel]
) -> tuple[NewOrderForm, LineFormSet]:
    """The form as typed, unjudged, with as many blank rows again as it first had."""
    form = NewOrderForm(initial=typed.dict(), channels=channels)
    return form, lines_form(initial=typed_rows(typed))


def filled_in(
    typed: QueryDict, channels: Sequence[Channel], fields: Fields
) -> tuple[NewOrderForm, LineFormSet]:
    """The form as typed, unjudged, with `fields` filled in."""
    rows = typed_rows(typed)
    while rows and not any(rows[-1].values()):
        rows.pop()
    form = NewOrderForm(initial=typed.dict() | fields, channels=channels)
    return form, lines_form(initial=rows)


def typed_rows(typed: QueryDict) -> list[dict[str, str]]:
    """What stands in the rows, unjudged."""
    return [
        {name: typed.get(f"lines-{place}-{name}", "") for name in LineForm.base_fields}
        for place in range(_row_count(typed))
    ]


def _row_count(typed: QueryDict) -> int:
    text = typed.get("lines-TOTAL_FORMS", "")
    rows = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else ROWS  # noqa: PLR2004
    return min(rows, MAX_ROWS)


def draft_of(form: NewOrderForm, lines: LineFormSet) -> OrderDraft:
    """The draft that valid forms describe."""
    values = form.cleaned_data
    method = values["payment_method"]
    payment = PaymentDraft(method, values["payment_amount"], values["payment_reference"])
    return OrderDraft(
        channel=values["channel"],
        external_no=values["external_no"],
        customer=CustomerDraft(
            values["customer_name"], values["customer_phone"], values["customer_email"]
        ),
        ship_to=_ship_to(values),
        lines=[line_of(row.cleaned_data) for _place, row in lines.written()],
        shipping_fee=values["shipping_fee"] or ZERO,
        discount=values["discount"] or ZERO,
        payment=payment if method else None,
        note=values["note"].replace("\r\n", "\n"),
        ship_complete=values["ship_complete"],
        promised_at=values["promised_at"],
        hold_hours=HOLD_HOURS if values["hold"] else 0,
    )


def _ship_to(values: Mapping[str, Any]) -> ShipTo:
    """Goods go to the customer when no other recipient is given."""
    return ShipTo(
        name=values["ship_name"] or values["customer_name"],
        phone=values["ship_phone"] or values["customer_phone"],
        country=values["ship_country"].upper(),
        province=values["ship_province"],
        city=values["ship_city"],
        district=values["ship_district"],
        street=values["ship_street"],
        postcode=values["ship_postcode"],
    )


def line_of(values: Mapping[str, Any]) -> LineDraft:
    return LineDraft(
        sku=values["sku"],
        quantity=1 if values["quantity"] is None else values["quantity"],
        unit_price=values["unit_price"],
        discount=values["discount"] or ZERO,
    )


def show_errors(errors: Sequence[FieldError], form: NewOrderForm, lines: LineFormSet) -> None:
    """Put each error of the draft at the field where its value was typed."""
    rows = [row for _place, row in lines.written()]
    for error in errors:
        place, _bracket, name = error.field.removeprefix("lines[").partition("].")
        if error.field.startswith("lines[") and place.isdigit() and int(place) < len(rows):
            rows[int(place)].add_error(
                name if name in LineForm.base_fields else None, error.message
            )
        else:
            field = _FIELD_OF.get(error.field, error.field)
            if field in ("ship_name", "ship_phone") and not form.cleaned_data.get(field):
                continue  # the customer's own, complained about there
            form.add_error(field if field in form.fields else None, error.message)
