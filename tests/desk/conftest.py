import pytest

from inventory.models import Sku, Warehouse
from tests.fixtures import flow


@pytest.fixture
def stocked(cup: Sku, warehouse: Warehouse) -> Warehouse:
    """The Hangzhou warehouse with 50 pieces of CUP-1."""
    flow.receive(cup, warehouse, 50)
    return warehouse
