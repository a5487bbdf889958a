"""Rules to begin with: what most houses want, as texts to be copied. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.review.rules.text import Condition, Group, Marks, Needs, Outcome, RuleText, all_of

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Template:
    """`why` tells what it is good for. `made` is the rule in the reader's language, telling `person` where it tells."""

    slug: str
    name: "StrPromise"
    why: "StrPromise"
    made: Callable[["Template", int], RuleText]

    def text(self, *, person: int) -> RuleText:
        return self.made(self, person)


def _simple(
    outcome: str, reason: "StrPromise", *conditions: tuple[str, str, "str | StrPromise"]
) -> Callable[[Template, int], RuleText]:
    """All of the conditions; words to look for are those of the reader's language."""

    def made(template: Template, _person: int) -> RuleText:
        rows = ((field, operator, str(value)) for field, operator, value in conditions)
        return RuleText(str(template.name), outcome, str(reason), all_of(*rows))

    return made


def _cheap(template: Template, _person: int) -> RuleText:
    rows = (Condition("below_floor", "gte", "1"), Condition("margin_percent", "lt", "5"))
    return RuleText(
        str(template.name),
        Outcome.SECOND_REVIEW,
        _("Below the lowest price, or hardly any margin"),
        (Group(rows, Needs.ANY),),
    )


def _remote(template: Template, person: int) -> RuleText:
    marks = Marks(tags=(_("remote"),), notify=(person,) if person else ())
    return RuleText(
        str(template.name), Outcome.MARK, groups=all_of(("remote", "yes", "")), marks=marks
    )


TEMPLATES = (
    Template(
        "routine", gettext_lazy("Paid routine order"),
        gettext_lazy("Lets small, paid, complete orders without a note go on by themselves."),
        _simple(
            Outcome.APPROVE, gettext_lazy("Paid, complete and small"), ("payment", "in", "paid,nothing_due"),
            ("total", "lt", "2000"), ("address_complete", "yes", ""), ("note", "empty", ""),
        ),
    ),
    Template(
        "large-new", gettext_lazy("Large order of a new customer"),
        gettext_lazy("Has a person look at the first order of a customer when it is large."),
        _simple(
            Outcome.HOLD, gettext_lazy("Large and new"), ("total", "gte", "2000"), ("first_order", "yes", ""),
        ),
    ),
    Template(
        "blocked", gettext_lazy("Blocked customer"),
        gettext_lazy("Stops orders of customers who are blocked."),
        _simple(Outcome.HOLD, gettext_lazy("The customer is blocked"), ("blocked_reason", "filled", "")),
    ),
    Template(
        "address", gettext_lazy("Incomplete address"),
        gettext_lazy("Stops orders that no carrier could deliver."),
        _simple(Outcome.HOLD, gettext_lazy("The address is incomplete"), ("address_complete", "no", "")),
    ),
    Template(
        "words", gettext_lazy("Wishes in the note"),
        gettext_lazy("Stops orders whose note asks for something: another address, a later day, an invoice."),
        _simple(
            Outcome.HOLD, gettext_lazy("The note asks for something"),
            ("note", "contains", gettext_lazy("change address,new address,send later,invoice")),
        ),
    ),
    Template(
        "twice", gettext_lazy("Ordered twice"),
        gettext_lazy("Stops an order when the same customer ordered the same SKU within 24 hours."),
        _simple(
            Outcome.HOLD, gettext_lazy("Perhaps ordered twice"), ("hours_since_same", "lte", "24"),
        ),
    ),
    Template(
        "unpaid", gettext_lazy("Unpaid for three days"),
        gettext_lazy("Cancels orders that nobody has paid for within 72 hours."),
        _simple(
            Outcome.CANCEL, gettext_lazy("Not paid within 72 hours"), ("payment", "in", "unpaid"),
            ("hours_unpaid", "gte", "72"),
        ),
    ),
    Template(
        "cheap", gettext_lazy("Price or margin too low"),
        gettext_lazy("Sends orders below the lowest price or with a margin under 5 % to finance."), _cheap,
    ),
    Template(
        "remote", gettext_lazy("Remote area"),
        gettext_lazy("Tags orders to remote areas and tells you about them."), _remote,
    ),
)  # fmt: skip
STARTERS = 5
"""So many of them are shown at once to a house that has no rule yet."""


def template_called(slug: str) -> Template | None:
    return next((one for one in TEMPLATES if one.slug == slug), None)
