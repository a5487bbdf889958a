"""What rules can ask of where it goes, and of other orders like it."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orders.address import MISSING_SQL
from orders.review.desk.mates import mates_sql
from orders.review.rules.fields.field import RuleField, Source
from orders.review.rules.fields.of_customer import BEFORE
from orders.review.rules.operators import Kind

REMOTE = Source(
    "remote",
    "SELECT EXISTS (SELECT FROM orders_remotearea a WHERE a.country = o.ship_country "
    "AND starts_with(o.ship_province, a.province) AND starts_with(o.ship_city, a.city)) AS is_so",
)
_PLACE = "({0}.ship_country, {0}.ship_province, {0}.ship_city, {0}.ship_district, {0}.ship_street)"
LAST_PLACE = Source(
    "last_place",
    f"SELECT (SELECT {_PLACE.format('e')} IS DISTINCT FROM {_PLACE.format('o')} FROM orders_order e "
    f"WHERE {BEFORE} AND e.ship_street <> '' ORDER BY e.placed_at DESC, e.id DESC LIMIT 1) AS differs",
)
REPEATED = Source(
    "repeated",
    "SELECT round(extract(epoch FROM o.placed_at - max(b.placed_at)) / 3600, 2) AS hours FROM ("
    "SELECT array_agg(l.sku_id) AS skus FROM orders_orderline l WHERE l.order_id = o.id) own CROSS JOIN LATERAL ("
    f"SELECT e.id, e.placed_at FROM orders_order e WHERE {BEFORE} AND e.placed_at > o.placed_at - interval '31 days' "
    "ORDER BY e.placed_at DESC, e.id DESC LIMIT 100) b WHERE EXISTS ("
    "SELECT FROM orders_orderline x WHERE x.order_id = b.id AND x.sku_id = ANY(own.skus))",
)
MATES = Source("mates", f"SELECT count(*) AS orders FROM ({mates_sql('o')}) m")
_ADDRESS = frozenset(
    {"ship_name", "ship_phone", "ship_country", "ship_province", "ship_city", "ship_district", "ship_street"}
)  # fmt: skip


def _text(name: str, label: object) -> RuleField:
    part = f"ship_{name}"
    return RuleField(name, label, Kind.TEXT, f"o.{part}", about="address", edits=frozenset({part}))  # type: ignore[arg-type]


FIELDS = (
    _text("country", _("Country")),
    _text("province", _("Province")),
    _text("city", _("City")),
    _text("district", _("District")),
    _text("street", _("Street address")),
    replace(_text("phone", pgettext_lazy("part of an address", "Phone")), is_phone=True),
    RuleField(
        "address_complete", _("Address is complete"), Kind.YESNO, f"cardinality({MISSING_SQL}) = 0", about="address",
        edits=_ADDRESS,
    ),
    RuleField(
        "address_differs", _("Address differs from the customer's last"), Kind.YESNO, "last_place.differs",
        (LAST_PLACE,), "address", _ADDRESS,
    ),
    RuleField("remote", _("Remote area"), Kind.YESNO, "remote.is_so", (REMOTE,), "address", _ADDRESS),
    RuleField(
        "hours_since_same", _("Same customer ordered the same SKU ago"), Kind.NUMBER, "repeated.hours", (REPEATED,),
        "repeat", frozenset({"skus"}), unit=_("hours"),
    ),
    RuleField(
        "mergeable", _("Open orders to the same recipient"), Kind.NUMBER, "mates.orders", (MATES,), "repeat", _ADDRESS,
        is_of_today=True,
    ),
)  # fmt: skip
