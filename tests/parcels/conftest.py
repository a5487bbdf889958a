from collections.abc import Callable

import pytest

from inventory.models import Sku, Warehouse
from orders.models import Order
from tests.fixtures.company import Place
from tests.fixtures.flow import approve, receive
from tests.parcels.steps import HOME


@pytest.fixture
def stocked(cup: Sku, warehouse: Warehouse) -> Warehouse:
    """Fifty cups in HZ."""
    receive(cup, warehouse, 50)
    return warehouse


@pytest.fixture
def ready(place: Place, stocked: Warehouse) -> Callable[..., Order]:
    """`ready(2, ship_to=…)`: an approved order of so many cups, with its parcel ready to pick."""

    def _ready(cups: int = 1, **fields: object) -> Order:
        return approve(place(("CUP-1", cups), **({"ship_to": HOME} | fields)))

    return _ready
