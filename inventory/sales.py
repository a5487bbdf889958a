"""What left with orders, day by day."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Sum
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.models import Stock, StockMovement
from inventory.pace import SALES_DAYS
from oms.bars import About, Chart, Column, chart_of


def sales_chart(stocks: Sequence[Stock]) -> Chart:
    """Pieces shipped from these places on each of the last days, today last. One query."""
    zone = timezone.get_default_timezone()
    today = timezone.localdate(timezone=zone)
    days = [today - timedelta(back) for back in range(SALES_DAYS - 1, -1, -1)]
    since = timezone.now() - timedelta(SALES_DAYS)
    moved = StockMovement.objects.filter(
        stock__in=stocks, kind=StockMovement.Kind.SHIPMENT, created_at__gte=since
    )
    by_day = moved.annotate(day=TruncDate("created_at", tzinfo=zone)).values("day")
    sold = dict(by_day.annotate(pieces=Sum("quantity")).order_by().values_list("day", "pieces"))
    columns = [
        Column(
            day.isoformat(), (-sold.get(day, 0),), tick=day.strftime("%m-%d"), is_open=day == today
        )
        for day in days
    ]
    title = _("Sales of the last %d days") % SALES_DAYS
    about = About("sales", title, (_("Pieces"),), note=_("%d sold") % -sum(sold.values()))
    return chart_of(about, columns, height=96)
