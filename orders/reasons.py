"""Why an order stands where it stands, in words, and what would move it: for the why-box and the list."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orders.models.order import Order
from orders.states import OrderStatus


@dataclass(frozen=True, slots=True)
class Why:
    """`text` says why it waits, `fix` what to do; `verb` is the action that does it ("" when none is needed)."""

    text: str
    fix: str
    verb: str


# reason code → (text, fix, verb). `%s` takes the order's reason_detail.
_BY_CODE: dict[str, tuple[str | Promise, str | Promise, str]] = {
    "awaiting_review": (_("Waiting for the rules"), _("Decided within a minute"), ""),
    "no_rule": (_("No rule decided"), _("Approve or hold it"), "approve"),
    "rule_paused": (_("Rule “%s” is paused"), _("Approve or hold it"), "approve"),
    "finance_review": (_("Waits for finance: %s"), _("Approve or hold it"), "approve"),
    "taken_back": (_("Approval or hold taken back"), _("Approve or hold it"), "approve"),
    "held_by_rule": (_("Held by a rule: %s"), _("Check, then release or cancel"), "release"),
    "held_by_person": (_("Held: %s"), _("Clear it up, then release or cancel"), "release"),
    "goods_given_back": (
        _("Its goods were given back: %s"),
        _("Reserve goods for it when it may have them"),
        "allocate",
    ),
    "changed": (_("Changed after approval"), _("Check it, then release or cancel"), "release"),
    "awaiting_stock": (_("Approved, stock is being allocated"), _("Done within a minute"), ""),
    "preorder": (_("Pre-order: reserved from %s"), _("Goes on by itself that day"), ""),
    "short": (_("Short of %s"), _("Goes on when goods arrive"), ""),
    "policy_forbids": (
        _("The policy “%s” lets no warehouse serve it"),
        _("Change the policy or the order"),
        "",
    ),
    "awaiting_payment": (_("Nothing to ship, waiting for payment"), _("Record the payment"), "pay"),
    "nothing_to_ship": (_("Nothing to ship"), "", ""),
    "cancelled": (_("Cancelled: %s"), "", ""),
    "unpaid": (_("Cancelled: not paid within %s hours"), "", ""),
}
_BY_STATUS: dict[str, tuple[str | Promise, str | Promise, str]] = {
    OrderStatus.DRAFT: (_("Not placed yet"), _("Finish and place it"), ""),
    OrderStatus.BACKORDERED: (_("Short of goods"), _("Goes on when goods arrive"), ""),
    OrderStatus.ALLOCATED: (_("Everything is reserved"), _("Pick it"), "pick"),
    OrderStatus.IN_FULFILMENT: (_("Being picked and packed"), _("Pack and ship it"), "ship"),
    OrderStatus.PARTIALLY_SHIPPED: (_("A part has left"), _("The rest goes when it is ready"), ""),
    OrderStatus.SHIPPED: (_("On its way"), _("Mark it delivered on arrival"), "deliver"),
    OrderStatus.DELIVERED: (_("Delivered, not paid in full"), _("Record the payment"), "pay"),
}


def why(order: Order) -> Why:
    """The reason in the active language; empty texts for an order that is done."""
    return why_of(order.status, order.reason_code, order.reason_detail)


def why_of(status: str, code: str, detail: str) -> Why:
    """The same of an order of which no more than this is known."""
    text, fix, verb = _BY_CODE.get(code) or _BY_STATUS.get(status) or ("", "", "")
    return Why(str(text).replace("%s", detail or "–"), str(fix), verb)


@cache
def codes_and_words() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every reason code with its words, without the detail, in each language of the settings."""
    found = []
    for code, (text, _fix, _verb) in _BY_CODE.items():
        words = []
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                words.append(str(text).replace("%s", "").strip(" :："))
        found.append((code, tuple(words)))
    return tuple(found)
