from collections.abc import Callable
from typing import Any

import pytest

from inventory.models import Sku, Warehouse
from oms.models import User
from orders.exceptions import watch
from orders.models import Order
from tests.fixtures import flow
from tests.fixtures.company import Place, create_sku


@pytest.fixture
def desk(manager: User, signed_in: Callable[[User], Any]) -> Any:
    """The browser of somebody who may do every fix."""
    return signed_in(manager)


@pytest.fixture
def short(place: Place, cup: Sku, warehouse: Warehouse) -> Order:
    """Two cups are there, three big things are not; the order is to leave complete."""
    create_sku("BIG-1", price=20)
    flow.receive(cup, warehouse, 2)
    order = flow.approve(place(("CUP-1", 2), ("BIG-1", 3)))
    watch.sweep()
    return order
