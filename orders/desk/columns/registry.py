"""The columns of the order list, each one declaration: adding one is one more.

A cell is drawn by `templates/orders/cells/<name>.html` where there is such a file (`template=True`), else it is the
attribute of the row that has the column's name.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orders.billing.due import due_sql
from orders.desk import rows
from orders.desk.rows import Part

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from oms.models import User


@dataclass(frozen=True, slots=True)
class Column:
    """`css` says how wide a window must be (docs/screens.md); `permission` who is offered it ("": everybody)."""

    name: str
    label: "StrPromise"
    css: str
    parts: tuple[Part, ...]
    template: bool = False
    is_usual: bool = False
    permission: str = ""


def _plain(name: str, label: "StrPromise", read: str, css: str = "cell-full") -> Column:
    """What `read` gives of an order `o`, as text."""
    return Column(name, label, css, (rows.text(name, read),))


def _money(name: str, label: "StrPromise", read: str, permission: str = "") -> Column:
    parts = (rows.amount(name, read),)
    return Column(name, label, "cell-full num", parts, permission=permission)


def _usual(name: str, label: "StrPromise", css: str, *parts: Part, permission: str = "") -> Column:
    return Column(name, label, css, parts, template=True, is_usual=True, permission=permission)


_SEE_MONEY = "orders.view_payment"

COLUMNS = (
    _usual("number", _("Order"), "cell-main", rows.CHANNEL),
    _usual("placed", _("Placed"), "cell-wide", rows.PLACED),
    _usual("customer", _("Customer"), "cell-who", rows.WHO),
    _usual("city", _("City"), "cell-full", rows.CITY),
    _usual("goods", _("Goods"), "cell-more", rows.GOODS),
    _usual("amount", _("Amount"), "cell-amount num", rows.AMOUNT),
    _usual("payment", _("Payment"), "cell-wide cell-keep", rows.PAID, permission=_SEE_MONEY),
    _usual("status", _("Status"), "cell-status", rows.PRIORITY),
    _usual("why", _("Reason, next step"), "cell-why", rows.WHY),
    _usual("promised", _("Promised"), "cell-due", rows.PROMISED),
    _usual("owner", _("Owner"), "cell-full", rows.OWNER),
    _usual("notes", _("Notes"), "cell-mark", rows.TAGS, rows.NOTE),
    _plain("external_no", _("Platform no."), "o.external_no"),
    Column("channel", _("Channel"), "cell-full", (rows.CHANNEL,)),
    _plain("recipient", _("Recipient"), "o.ship_name"),
    _plain("province", _("Province or state"), "o.ship_province"),
    _plain("district", _("District"), "o.ship_district"),
    _plain("lines", pgettext_lazy("column", "Lines"), rows.LINE_COUNT, "cell-full num"),
    _plain(
        "pieces",
        pgettext_lazy("column", "Pieces"),
        "(SELECT sum(l.quantity - l.cancelled_quantity) FROM orders_orderline l "
        "WHERE l.order_id = o.id AND l.kind = 'goods')",
        "cell-full num",
    ),
    _money("discount", _("Discount"), "o.discount_amount"),
    _money("shipping", _("Shipping fee"), "o.shipping_amount"),
    _money("owed", _("Still owed"), f"greatest({due_sql('o')}, 0)", permission=_SEE_MONEY),
    Column(
        "created",
        _("Came in"),
        "cell-full",
        (rows.moment("created", "o.created_at"),),
        template=True,
    ),
    Column("priority", _("Priority"), "cell-full", (rows.PRIORITY,)),
    _plain("version", _("Version"), "o.version", "cell-full num"),
)
BY_NAME = {column.name: column for column in COLUMNS}
FIRST = COLUMNS[0]
"""The number opens the order: it stands first in every list."""

USUAL = tuple(column.name for column in COLUMNS if column.is_usual)


def known_columns(names: "list[str] | tuple[str, ...]", user: "User") -> tuple[Column, ...]:
    """Those that there are and that `user` may see, each once, the number first; none named: the usual ones."""
    wanted = dict.fromkeys(name for name in names or USUAL if name in BY_NAME)
    found = [BY_NAME[name] for name in wanted if name != FIRST.name]
    return (FIRST, *(one for one in found if may_see(one, user)))


def may_see(column: Column, user: "User") -> bool:
    return not column.permission or user.has_perm(column.permission)
