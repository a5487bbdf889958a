"""Asked piece by piece, the invariants say what they say asked of everything."""

import pytest

from orders.invariants import INVARIANTS, violations
from orders.invariants.invariant import check_range
from orders.invariants.slices import BY_ORDER, BY_STOCK
from tests.invariants.corruptions import DAMAGES
from tests.invariants.damage import do_damage

pytestmark = pytest.mark.django_db

WALKED = [one.name for one in INVARIANTS if one.by]


def _found_in_pieces(by, limit):
    """Rows found per invariant, walking ranges of so many ids."""
    invariants, after = [one for one in INVARIANTS if one.by is by], 0
    found: dict[str, int] = {}
    while span := by.next_range(after, limit):
        for violation in check_range(invariants, span):
            found[violation.name] = found.get(violation.name, 0) + violation.count
        after = span.last
    return found


@pytest.mark.parametrize("name", WALKED)
def test_its_damage_is_found_in_pieces_of_one(name, busy_company):
    do_damage(DAMAGES[name])

    walked = {one.name: one.count for one in violations() if one.name in WALKED}
    assert _found_in_pieces(BY_STOCK, 1) | _found_in_pieces(BY_ORDER, 1) == walked


def test_a_sound_company_is_sound_in_pieces(busy_company, django_assert_num_queries):
    with django_assert_num_queries(3):
        # The range, all invariants in one statement, no further range.
        assert _found_in_pieces(BY_ORDER, 1000) == {}


def test_a_range_is_the_next_so_many_ids(busy_company):
    ids = sorted(order.pk for order in busy_company.values())

    span = BY_ORDER.next_range(ids[0], 2)

    assert (span.first, span.last, span.count) == (ids[0] + 1, ids[2], 2)
    assert BY_ORDER.next_range(ids[-1], 2) is None
