"""Write-offs from outside: applied where one warehouse has all pieces free."""

import pytest

from inventory.ledger import Posting, post
from inventory.models import Stock, StockAdjustment, StockMovement
from tests.fixtures.company import create_sku
from tests.fixtures.flow import approve, receive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


def lost(number: int, quantity: int) -> str:
    return f"{number},21777,damaged,{-quantity},2010-12-01 16:50:00,0.0,,United Kingdom"


@pytest.fixture
def box():
    return create_sku("21777")


def test_pieces_go_from_the_first_warehouse_that_has_them(
    retail, box, warehouse, other_warehouse
) -> None:
    receive(box, warehouse, 3)
    receive(box, other_warehouse, 10)

    batch = retail(lost(1, 4), lost(2, 3), lost(3, 7))

    on_hand = Stock.objects.order_by("warehouse__priority").values_list("on_hand", flat=True)
    assert list(on_hand) == [0, 6]
    assert batch.account["stock_adjustments"] == {
        "applied": {"rows": 2, "units": -7}, "waiting": {"rows": 1, "units": -7},
    }  # fmt: skip
    applied = StockAdjustment.objects.filter(status="applied").order_by("id")
    assert [one.movement.quantity for one in applied] == [-4, -3]
    assert StockMovement.objects.latest("id").reference == "online-retail:2:1"


def test_reserved_pieces_are_not_written_off(retail, box, warehouse, place) -> None:
    receive(box, warehouse, 5)
    approve(place(("21777", 3)))

    batch = retail(lost(1, 3))

    assert batch.account["stock_adjustments"]["waiting"] == {"rows": 1, "units": -3}
    assert Stock.objects.get().on_hand == 5


def test_pieces_taken_in_the_same_moment_make_it_wait(retail, box, warehouse, monkeypatch) -> None:
    receive(box, warehouse, 5)

    def taken_meanwhile(postings, *, actor):
        post([Posting(warehouse.pk, box.pk, -5, "adjustment")], actor=None)
        return post(postings, actor=actor)

    monkeypatch.setattr("inventory.write_off.ledger.post", taken_meanwhile)

    assert retail(lost(1, 3)).account["stock_adjustments"]["waiting"]["rows"] == 1
