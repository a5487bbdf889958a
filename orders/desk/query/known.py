"""What reading the query line needs to know, from the database; asked only where the line makes it necessary."""

from collections.abc import Sequence

from django.utils import timezone

from oms.models import User
from oms.sql import query
from orders.desk.query.parse import Query, parse, terms_in
from orders.desk.query.qualifier import Known, Named, Qualifier
from orders.desk.query.registry import BY_WORD

_NAMES = """
SELECT 'person', id, username, trim(first_name || ' ' || last_name) FROM oms_user WHERE is_active
UNION ALL SELECT 'channel', id, code, name FROM oms_channel ORDER BY 1, 3
"""


def known_to(user: User, named: Sequence[Qualifier]) -> Known:
    """What reading values of the qualifiers `named` needs; one query where there are names of people among them."""
    rows = query(_NAMES) if any(one.needs_names for one in named) else []
    rights = {one.permission for one in named if one.permission}
    return Known(
        user_id=user.pk,
        today=timezone.localdate(timezone=timezone.get_default_timezone()),
        permissions=frozenset(right for right in rights if user.has_perm(right)),
        people=[Named(*rest) for kind, *rest in rows if kind == "person"],
        channels=[Named(*rest) for kind, *rest in rows if kind == "channel"],
    )


def query_of(user: User, line: str) -> Query:
    """What `line` asks for when `user` writes it."""
    named = [BY_WORD[term.name] for term in terms_in(line) if term.name in BY_WORD]
    return parse(line, known_to(user, named))
