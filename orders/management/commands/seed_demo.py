import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from oms.env import env_str
from oms.models import User
from orders.demo.company import STAFF
from orders.demo.seed import seed
from orders.models import Order
from orders.tally import count_by_status


class Command(BaseCommand):
    help = "Loads a demo company with three months of orders into an empty system."

    def handle(self, *args: Any, **options: Any) -> None:
        if Order.objects.exists():
            self.stdout.write("There are orders already; the demo company was not loaded.")
            return
        taken = User.objects.filter(username__in=STAFF).values_list("username", flat=True)
        if taken:
            raise CommandError(
                f"There are users named {', '.join(taken)} already. Rename them first."
            )
        password = env_str("OMS_DEMO_PASSWORD", "")
        if not password:
            raise CommandError("Set OMS_DEMO_PASSWORD to the password that the demo log-ins get.")
        started = time.monotonic()
        seed(password, timezone.localtime(), self._say)
        self._tell(time.monotonic() - started)

    def _say(self, step: str, done: int = 1, total: int = 1) -> None:
        """A line that is written over until the step is done; without a terminal only then."""
        text = step if total == 1 else f"{step}: {done} of {total}"
        if self.stdout.isatty():
            self.stdout.write(f"\r   {text}", ending="\n" if done == total else "")
        elif done == total:
            self.stdout.write(f"   {text}")
        self.stdout.flush()

    def _tell(self, seconds: float) -> None:
        counts = count_by_status()
        shown = ", ".join(f"{count} {status}" for status, count in counts.items() if count)
        self.stdout.write(f"   {sum(counts.values())} orders in {seconds:.0f} s: {shown}")
