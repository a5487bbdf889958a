import json
import sys
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from oms.errors import Refused
from oms.models import User
from orders.desk.by_number import VERBS, Asked, Told, act


class Command(BaseCommand):
    help = (
        "Take orders or shipments one step: approve, hold, release and cancel take numbers of orders; "
        "pick, pack, ship and deliver numbers of shipments, or of orders for all of theirs that are "
        "ready for the step. Exit code 1 when anything was refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=list(VERBS))
        parser.add_argument("numbers", nargs="+", metavar="NUMBER")
        parser.add_argument(
            "--reason", default="", help="shown with the order; hold, cancel: required"
        )
        parser.add_argument("--carrier", default="", help="ship: who carries it")
        parser.add_argument("--waybill", default="", help="ship: its number, for one shipment")
        parser.add_argument(
            "--user", default="", help="user name of who does it; must have the right to"
        )
        parser.add_argument("--json", action="store_true", help="print done and refused as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        numbers: Sequence[str] = options["numbers"]
        asked = Asked(
            options["verb"], numbers, options["reason"], options["carrier"], options["waybill"],
            _user_named(options["user"]),
        )  # fmt: skip
        try:
            told = act(asked)
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        self._print(told, as_json=options["json"])
        if told.refused:
            sys.exit(1)

    def _print(self, told: Told, *, as_json: bool) -> None:
        if as_json:
            figures = {"done": told.done, "refused": told.refused}
            self.stdout.write(json.dumps(figures, ensure_ascii=False))
            return
        for number in told.done:
            self.stdout.write(_("done: %s") % number)
        for words in told.refused.values():
            self.stdout.write(_("refused: %s") % words)


def _user_named(name: str) -> User | None:
    """Raises CommandError for a name that nobody has who may log in."""
    if not name:
        return None
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError(_("There is no active user %s.") % name)
    return user
