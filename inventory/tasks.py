"""What the workers do for the warehouses when the clock strikes. Each may run twice without harm."""

from celery import shared_task

from inventory.pace import refresh_pace


@shared_task(name="inventory.tasks.refresh_pace", ignore_result=True)
def work_out_pace() -> None:
    """Hourly: how fast each stock sells, for the stock list and for what is to be bought."""
    refresh_pace()
