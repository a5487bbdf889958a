"""What somebody says of places whose counters drifted: which to set right, with what they saw, and why."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from inventory.ledger import Drift, Repair
from oms.ids import id_in

LEDGER, COUNT = "ledger", "count"


class RepairForm(forms.Form):
    """The places themselves are rows of the page: `place` (ticked), `seen-<id>` and `on_hand-<id>`."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("It is kept with the repair, for whoever asks later."),
        error_messages={"required": _("Reason: write why these counters are set right.")},
    )


def seen_text(drift: Drift) -> str:
    """The figures as the form carries them."""
    return ",".join(map(str, drift.figures))


def repairs_in(posted: QueryDict) -> list[Repair]:
    """What was ticked. Figures that cannot be read fit no place, so that the repair is refused as outdated."""
    ids = [pk for pk in map(id_in, posted.getlist("place")) if pk]
    return [
        Repair(pk, _figures(posted.get(f"seen-{pk}", "")), posted.get(f"on_hand-{pk}") == LEDGER)
        for pk in dict.fromkeys(ids)
    ]


def _figures(text: str) -> tuple[int, ...]:
    try:
        return tuple(map(int, text.split(",")))
    except ValueError:
        return ()


def ids_of(repairs: Sequence[Repair]) -> list[int]:
    return [one.stock_id for one in repairs]
