import pytest

from orders.invariants import INVARIANTS, violations
from tests.fixtures import flow
from tests.invariants.corruptions import DAMAGES
from tests.invariants.damage import do_damage

pytestmark = pytest.mark.django_db


def _named(row, orders):
    numbers = {name: order.number for name, order in orders.items()}
    return {key: v.format(**numbers) if isinstance(v, str) else v for key, v in row.items()}


def test_the_busy_company_is_sound(busy_company):
    assert {name: order.status for name, order in busy_company.items()} == {
        "waiting": "pending_review",
        "allocated": "allocated",
        "short": "backordered",
        "done": "completed",
        "cancelled": "cancelled",
    }
    assert violations() == []
    assert flow.broken() == set()


@pytest.mark.parametrize("name", DAMAGES)
def test_its_damage_is_found_and_named(name, busy_company):
    damage = DAMAGES[name]

    do_damage(damage)

    found = {violation.name: violation for violation in violations()}
    assert set(found) == {name, *damage.also}
    assert flow.broken() == set(found)
    assert _named(damage.row, busy_company).items() <= found[name].rows[0].items()


def test_every_invariant_is_proven_able_to_fail():
    assert set(DAMAGES) == {invariant.name for invariant in INVARIANTS}
