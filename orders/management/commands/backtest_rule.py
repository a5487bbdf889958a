import json
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import now
from django.utils.translation import gettext as _

from orders.review.rules.check import unreadable
from orders.review.rules.models import ReviewRule
from orders.review.rules.trial import DAYS, try_rule
from orders.review.rules.trial_result import Trial

MOST_DAYS = 3650


class Command(BaseCommand):
    help = (
        "Try the newest version of a rule on past orders: what it would have changed. Nothing is written. "
        "Exit code 1 when there is no such rule, 2 when it cannot be read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rule", help="its name or its id")
        parser.add_argument("--days", type=int, default=DAYS, help=f"how far back (default {DAYS})")
        parser.add_argument("--json", action="store_true", help="print all of it as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        days: int = options["days"]
        if not 1 <= days <= MOST_DAYS:
            raise CommandError(_("Give --days as a number from 1 to %d.") % MOST_DAYS)
        rule = _rule_of(options["rule"])
        version = rule.newest
        wrong = unreadable(version.text)
        if wrong:
            words = "; ".join(error.message for error in wrong)
            raise CommandError(f"{rule.name} v{version.number}: {words}", returncode=2)
        until = now()
        since = until - timedelta(days=days)
        trial = try_rule(version.text, rule_id=rule.pk, since=since, until=until)
        if options["json"]:
            figures = {"rule": rule.pk, "name": rule.name, "version": version.number}
            self.stdout.write(json.dumps(figures | _figures(trial), ensure_ascii=False))
        else:
            for line in _lines(trial):
                self.stdout.write(line)


def _rule_of(word: str) -> ReviewRule:
    """By its name, else by its id. Raises CommandError."""
    rule = ReviewRule.objects.filter(name=word).first()
    if rule is None and word.isascii() and word.isdigit():
        rule = ReviewRule.objects.filter(pk=min(int(word), 2**63 - 1)).first()
    if rule is None:
        names = ", ".join(ReviewRule.objects.values_list("name", flat=True)[:10])
        raise CommandError(_("There is no rule “%(word)s”; there are: %(names)s.") % {
            "word": word, "names": names or "-",
        })  # fmt: skip
    return rule


def _figures(trial: Trial) -> dict[str, Any]:
    return trial.as_json() | {
        "agree": trial.agree,
        "disagree": trial.disagree,
        "more_percent": trial.more_percent,
        "wants_second": trial.wants_second,
        "shadowed_by": [one.name for one in trial.shadowed_by],
    }


def _lines(trial: Trial) -> list[str]:
    before, after = trial.before, trial.after
    lines = [
        f"{trial.since[:10]} … {trial.until[:10]}",
        _("Names %(hits)d of %(orders)d orders, decides %(decided)d, changes %(changed)d.") % {
            "hits": trial.hits, "orders": trial.orders, "decided": trial.decided, "changed": trial.changed,
        },
        _("Passed %(one)d → %(other)d") % {"one": before.passed, "other": after.passed},
        _("Held %(one)d → %(other)d") % {"one": before.held, "other": after.held},
        _("Cancelled %(one)d → %(other)d") % {"one": before.cancelled, "other": after.cancelled},
        _("To finance %(one)d → %(other)d") % {"one": before.second, "other": after.second},
        _("To a person %(one)d → %(other)d") % {"one": before.person, "other": after.person},
    ]  # fmt: skip
    if trial.agree is not None:
        words = _("People decided the same %(agree)d times, otherwise %(disagree)d times.")
        lines.append(words % {"agree": trial.agree, "disagree": trial.disagree})
    for one in trial.overlaps:
        words = _("also named by “%(rule)s”: %(orders)d orders")
        if one.is_conflict:
            words = _("contradicted by “%(rule)s”: %(orders)d orders")
        lines.append(words % {"rule": one.name, "orders": one.orders})
    if trial.shadowed_by:
        names = ", ".join(one.name for one in trial.shadowed_by)
        lines.append(_("It never decides: stronger are %s.") % names)
    return lines
