from typing import Any

from django.core.management.base import BaseCommand, CommandError

from oms.roles import UnknownPermission, sync_roles


class Command(BaseCommand):
    help = "Makes the groups of the eight roles equal to the table in oms/roles.py."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = sync_roles()
        except UnknownPermission as error:
            raise CommandError(str(error)) from error
        for role, count in counts.items():
            self.stdout.write(f"{role:<11} {count} permissions")
