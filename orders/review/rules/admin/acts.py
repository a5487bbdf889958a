"""Buttons that change a rule's being in force: each calls one verb, says what became of it, and goes back."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from oms.access import SignedInRequest
from oms.errors import Refused
from oms.ids import id_in
from orders.review.rules.admin.pages import rule_or_404
from orders.review.rules.models import ReviewRule, RuleVersion
from orders.review.rules.publish import publish, put_in_shadow, retire, roll_back, switch_off
from orders.review.rules.reorder import place_rule
from orders.review.rules.start import start_from
from orders.review.rules.templates import template_called

CHANGE_PAGE = "admin:orders_reviewrule_change"
LIST_PAGE = "admin:orders_reviewrule_changelist"
PUBLISH = "orders.publish_reviewrule"
_JUDGING = (ReviewRule.Mode.ON, ReviewRule.Mode.PAUSED)


def start(request: SignedInRequest) -> HttpResponse:
    template = template_called(request.POST.get("template", ""))
    if template is None:
        messages.error(request, _("There is no such template; choose one of the list."))
        return redirect(LIST_PAGE)
    try:
        rule = start_from(template, actor=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect(LIST_PAGE)
    words = _("The rule is in the shadow: it only records. Change it, try it, publish it.")
    messages.success(request, words)
    return redirect(CHANGE_PAGE, rule.pk)


def publish_newest(request: SignedInRequest, rule_id: int) -> HttpResponse:
    def act() -> str:
        published = publish(_version(request, rule_id), actor=request.user)
        if published.waits_for_second:
            return _("It would pass many more orders: another administrator must publish it too.")
        return _("Version %d is in force.") % published.version.number

    return _done(request, rule_id, act)


def shadow(request: SignedInRequest, rule_id: int) -> HttpResponse:
    """Raises PermissionDenied for a rule that judges: this would stop it."""
    if rule_or_404(rule_id).mode in _JUDGING and not request.user.has_perm(PUBLISH):
        raise PermissionDenied(_("Your role does not include this."))

    def act() -> str:
        put_in_shadow(_version(request, rule_id), actor=request.user)
        return _("From now on it only records which orders it would decide.")

    return _done(request, rule_id, act)


def off(request: SignedInRequest, rule_id: int) -> HttpResponse:
    def act() -> str:
        switch_off(rule_id, actor=request.user)
        return _("The rule is off.")

    return _done(request, rule_id, act)


def retire_rule(request: SignedInRequest, rule_id: int) -> HttpResponse:
    def act() -> str:
        retire(rule_id, actor=request.user)
        return _("The rule is retired. It stays in the list of retired rules.")

    return _done(request, rule_id, act)


def back(request: SignedInRequest, rule_id: int) -> HttpResponse:
    def act() -> str:
        number, base = (id_in(request.POST.get(name, "")) for name in ("number", "base"))
        version = roll_back(rule_id, number, base=base, actor=request.user)
        said = {"number": number, "version": version.number}
        if rule_or_404(rule_id).live_id == version.pk:
            return _("Back to version %(number)d: it is in force as version %(version)d.") % said
        return (
            _("Version %(version)d says what version %(number)d said. Try it, then publish it.")
            % said
        )

    return _done(request, rule_id, act)


def move(request: SignedInRequest, rule_id: int) -> HttpResponse:
    rule_or_404(rule_id)
    place = id_in(request.POST.get("place", ""))
    if not place:
        messages.error(request, _("Give the place as a number, 1 for the first."))
    else:
        place_rule(rule_id, place, actor=request.user)
    if request.POST.get("back") == "rule":
        return redirect(CHANGE_PAGE, rule_id)
    return redirect(f"{redirect(LIST_PAGE).url}#rule-{rule_id}")


def _version(request: SignedInRequest, rule_id: int) -> int:
    """The rule's version that stood on the page, 0 for none; an older one is refused by the verb."""
    version_id = id_in(request.POST.get("version", ""))
    return version_id if RuleVersion.objects.filter(pk=version_id, rule=rule_id).exists() else 0


def _done(request: SignedInRequest, rule_id: int, act: Callable[[], str]) -> HttpResponse:
    rule_or_404(rule_id)
    try:
        words = act()
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, words)
    return redirect(CHANGE_PAGE, rule_id)
