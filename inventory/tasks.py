"""What the workers do for inventory, nudged or when the clock strikes. Each may run twice without harm."""

from celery import shared_task

from inventory.pace import refresh_pace
from inventory.purchasing.mail import send_waiting


@shared_task(name="inventory.tasks.refresh_pace", ignore_result=True)
def work_out_pace() -> None:
    """Hourly: how fast each stock sells, for the stock list and for what is to be bought."""
    refresh_pace()


@shared_task(name="inventory.tasks.mail_purchases", ignore_result=True)
def mail_purchases() -> None:
    """Send the purchase orders that wait to be mailed."""
    send_waiting()
