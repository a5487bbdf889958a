"""The pages of the rules: list, book, editor, versions, and the fragments that the editor's script asks for."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from oms.access import SignedInRequest
from oms.ids import id_in
from orders.review.rules.admin.editor import Editor, opened, unjudged
from orders.review.rules.admin.listing import FILTERS, asked_in, book_entries, lines
from orders.review.rules.admin.on_order import OnOrder, on_order
from orders.review.rules.admin.shown_trial import shown_trial
from orders.review.rules.admin.standing import Standing
from orders.review.rules.admin.versions import changes_of, versions_of
from orders.review.rules.book import current_book
from orders.review.rules.check import check_text
from orders.review.rules.compare import Difference
from orders.review.rules.health import agreement_of, health_of
from orders.review.rules.models import ReviewRule, RuleVersion
from orders.review.rules.sense import warnings
from orders.review.rules.templates import STARTERS, TEMPLATES
from orders.review.rules.text import RuleText

FOLDER = "admin/orders/reviewrule"
UNPROCESSABLE, CONFLICT = 422, 409


@dataclass(frozen=True, slots=True)
class Clash:
    """What somebody else saved meanwhile, and how what was typed differs from it."""

    words: str
    theirs: RuleVersion
    differences: list[Difference]


def rule_or_404(rule_id: int | str) -> ReviewRule:
    rule = ReviewRule.objects.select_related("live").filter(pk=id_in(str(rule_id))).first()
    if rule is None:
        raise Http404
    return rule


def newest_version(rule: ReviewRule) -> RuleVersion:
    """With the people who have published it."""
    return rule.versions.select_related("published_by", "seconded_by").order_by("-number")[0]


def rules(request: SignedInRequest) -> HttpResponse:
    asked = asked_in(request.GET)
    shown = lines(asked)
    context = {
        "asked": asked,
        "filters": FILTERS.items(),
        "lines": shown,
        "count": len(shown),
        "paused": [one for one in shown if one.is_paused],
        "starters": TEMPLATES[:STARTERS],
        "templates": TEMPLATES,
        "others": TEMPLATES[STARTERS:],
        "is_empty": asked.is_whole and not shown,
        "may_add": request.user.has_perm("orders.add_reviewrule"),
        "may_move": asked.is_whole and request.user.has_perm("orders.publish_reviewrule"),
    }
    return page(request, "list", _("Review rules"), context)


def book(request: SignedInRequest) -> HttpResponse:
    return page(request, "book", _("Rule book"), {"entries": book_entries()})


def versions(request: SignedInRequest, rule_id: str) -> HttpResponse:
    rule = rule_or_404(rule_id)
    newest = newest_version(rule)
    context = {
        "rule": rule,
        "standing": Standing(rule, newest, request.user),
        "versions": versions_of(rule),
        "changes": changes_of(rule),
    }
    return page(request, "versions", _("Versions of “%s”") % rule.name, context)


def order(request: SignedInRequest, rule_id: int) -> HttpResponse:
    """An order under all rules. Posted, the text is what stands in the form; otherwise the newest version."""
    rule = rule_or_404(rule_id)
    newest = newest_version(rule)
    if request.method == "POST":
        editor, number = unjudged(request.POST, ""), request.POST.get("number", "")
    else:
        editor, number = opened(newest.text, newest.number), request.GET.get("number", "")
    found = on_order(number, editor.text, rule_id=rule.pk, user=request.user)
    return edit_page(request, editor, rule, found=found)


def preview(request: SignedInRequest) -> HttpResponse:
    """The rows as arranged by the button that was pressed, the sentences and what is odd, for the page's script."""
    editor = unjudged(request.POST, request.POST.get("do", ""))
    context = {
        "editor": editor,
        "warnings": warnings_of(editor.text, id_in(request.POST.get("rule", ""))),
        "may_change": True,
    }
    return render(request, f"{FOLDER}/_fresh.html", context)


def edit_page(
    request: SignedInRequest,
    editor: Editor,
    rule: ReviewRule | None = None,
    *,
    found: OnOrder | None = None,
    clash: Clash | None = None,
) -> HttpResponse:
    """The editor as it is; 422 where something is wrong, 409 where somebody else was faster."""
    context: dict[str, Any] = {"editor": editor, "rule": rule, "found": found, "clash": clash}
    context["may_change"] = request.user.has_perm("orders.change_reviewrule")
    context["warnings"] = warnings_of(editor.text, rule.pk if rule else 0)
    if rule is None:
        title = _("New rule")
    else:
        newest = newest_version(rule)
        may_see_money = request.user.has_perm("orders.view_payment")
        context["standing"] = Standing(rule, newest, request.user)
        context["tried"] = shown_trial(newest, may_see_money=may_see_money)
        context["place"] = place_of(rule)
        context["health"] = health_of([rule])[rule.pk]
        if rule.mode == ReviewRule.Mode.SHADOW:
            context["agreement"] = agreement_of(rule)
        context["is_unsaved"] = bool(editor.errors) or editor.text != newest.text
        title = rule.name
    status = CONFLICT if clash else UNPROCESSABLE if editor.errors else 200
    return page(request, "edit", title, context, status=status)


def warnings_of(text: RuleText, rule_id: int) -> list[str]:
    """What is odd about a text that makes sense, beside the rules in force."""
    if check_text(text):
        return []
    others = [one.text for one in current_book().rules if one.id != rule_id]
    return [one.message for one in warnings(text, others)]


def place_of(rule: ReviewRule) -> int:
    """Its place among the rules that are not retired, from 1."""
    ids = ReviewRule.objects.exclude(mode=ReviewRule.Mode.RETIRED).values_list("pk", flat=True)
    ordered = list(ids.order_by("position", "pk"))
    return ordered.index(rule.pk) + 1 if rule.pk in ordered else 0


def page(
    request: HttpRequest, name: str, title: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    shared = {**admin.site.each_context(request), "title": title, "opts": ReviewRule._meta}
    return render(request, f"{FOLDER}/{name}.html", {**shared, **context}, status=status)
