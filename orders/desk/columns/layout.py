"""How somebody likes the order list: which columns, in which order, how high the rows."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from oms.errors import FieldError, InvalidInput
from oms.models import User
from orders.desk.columns.models import Density, ListLayout
from orders.desk.columns.registry import COLUMNS as ALL
from orders.desk.columns.registry import FIRST, USUAL, Column, known_columns, may_see


def save_layout(user: User, columns: Sequence[str], density: str) -> ListLayout:
    """Keep it for all lists of `user`; the usual columns in the usual order are kept as no choice at all.

    Raises InvalidInput for no column beside the number, and for a density that there is not.
    """
    values = {"columns": tidy_columns(columns, user), "density": tidy_density(density)}
    return ListLayout.objects.update_or_create(user=user, defaults=values)[0]


def tidy_columns(names: Sequence[str], user: User) -> list[str]:
    """As they are kept. Raises InvalidInput when nothing but the number is left."""
    kept = [column.name for column in known_columns(list(names) or [FIRST.name], user)]
    if len(kept) == 1:
        words = _("Tick at least one column beside the order number.")
        raise InvalidInput([FieldError("columns", "blank", words)])
    usual = [column.name for column in known_columns(USUAL, user)]
    return [] if kept == usual else kept


def tidy_density(density: str) -> str:
    if density not in Density.values:
        words = _("Choose how high the rows are: compact, normal, or roomy.")
        raise InvalidInput([FieldError("density", "unknown", words, density[:20])])
    return density


def offered(chosen: Sequence[Column], user: User) -> list[tuple[Column, bool]]:
    """Every column that `user` may have but the first, with whether it is chosen: the chosen ones in their order."""
    shown = [(column, True) for column in chosen if column is not FIRST]
    rest = [(one, False) for one in ALL if one not in chosen and may_see(one, user)]
    return shown + rest


def moved(rows: list[tuple[Column, bool]], step: str) -> list[tuple[Column, bool]]:
    """`rows` with one of them a place further, as `step` says: `city:up`, `city:down`."""
    name, _sep, side = step.partition(":")
    at = next((at for at, (column, _is) in enumerate(rows) if column.name == name), None)
    to = None if at is None else at - 1 if side == "up" else at + 1
    if at is not None and to is not None and 0 <= to < len(rows):
        rows = [*rows]
        rows[at], rows[to] = rows[to], rows[at]
    return rows
