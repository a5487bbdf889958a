"""What the order list needs to know of its reader before it is read: layout, views, and which orders they may see."""

from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from oms.models import User
from oms.sql import query
from orders.desk.asked import STATE, VIEW, asked_text, named_view
from orders.desk.columns.models import Density
from orders.desk.columns.registry import Column, known_columns

MOST_SHOWN = 200

_READ = """
SELECT 0, '', '', '', l.columns, l.density, false, 0, r.id, '',
  ARRAY(SELECT s.warehouse_id FROM inventory_warehousestaff s WHERE s.user_id = r.id)
FROM oms_user r LEFT JOIN orders_listlayout l ON l.user_id = r.id WHERE r.id = %(user)s
UNION ALL (
SELECT v.id, v.slug, v.name, v.asked, v.columns, v.density, v.is_shared, v.version, v.user_id,
  coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username), '{}'
FROM orders_savedview v JOIN oms_user u ON u.id = v.user_id
WHERE v.user_id = %(user)s OR v.is_shared
ORDER BY v.user_id <> %(user)s, lower(v.name), v.id LIMIT %(most)s)
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A view as its readers know it."""

    pk: int
    slug: str
    name: str
    asked: str
    columns: list[str]
    density: str
    is_shared: bool
    version: int
    user_id: int
    owner: str


@dataclass(frozen=True, slots=True)
class Desk:
    """`views`: one's own by name, then what others share. `warehouses`: the reader's limits (empty: none)."""

    columns: list[str] = field(default_factory=list)
    density: str = Density.NORMAL
    views: list[Known] = field(default_factory=list)
    warehouses: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Opened:
    """What an address means: `query` says which list, spelled out. `is_missing`: it names a view that is not there."""

    query: QueryDict
    view: Known | None = None
    is_changed: bool = False
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """`is_chosen`: somebody picked these columns, so that all of them are shown where there is room to scroll."""

    columns: tuple[Column, ...]
    density: str
    is_chosen: bool


def desk_of(user: User) -> Desk:
    """One query."""
    read = query(_READ, {"user": user.pk, "most": MOST_SHOWN})
    views = sorted(
        (Known(*view) for *view, _limits in read if view[0]),
        key=lambda one: (one.user_id != user.pk, one.name.lower(), one.pk),
    )
    own = next(row for row in read if not row[0])
    columns, density, warehouses = own[4], own[5], own[-1]
    return Desk(columns or [], density or Density.NORMAL, views, warehouses)


def open_view(asked: QueryDict, desk: Desk) -> Opened:
    """A view's own query holds where the address says nothing else; where it does, the view is changed."""
    slug = asked.get(VIEW, "")
    view = next((one for one in desk.views if one.slug == slug), None)
    spelled = asked.copy()
    if view is None:
        spelled.pop(VIEW, None)
        return Opened(spelled, is_missing=bool(slug))
    if not any(name in asked for name in STATE):
        spelled.update(QueryDict(view.asked))
    return Opened(named_view(spelled), view, asked_text(spelled) != view.asked)


def look_of(user: User, desk: Desk, view: Known | None) -> Look:
    names = (view.columns if view else []) or desk.columns
    density = (view.density if view else "") or desk.density
    return Look(known_columns(names, user), density, bool(names))


def may_change(user: User, view: Known) -> bool:
    """One's own; and a shared one, whoever may share."""
    return view.user_id == user.pk or (view.is_shared and may_share(user))


def may_share(user: User) -> bool:
    return user.has_perm("orders.share_savedview")


def shared_by(user: User, view: Known) -> str:
    """What is said beside the name of a shared view."""
    if not view.is_shared:
        return ""
    return _("shared by you") if view.user_id == user.pk else _("shared by %s") % view.owner
