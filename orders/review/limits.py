"""Up to what somebody may approve and give back: the limits of their roles, per currency.

Only roles that include the right in question count: of several the most generous. A role without limits is
unlimited, and so is a right that comes from no role at all.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from oms.display import money_text, quantity_text
from oms.errors import NotPossible
from oms.models import User
from oms.roles import role_words
from oms.sql import query

REVIEW, FINANCE, FORCE = "orders.review_order", "orders.finance_review", "orders.force_approve"
REFUND = "orders.add_payment"
OVER_LIMIT = "over_limit"
_NAMED_AT_MOST = 3

_ROLES = f"""
SELECT g.name, rights.held, coalesce(own.limits, '[]'::json), coalesce(staff.people, '[]'::json),
  EXISTS (SELECT FROM oms_user_groups m WHERE m.group_id = g.id AND m.user_id = %s)
FROM auth_group g
CROSS JOIN LATERAL (
  SELECT array_agg(c.app_label || '.' || p.codename) AS held
  FROM auth_group_permissions gp JOIN auth_permission p ON p.id = gp.permission_id
  JOIN django_content_type c ON c.id = p.content_type_id
  WHERE gp.group_id = g.id AND c.app_label || '.' || p.codename = ANY(%s)) rights
CROSS JOIN LATERAL (
  SELECT json_agg(json_build_array(l.currency, l.max_amount::text, l.max_discount_percent::text, l.max_refund::text))
    AS limits FROM orders_approvallimit l WHERE l.group_id = g.id) own
CROSS JOIN LATERAL (
  SELECT json_agg(json_build_array(s.id, s.name)) AS people FROM (
    SELECT u.id, coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username) AS name
    FROM oms_user_groups m JOIN oms_user u ON u.id = m.user_id WHERE m.group_id = g.id AND u.is_active
    ORDER BY u.last_login DESC NULLS LAST, u.username LIMIT {_NAMED_AT_MOST + 1}) s) staff
WHERE rights.held IS NOT NULL ORDER BY g.id
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """What is None limits nothing."""

    amount: Decimal | None = None
    discount_percent: Decimal | None = None
    refund: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What is compared with a limit; None where there is nothing to compare."""

    currency: str
    amount: Decimal | None = None
    discount_percent: Decimal | None = None
    refund: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A role with those of its rights that limits are about, and the first of its people (id, name)."""

    name: str
    rights: frozenset[str]
    limits: dict[str, Limit]
    people: tuple[tuple[int, str], ...]
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Exceeded:
    """A figure above its limit; `limit` is None where the currency has none at all."""

    words: str
    what: str = ""
    limit: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles of the house as they are to one person."""

    user: User
    roles: tuple[Role, ...]

    def exceeded(self, right: str, figures: Figures) -> Exceeded | None:
        """The first limit that stands against it; None when this person may."""
        mine = [role for role in self.roles if role.is_mine and right in role.rights]
        if self.user.is_superuser or not mine:
            return None
        return next(_over(_most_generous(mine, figures.currency), figures), None)

    def who_can(self, right: str, figures: Figures | None = None) -> str:
        """The roles, with some of their other people, that have the right and a limit high enough, as a sentence."""
        found = []
        for role in self.roles:
            if right not in role.rights or not _allows(role, figures):
                continue
            others = [name for pk, name in role.people if pk != self.user.pk][:_NAMED_AT_MOST]
            if others:
                found.append(f"{role_words(role.name)} ({', '.join(others)})")
        if not found:
            return _("Nobody else can: an administrator sets roles and limits.")
        return _("Who can: %s.") % "; ".join(found)


def roles_for(user: User) -> Roles:
    """One query."""
    rows = query(_ROLES, [user.pk, [REVIEW, FINANCE, FORCE, REFUND]])
    return Roles(user, tuple(_role(*row) for row in rows))


def _role(
    name: str, held: Sequence[str], limits: list[list[str]], people: list[list[object]], mine: bool
) -> Role:
    by_currency = {
        currency: Limit(*(None if one is None else Decimal(one) for one in figures))
        for currency, *figures in limits
    }
    return Role(name, frozenset(held), by_currency, tuple((pk, who) for pk, who in people), mine)  # type: ignore[misc]


def _allows(role: Role, figures: Figures | None) -> bool:
    return figures is None or not any(_over(_most_generous([role], figures.currency), figures))


def _most_generous(roles: Sequence[Role], currency: str) -> Limit | None:
    """None when none of them may decide in this currency."""
    if not all(role.limits for role in roles):
        return Limit()
    found = [role.limits[currency] for role in roles if currency in role.limits]
    if not found:
        return None
    return Limit(
        _largest(one.amount for one in found),
        _largest(one.discount_percent for one in found),
        _largest(one.refund for one in found),
    )


def _largest(figures: Iterable[Decimal | None]) -> Decimal | None:
    known = list(figures)
    return None if None in known else max(one for one in known if one is not None)


def _over(limit: Limit | None, asked: Figures) -> Iterator[Exceeded]:
    if limit is None:
        yield Exceeded(
            _("No limit is set for %s, so your role decides nothing in it.") % asked.currency
        )
        return
    if _is_above(asked.amount, limit.amount):
        words = _("%(amount)s is above your limit of %(limit)s.")
        yield Exceeded(words % _money(asked, asked.amount, limit.amount), "amount", limit.amount)
    if _is_above(asked.discount_percent, limit.discount_percent):
        words = _("A discount of %(discount)s%% is above your limit of %(limit)s%%.") % {
            "discount": quantity_text(asked.discount_percent),
            "limit": quantity_text(limit.discount_percent),
        }
        yield Exceeded(words, "discount_percent", limit.discount_percent)
    if _is_above(asked.refund, limit.refund):
        words = _("%(amount)s is more than the %(limit)s that you may give back.")
        yield Exceeded(words % _money(asked, asked.refund, limit.refund), "refund", limit.refund)


def _is_above(figure: Decimal | None, limit: Decimal | None) -> bool:
    return figure is not None and limit is not None and figure > limit


def _money(asked: Figures, amount: Decimal | None, limit: Decimal | None) -> dict[str, str]:
    return {
        "amount": money_text(amount, asked.currency),
        "limit": money_text(limit, asked.currency),
    }


def refuse_too_large_refund(amount: Decimal, currency: str, *, actor: User | None) -> None:
    """Raises NotPossible when `actor` may not give back so much at once."""
    if actor is None:
        return
    roles, asked = roles_for(actor), Figures(currency, refund=amount)
    exceeded = roles.exceeded(REFUND, asked)
    if exceeded:
        words = f"{exceeded.words} {roles.who_can(REFUND, asked)}"
        raise NotPossible(words, code=OVER_LIMIT)
