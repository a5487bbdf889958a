"""What the workers do when nudged or when the minute strikes. Thin doors: each may run twice without harm."""

from celery import shared_task

from inventory.lots.expire import block_expired
from inventory.purchasing import counts, mail
from oms.once import forget_old_keys
from oms.shown_errors.count import forget_old_shown
from orders import pipeline, tally
from orders.billing.unpaid import cancel_unpaid
from orders.desk.bulk import prepare, run
from orders.exceptions import watch
from orders.intake.unfinished.keep import forget_old_unfinished
from orders.intake.wizard import forget, start
from orders.preparation.prepare import prepare_waiting
from orders.truth import look


@shared_task(name="orders.tasks.advance", ignore_result=True)
def advance() -> None:
    """Review and allocate everything that waits, then see what needs a person."""
    try:
        pipeline.advance()
    finally:
        # A rule that fails must not hide what else is wrong.
        watch.catch_up()
        # A new shortage is told at once.
        counts.count_again()


@shared_task(name="orders.tasks.prepare", ignore_result=True)
def prepare_parcels() -> None:
    """Prepare the parcels that allocation made; it runs beside the allocation of the next ones."""
    prepare_waiting()


@shared_task(name="orders.tasks.take_in", ignore_result=True)
def take_in() -> None:
    """Finish the imports that somebody started."""
    start.run_waiting()


@shared_task(name="orders.tasks.sweep", ignore_result=True)
def sweep() -> None:
    """Each minute: what a lost nudge left, what is unpaid or expired, jobs, imports, mails; fold, forget the old."""
    run.run_waiting()
    start.run_waiting()
    cancel_unpaid()
    block_expired()
    pipeline.advance()
    prepare_waiting()
    watch.sweep()
    tally.fold()
    mail.send_waiting()
    counts.count_again()
    forget_old_keys()
    forget_old_shown()
    forget_old_unfinished()
    prepare.forget_unconfirmed()
    forget.forget_old_drafts()


@shared_task(name="orders.tasks.look_at_truth", ignore_result=True)
def look_at_truth() -> None:
    """Each minute, for some seconds: look at a part of what must always be true."""
    look.go_on()
    look.forget_old_passes()
