"""What the workers do for inventory when nudged. Thin doors: each may run twice without harm."""

from celery import shared_task

from inventory.purchasing.mail import send_waiting


@shared_task(name="inventory.tasks.mail_purchases", ignore_result=True)
def mail_purchases() -> None:
    """Send the purchase orders that wait to be mailed."""
    send_waiting()
