"""The rules as their list and their book show them; the number of queries does not grow with the rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext_lazy, override

from oms.search import fold
from orders.review.rules.admin.editor import LANGUAGES, Said
from orders.review.rules.admin.standing import IN_FORCE, MODE_TONES, has_draft
from orders.review.rules.health import Health, health_of
from orders.review.rules.models import ReviewRule, RuleChange, RuleVersion
from orders.review.rules.sentence import names_for, sentence
from orders.review.rules.text import RuleText

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Mode = ReviewRule.Mode
Kind = RuleChange.Kind

FILTERS: "dict[str, StrPromise]" = {
    "": gettext_lazy("In use and drafts"),
    Mode.ON: gettext_lazy("On"),
    Mode.SHADOW: gettext_lazy("Shadow"),
    Mode.OFF: gettext_lazy("Off"),
    Mode.PAUSED: gettext_lazy("Paused"),
    "draft": gettext_lazy("Newer draft"),
    Mode.RETIRED: gettext_lazy("Retired"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to."""

    mode: str = ""
    words: str = ""

    @property
    def is_whole(self) -> bool:
        return not (self.mode or self.words)


def asked_in(query: QueryDict) -> Asked:
    mode = query.get("mode", "")
    return Asked(mode if mode in FILTERS else "", query.get("q", "").replace("\x00", "").strip())


@dataclass(frozen=True, slots=True)
class Line:
    """One rule of the list. `place` counts those that are not retired; `why_paused` is what stopped it."""

    rule: ReviewRule
    shown: RuleVersion
    newest: RuleVersion
    sentence: str
    health: Health
    place: int
    of: int
    why_paused: str = ""

    @property
    def tone(self) -> str:
        return MODE_TONES[self.rule.mode][0]

    @property
    def word(self) -> "str | StrPromise":
        return MODE_TONES[self.rule.mode][1]

    @property
    def has_draft(self) -> bool:
        return has_draft(self.rule, self.newest)

    @property
    def above(self) -> int:
        return self.place - 1

    @property
    def below(self) -> int:
        return self.place + 1

    @property
    def is_last(self) -> bool:
        return self.place == self.of

    @property
    def is_paused(self) -> bool:
        return self.rule.mode == Mode.PAUSED


def lines(asked: Asked) -> list[Line]:
    """Rules in their order, paused ones first; retired ones only where they are asked for."""
    rules = ReviewRule.objects.select_related("live").order_by("position", "pk")
    is_retired = asked.mode == Mode.RETIRED
    rules = rules.filter(mode=Mode.RETIRED) if is_retired else rules.exclude(mode=Mode.RETIRED)
    placed = list(enumerate(rules, start=1))
    newest = newest_of([rule.pk for _place, rule in placed])
    wanted = [(place, rule) for place, rule in placed if _is_wanted(rule, newest[rule.pk], asked)]
    wanted.sort(key=lambda one: one[1].mode != Mode.PAUSED)
    shown = {rule.pk: _shown(rule, newest[rule.pk]) for _place, rule in wanted}
    texts = {pk: version.text for pk, version in shown.items()}
    names = names_for(texts.values())
    healths = health_of([rule for _place, rule in wanted])
    whys = _why_paused([rule.pk for _place, rule in wanted if rule.mode == Mode.PAUSED])
    return [
        Line(
            rule, shown[rule.pk], newest[rule.pk], sentence(texts[rule.pk], names),
            healths.get(rule.pk, Health()), place,
            len(placed), whys.get(rule.pk, ""),
        )
        for place, rule in wanted
    ]  # fmt: skip


def newest_of(rule_ids: Sequence[int]) -> dict[int, RuleVersion]:
    versions = RuleVersion.objects.filter(rule__in=rule_ids).order_by("rule_id", "-number")
    return {one.rule_id: one for one in versions.distinct("rule_id")}


def _shown(rule: ReviewRule, newest: RuleVersion) -> RuleVersion:
    """What is in force; of a rule that is not, what would be."""
    return rule.live if rule.live and rule.mode in IN_FORCE else newest


def _is_wanted(rule: ReviewRule, newest: RuleVersion, asked: Asked) -> bool:
    if asked.words and fold(asked.words) not in fold(rule.name):
        return False
    if asked.mode == "draft":
        return has_draft(rule, newest)
    return asked.mode in ("", rule.mode)


def _why_paused(rule_ids: Sequence[int]) -> dict[int, str]:
    changes = RuleChange.objects.filter(rule__in=rule_ids, kind=Kind.PAUSED)
    newest = changes.order_by("rule_id", "-pk").distinct("rule_id")
    return {one.rule_id: one.note for one in newest if one.rule_id}


@dataclass(frozen=True, slots=True)
class BookEntry:
    """A rule as auditors read it: both sentences, who wrote it, since when it stands as it does."""

    line: Line
    said: list[Said]
    since: RuleChange | None


def book_entries() -> list[BookEntry]:
    """Every rule that is not retired, in their order."""
    all_lines = sorted(lines(Asked()), key=lambda one: one.place)
    texts = {one.rule.pk: one.shown.text for one in all_lines}
    said = _said(texts)
    since = _since([one.rule.pk for one in all_lines])
    return [BookEntry(one, said[one.rule.pk], since.get(one.rule.pk)) for one in all_lines]


def _said(texts: Mapping[int, RuleText]) -> dict[int, list[Said]]:
    said: dict[int, list[Said]] = {pk: [] for pk in texts}
    for code, name in LANGUAGES:
        with override(code):
            names = names_for(texts.values())
            for pk, text in texts.items():
                said[pk].append(Said(code, name, sentence(text, names)))
    return said


def _since(rule_ids: Sequence[int]) -> dict[int, RuleChange]:
    """The last time that its being in force changed."""
    kinds = (Kind.PUBLISHED, Kind.SHADOWED, Kind.STOPPED, Kind.PAUSED)
    changes = RuleChange.objects.filter(rule__in=rule_ids, kind__in=kinds)
    newest = changes.order_by("rule_id", "-pk").distinct("rule_id")
    return {one.rule_id: one for one in newest if one.rule_id}
