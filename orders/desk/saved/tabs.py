"""The saved views beside the fixed tabs: some as tabs, the others in a menu."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from oms.models import User
from orders.desk.saved.sight import Desk, Known, Opened, shared_by
from orders.desk.tab import Tab

MOST_TABS = 6


def view_tabs(user: User, desk: Desk, opened: Opened, fixed: Sequence[Tab]) -> dict[str, list[Tab]]:
    """`tabs` and `more_tabs`; the view that is open is always a tab."""
    first, rest = desk.views[:MOST_TABS], desk.views[MOST_TABS:]
    if opened.view and opened.view in rest:
        rest = [first.pop(), *(one for one in rest if one is not opened.view)]
        first.append(opened.view)
    return {
        "tabs": [*fixed, *(_tab(user, one, opened) for one in first)],
        "more_tabs": [_tab(user, one, opened) for one in rest],
    }


def _tab(user: User, view: Known, opened: Opened) -> Tab:
    is_open = view is opened.view
    return Tab(
        label=view.name,
        url=f"?view={view.slug}",
        is_current=is_open,
        icon="users" if view.is_shared else "star",
        hint=shared_by(user, view),
        mark=_("changed") if is_open and opened.is_changed else "",
    )
