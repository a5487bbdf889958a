"""What is typed about counting, turned into values; the verbs decide."""

from collections.abc import Iterable
from decimal import Decimal

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from inventory.count import REASONS
from inventory.counting.choose import CHOICES, Choice
from inventory.counting.enter import Entry
from inventory.counting.hand_out import SECOND_ABOVE
from inventory.forms import WarehouseForm
from inventory.listing import TABS
from oms.ids import id_in

NOT_A_NUMBER = -1
_TAB_CHOICES = [(name, label) for name, label in TABS.items() if name != "all"]


class SheetForm(WarehouseForm):
    """Which places, and how they are counted. What the choice needs stands in `bin_from`, `tab`, `days` or `rank`."""

    by = forms.ChoiceField(
        label=_("What to count"),
        choices=[(name, label) for name, label in CHOICES.items() if name != "ticked"],
        widget=forms.RadioSelect,
        initial="bins",
    )
    bin_from = forms.CharField(label=_("First bin"), max_length=20, required=False)
    bin_until = forms.CharField(label=_("Last bin"), max_length=20, required=False)
    tab = forms.ChoiceField(label=_("Tab"), choices=_TAB_CHOICES, required=False)
    days = forms.CharField(label=_("Days"), max_length=5, initial="90", required=False)
    rank = forms.ChoiceField(
        label=_("Class"), choices=[(one, one) for one in "ABC"], required=False
    )
    is_blind = forms.BooleanField(
        label=_("Blind: the sheet does not show what the book says"), required=False
    )
    second_above = forms.DecimalField(
        label=_("A second person posts differences above"),
        help_text=_("In the currency of the SKU; leave it blank for no limit"),
        initial=SECOND_ABOVE,
        min_value=Decimal(0),
        max_digits=14,
        decimal_places=2,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_digits", "max_decimal_places", "max_whole_digits"),
            _("Give an amount, 0 or more, or leave it blank"),
        ),
    )
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def choice(self) -> Choice:
        """The valid form as the verb wants it."""
        values = self.cleaned_data
        by = values["by"]
        if by == "bins":
            return Choice(by, values["bin_from"], values["bin_until"])
        return Choice(by, values[{"tab": "tab", "class": "rank", "uncounted": "days"}[by]])


FIELD_OF_CHOICE = {"bins": "bin_from", "tab": "tab", "class": "rank", "uncounted": "days"}
"""Where an error about what was chosen is shown."""


class TickedForm(WarehouseForm):
    """A sheet of places that were ticked in the list."""

    is_blind = SheetForm.base_fields["is_blind"]
    second_above = SheetForm.base_fields["second_above"]
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=80)


class PostForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=list(REASONS.items()),
        initial="count",
        error_messages={"required": _("Choose why the stock differs")},
    )
    note = forms.CharField(label=_("Note"), max_length=100, required=False)

    def words(self) -> str:
        """The reason as a movement keeps it."""
        values = self.cleaned_data
        return ": ".join(filter(None, (values["reason"], values["note"])))


def entries_in(post: QueryDict, line_ids: Iterable[int]) -> list[Entry]:
    """What is typed at each line (`counted-<id>`), and what stood there when the page was shown (`was-<id>`)."""
    found = []
    for pk in line_ids:
        if f"counted-{pk}" in post:
            counted, was = (_pieces(post.get(f"{name}-{pk}", "")) for name in ("counted", "was"))
            found.append(Entry(pk, counted, was))
    return found


def _pieces(text: str) -> int | None:
    digits = "".join(text.split()).replace(",", "").replace("，", "")
    if not digits:
        return None
    return int(digits) if digits.isdecimal() and len(digits) <= 9 else NOT_A_NUMBER  # noqa: PLR2004


def ids_in(texts: Iterable[str]) -> list[int]:
    """Ids as a form brings them; what is none becomes 0, which nothing has."""
    return [id_in(text) for text in texts]
