import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from oms.models import ApiToken, User
from oms.scopes import SCOPES


class Command(BaseCommand):
    help = "Creates an API token for a user and prints its secret, this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", help="log-in name of the user the token acts as")
        parser.add_argument("--scopes", nargs="+", required=True, help=f"of: {' '.join(SCOPES)}")
        parser.add_argument("--name", default="", help="what uses it, for the list of tokens")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        scopes = _scopes(options["scopes"])
        user = User.objects.filter(username=options["user"], is_active=True).first()
        if user is None:
            raise CommandError(
                f"There is no active user {options['user']!r}. Check the log-in name."
            )
        secret = ApiToken.new_secret()
        token = ApiToken.objects.create(
            user=user,
            name=options["name"] or f"Token of {user.username}",
            digest=ApiToken.digest_of(secret),
            scopes=scopes,
        )
        if options["json"]:
            shown = {"id": token.pk, "user": user.username, "scopes": scopes, "token": secret}
            self.stdout.write(json.dumps(shown))
            return
        self.stdout.write(f"Token for {user.username}: {', '.join(scopes)}")
        self.stdout.write(f"{secret}")
        self.stdout.write("It is not shown again. Send it as: Authorization: Bearer <token>")


def _scopes(words: list[str]) -> list[str]:
    """Scopes, given apart or with commas between. Raises CommandError for an unknown one."""
    wanted = list(dict.fromkeys(part for word in words for part in word.split(",") if part))
    unknown = [scope for scope in wanted if scope not in SCOPES]
    if unknown or not wanted:
        raise CommandError(f"No scope {', '.join(unknown)!r}. Choose from: {', '.join(SCOPES)}.")
    return wanted
