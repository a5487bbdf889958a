"""What the database is asked of the codes in drafts, and how much it reads for the answer."""

import pytest

from inventory.models import Sku
from oms.models import Channel
from oms.sql import query
from orders.intake.lookup import look_up
from orders.intake.place import place_orders
from tests.fixtures.company import draft

pytestmark = pytest.mark.django_db

ORDERS = 30


def orders_read() -> int:
    """Rows of orders that this transaction has fetched through an index so far."""
    statement = "SELECT idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'orders_order'"
    return int(query(statement)[0][0])


def test_known_numbers_are_found_without_a_walk_through_the_channel(web: Channel, cup: Sku) -> None:
    drafts = [draft(external_no=f"W-{number}") for number in range(ORDERS)]
    place_orders(drafts, actor=None, door="form")
    before = orders_read()

    known = look_up(drafts)

    assert len(known.orders) == ORDERS
    assert orders_read() - before == ORDERS


def test_a_number_of_another_channel_is_not_known(web: Channel, cup: Sku) -> None:
    Channel.objects.create(code="other", name="Other", currency="CNY")
    place_orders([draft(external_no="W-1")], actor=None, door="form")

    assert look_up([draft(external_no="W-1", channel="other")]).orders == {}
