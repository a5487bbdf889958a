"""The five steps as a list of tasks: what is done, what is next."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oms.display import quantity_text
from orders.intake.wizard.check import S, counts_of
from orders.intake.wizard.models import ImportDraft
from orders.intake.wizard.understood import Understood, understood


@dataclass(frozen=True, slots=True)
class Step:
    """`state` is done, current or todo; `url` is empty where there is nothing to do yet."""

    label: str
    state: str
    said: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Road:
    """Where a draft stands. `counts` is by the state of rows."""

    steps: list[Step]
    counts: Mapping[str, int]
    next_url: str

    @property
    def good(self) -> int:
        return self.counts[S.GOOD]

    @property
    def bad(self) -> int:
        return self.counts[S.BAD] + self.counts[S.HELD]

    @property
    def here(self) -> int:
        return self.counts[S.HERE] + self.counts[S.DIFFERS]

    @property
    def taken_in(self) -> int:
        return self.counts[S.TAKEN_IN]

    @property
    def unchecked(self) -> int:
        return self.counts[S.UNCHECKED]

    @property
    def checked(self) -> int:
        return sum(self.counts.values()) - self.unchecked


def road_of(draft: ImportDraft) -> Road:
    known = understood(draft)
    counts = counts_of(draft)
    is_running = draft.started_at is not None
    is_done = draft.batch_id is not None and not is_running
    names = ("columns", "check", "progress") if known else ("columns",)
    urls = {name: reverse(f"import:{name}", args=[draft.pk]) for name in names}
    urls["file"] = reverse("import:draft", args=[draft.pk])
    if is_done:
        urls["result"] = reverse("import:detail", args=[draft.batch_id])
    at = _at(known, is_running=is_running, is_done=is_done)
    road = Road([], counts, urls.get(at, urls["columns"]))
    said = _said(draft, known, road, is_running=is_running)
    order = ("file", "columns", "check", "progress", "result")
    labels = (_("File"), _("Match columns"), _("Check"), _("Take in"), _("Result"))
    for name, label in zip(order, labels, strict=True):
        state = "current" if name == at else "todo"
        if order.index(name) < order.index(at):
            state = "done"
        road.steps.append(Step(label, state, said.get(name, ""), _url(name, urls, at)))
    return road


def _url(name: str, urls: Mapping[str, str], at: str) -> str:
    """The page of the running import is no place to go when none runs."""
    return "" if name == "progress" and at != "progress" else urls.get(name, "")


def _at(known: Understood | None, *, is_running: bool, is_done: bool) -> str:
    if is_running:
        return "progress"
    if is_done:
        return "result"
    return "check" if known else "columns"


def _said(
    draft: ImportDraft, known: Understood | None, road: Road, *, is_running: bool
) -> dict[str, str]:
    rows = ngettext("%(rows)s row", "%(rows)s rows", draft.rows_total)
    said = {"file": f"{draft.written_in} · {rows % {'rows': quantity_text(draft.rows_total)}}"}
    if known:
        said["columns"] = str(known.preset.title) if draft.preset else _("Matched by hand")
        said["check"] = _checked(road)
    if is_running:
        said["progress"] = _("Running")
    elif draft.failure:
        said["progress"] = _("Stopped")
    return said


def _checked(road: Road) -> str:
    if road.unchecked:
        return _("%(rows)s still to be checked") % {"rows": quantity_text(road.unchecked)}
    return _("%(good)s can be imported · %(bad)s with problems · %(here)s already here") % {
        "good": quantity_text(road.good), "bad": quantity_text(road.bad), "here": quantity_text(road.here),
    }  # fmt: skip
