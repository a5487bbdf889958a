from datetime import date

import pytest

from inventory.models import Sku, Warehouse
from orders.desk.query.qualifier import Known, Named
from tests.fixtures import flow


@pytest.fixture
def known() -> Known:
    """A company of two people and a channel, on a Sunday in November."""
    return Known(
        user_id=1,
        today=date(2026, 11, 22),
        permissions=frozenset({"orders.view_payment"}),
        people=[Named(1, "clerk", ""), Named(2, "wang", "王芳")],
        channels=[Named(7, "web", "Web shop")],
    )


@pytest.fixture
def stocked(cup: Sku, warehouse: Warehouse) -> Warehouse:
    """The Hangzhou warehouse with 500 pieces of CUP-1."""
    flow.receive(cup, warehouse, 500)
    return warehouse
