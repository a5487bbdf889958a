"""What is typed on the board: carrier and waybill of each parcel."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _


class WaybillForm(forms.Form):
    """Carrier and waybill of one parcel; the fields of parcel 7 are `carrier-7` and `waybill-7`."""

    carrier = forms.CharField(label=_("Carrier"), max_length=40, required=False)
    waybill = forms.RegexField(
        r"^[\w .\-/]*\Z",
        label=_("Waybill no."),
        max_length=64,
        required=False,
        strip=True,
        error_messages={"invalid": _("Use letters, digits, blanks, dots, hyphens and slashes")},
    )


def waybills_of(
    typed: QueryDict, shipment_ids: list[int]
) -> tuple[dict[int, tuple[str, str]], list[str]]:
    """(carrier, waybill) of each parcel, and what is wrong with them.

    A parcel without a carrier of its own gets the one typed for all of them.
    """
    common = typed.get("carrier", "").strip()
    found, errors = {}, []
    for shipment_id in shipment_ids:
        form = WaybillForm(
            {
                "carrier": typed.get(f"carrier-{shipment_id}", "").strip() or common,
                "waybill": typed.get(f"waybill-{shipment_id}", ""),
            }
        )
        if form.is_valid():
            found[shipment_id] = (
                form.cleaned_data["carrier"],
                form.cleaned_data["waybill"].upper(),
            )
        else:
            errors += [
                _("%(field)s “%(value)s”: %(error)s")
                % {
                    "field": form.fields[name].label,
                    "value": form.data[name][:80],
                    "error": " ".join(map(str, words)),
                }
                for name, words in form.errors.items()
            ]
    return found, errors
