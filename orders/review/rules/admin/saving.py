"""Saving what was typed: a new rule, the next version of one, or a version that is tried at once."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from oms.access import SignedInRequest
from oms.errors import FieldError, InvalidInput, Stale
from oms.ids import id_in
from orders.review.rules.admin.editor import (
    Editor,
    count_errors,
    judged,
    opened,
    unjudged,
    with_errors,
)
from orders.review.rules.admin.pages import Clash, edit_page, newest_version, rule_or_404
from orders.review.rules.compare import differences
from orders.review.rules.models import ReviewRule, RuleVersion
from orders.review.rules.publish import try_version
from orders.review.rules.save import new_rule, save_text
from orders.review.rules.text import Outcome, RuleText
from orders.review.rules.trial import DAYS

_SAVE = "save"
_LONGEST_TRIAL = 731
"""Days: two years."""


def add(request: SignedInRequest) -> HttpResponse:
    if request.method != "POST":
        return edit_page(request, opened(RuleText("", Outcome.HOLD), 0))
    act = request.POST.get("do", _SAVE)
    if act != _SAVE:
        return edit_page(request, unjudged(request.POST, act))
    editor = judged(request.POST)
    try:
        _refuse_errors(editor)
        rule = new_rule(editor.text, actor=request.user)
    except InvalidInput as refused:
        return _refused(request, editor, refused)
    messages.success(request, _("The rule is saved. Try it, then publish it."))
    return redirect("admin:orders_reviewrule_change", rule.pk)


def change(request: SignedInRequest, rule_id: str) -> HttpResponse:
    rule = rule_or_404(rule_id)
    if request.method != "POST":
        newest = newest_version(rule)
        return edit_page(request, opened(newest.text, newest.number), rule)
    act = request.POST.get("do", _SAVE)
    if act != _SAVE:
        return edit_page(request, unjudged(request.POST, act), rule)
    saved = _saved(request, rule)
    if isinstance(saved, HttpResponse):
        return saved
    if saved.number == id_in(request.POST.get("base", "")):
        messages.info(request, _("Nothing was changed."))
    else:
        messages.success(request, _("Saved as version %d.") % saved.number)
    return redirect("admin:orders_reviewrule_change", rule.pk)


def save_and_try(request: SignedInRequest, rule_id: int) -> HttpResponse:
    """One press: what was typed becomes a version, where something changed, and is tried on past orders."""
    rule = rule_or_404(rule_id)
    try:
        since, until = _period(request.POST)
    except InvalidInput as refused:
        return _refused(request, unjudged(request.POST, ""), refused, rule)
    saved = _saved(request, rule)
    if isinstance(saved, HttpResponse):
        return saved
    try_version(saved, since=since, until=until, actor=request.user)
    return redirect(f"{_address(rule)}#trial")


def _address(rule: ReviewRule) -> str:
    return redirect("admin:orders_reviewrule_change", rule.pk).url


def _saved(request: SignedInRequest, rule: ReviewRule) -> RuleVersion | HttpResponse:
    """The version that says what was typed, or the page that tells why there is none."""
    editor = judged(request.POST)
    try:
        _refuse_errors(editor)
        return save_text(rule.pk, editor.text, base=editor.base, actor=request.user)
    except InvalidInput as refused:
        return _refused(request, editor, refused, rule)
    except Stale as stale:
        theirs = newest_version(rule)
        clash = Clash(stale.message, theirs, differences(theirs.text, editor.text))
        # Whoever saves now has seen theirs.
        seen = replace(editor, base=theirs.number)
        return edit_page(request, seen, rule, clash=clash)


def _refuse_errors(editor: Editor) -> None:
    if editor.errors:
        raise InvalidInput(list(editor.errors))


def _refused(
    request: SignedInRequest, editor: Editor, refused: InvalidInput, rule: ReviewRule | None = None
) -> HttpResponse:
    told = with_errors(editor, refused.errors)
    count_errors(request, told)
    return edit_page(request, told, rule)


def _period(posted: QueryDict) -> tuple[datetime, datetime]:
    """The last so many days, or from one day through another. Raises InvalidInput."""
    days = id_in(posted.get("days", ""))
    if posted.get("days") != "dates":
        until = timezone.now()
        return until - timedelta(days=min(days or DAYS, _LONGEST_TRIAL)), until
    first, last = (_day(posted, name) for name in ("since", "until"))
    if last <= first:
        words = _("Give a last day that is not before the first.")
        raise InvalidInput([FieldError("until", "order", words, posted.get("until"))])
    if (last - first).days > _LONGEST_TRIAL:
        words = _("Give at most %d days.") % _LONGEST_TRIAL
        raise InvalidInput([FieldError("since", "too_long", words, posted.get("since"))])
    return first, last


def _day(posted: QueryDict, name: str) -> datetime:
    """When the day begins; of the last day, when it is over."""
    typed = posted.get(name, "")
    try:
        day = parse_date(typed)
    except ValueError:
        day = None
    if day is None or not 1970 <= day.year <= 9000:  # noqa: PLR2004
        words = _("Give the day, for example 2026-12-31.")
        raise InvalidInput([FieldError(name, "invalid", words, typed)])
    begun = timezone.make_aware(datetime.combine(day, time()))
    return begun + timedelta(days=1) if name == "until" else begun
