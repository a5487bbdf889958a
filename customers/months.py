"""A customer's orders by month as bars, each leading to the orders it counts."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from customers.history import Month
from oms.bars import About, Chart, Column, chart_of

HEIGHT = 64


def chart_of_months(months: Sequence[Month], current: str, page: str) -> Chart:
    """`months` end with the present one; `current` is the one whose orders are shown."""
    columns = [
        Column(
            label=month.name,
            tick=month.name[5:],
            values=(month.orders,),
            url=f"{page}?month={month.name}#orders",
            is_current=month.name == current,
            is_open=at == len(months),
        )
        for at, month in enumerate(months, start=1)
    ]
    about = About("months", _("Orders by month"), series=(_("Orders"),))
    return chart_of(about, columns, height=HEIGHT)
