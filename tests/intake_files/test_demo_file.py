"""Two days of the real Online Retail set, whole, with its exact account."""

from pathlib import Path

import pytest

from inventory.models import Sku
from orders.models import Order, OrderLine
from tests.architecture.source import ROOT

FILE = ROOT.parent / "shared/data/online_retail/demo_2010-12-01_to_02.csv"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("holds"),
    pytest.mark.skipif(not FILE.exists(), reason="the real files are not here"),
]


def test_the_account_of_the_real_file_is_exact(take_in) -> None:
    account = take_in(Path(FILE)).account

    assert account["rows"] == 5217
    assert account["documents"] == {
        "invoices": 281, "cancellations": 29, "adjustments": 0, "orders": 279, "rejected": 0, "already_here": 0,
    }  # fmt: skip
    assert {name: told["rows"] for name, told in account["outcomes"].items()} == {
        "goods": 5135, "charge": 10, "return_linked": 5, "credit_unlinked": 65, "stock_adjustment": 2,
        "financial": 0, "duplicate": 0, "rejected": 0,
    }  # fmt: skip
    assert account["amounts"]["net"] == {
        "source": "104842.84", "booked": "104842.84", "not_booked": "0.00", "difference": "0.00",
    }  # fmt: skip
    assert account["units"] == {
        "source": 47837, "booked": 47837, "financial": 0, "not_booked": 0, "difference": 0,
    }  # fmt: skip
    assert (account["customers"], account["skus_created"]) == (206, Sku.objects.count())
    assert (Order.objects.count(), OrderLine.objects.count()) == (279, 5145)
