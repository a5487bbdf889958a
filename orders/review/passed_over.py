"""What a forced approval went over, in words: for the timeline, the list, and before it is done."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from oms.display import money_text, quantity_text

Kept = Mapping[str, Any]


def words_of(passed_over: Iterable[Kept]) -> list[str]:
    """One sentence for each, in the active language; `passed_over` as the event keeps it."""
    return [_WORDS.get(one["code"], _of_a_hold)(one) for one in passed_over]


def _of_a_rule(one: Kept) -> str:
    return _("held by the rule “%(rule)s” v%(version)s") % one


def _of_a_hold(one: Kept) -> str:
    reason = str(one.get("reason") or "")
    if not reason:
        return _("on hold")
    return str(_("on hold: “%s”") % reason)


def _of_second(one: Kept) -> str:
    return _("second review for the rule “%(rule)s” v%(version)s open") % one


def _of_limit(one: Kept) -> str:
    currency = str(one["currency"])
    if one.get("limit") is None:
        return _("no limit is set for %s") % currency
    if one["what"] == "discount_percent":
        return _("discount of %(discount)s%% above the limit of %(limit)s%%") % {
            "discount": quantity_text(Decimal(one["discount_percent"])),
            "limit": quantity_text(Decimal(one["limit"])),
        }
    return _("%(amount)s above the limit of %(limit)s") % {
        "amount": money_text(Decimal(one["amount"]), currency),
        "limit": money_text(Decimal(one["limit"]), currency),
    }


_WORDS: dict[str, Callable[[Kept], str]] = {
    "held_by_rule": _of_a_rule,
    "second_review": _of_second,
    "over_limit": _of_limit,
    "by_oneself": lambda _one: _("both reviews by one person"),
    "blocked_customer": lambda _one: _("the customer is blocked"),
    "not_judged": lambda _one: _("the rules had not looked yet"),
    "changed": lambda _one: _("changed after approval"),
    "taken_back": lambda _one: _("on hold"),
}
