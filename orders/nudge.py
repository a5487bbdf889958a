"""Telling the workers that orders wait. Only a hint: the truth is in the database, and a sweep finds it each minute."""

import logging
import time

from django.db import transaction

from oms.celery import app

logger = logging.getLogger(__name__)

# A nudge is heard this many seconds later, so every order placed meanwhile needs no nudge of its own.
DELAY = 0.5
# After the broker failed, pages do not wait for it again for this long.
PAUSE_AFTER_FAILURE = 30.0

_quiet_until: dict[str, float] = {}
_broken_until = 0.0
_TASKS = ("orders.tasks.advance", "orders.tasks.prepare")


def after_commit() -> None:
    """Nudge once the present transaction is committed; at most one message per process and half second."""
    transaction.on_commit(lambda: _send("orders.tasks.advance"))


def prepare_after_commit() -> None:
    """Have the new parcels prepared while allocation goes on."""
    transaction.on_commit(lambda: _send("orders.tasks.prepare"))


def after_commit_import() -> None:
    """Tell the workers, once the present transaction is committed, that an import was started."""
    transaction.on_commit(_send_import)


def _send_import() -> None:
    global _broken_until  # noqa: PLW0603 - one clock a process is the point
    if time.monotonic() < _broken_until:
        return
    try:
        app.send_task("orders.tasks.take_in", retry=False, ignore_result=True)
    except Exception:  # noqa: BLE001 - any broker trouble: the page and the sweep go on with the import
        _broken_until = time.monotonic() + PAUSE_AFTER_FAILURE
        logger.warning("The broker cannot be reached; the sweep finds the import.", exc_info=True)


def _send(task: str) -> None:
    now = time.monotonic()
    if now < _quiet_until.get(task, 0.0):
        return
    try:
        app.send_task(task, countdown=DELAY, retry=False, ignore_result=True)
        _quiet_until[task] = now + DELAY * 0.8
    except Exception:  # noqa: BLE001 - any broker trouble: the sweep will find the orders
        # No page waits for the broker again so soon, whatever it wants to have done.
        _quiet_until.update(dict.fromkeys(_TASKS, now + PAUSE_AFTER_FAILURE))
        logger.warning(
            "The broker cannot be reached; waiting orders are found by the sweep.", exc_info=True
        )
