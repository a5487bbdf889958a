"""Two that look for exceptions at once: none is opened twice, and none after its cause is gone."""

import pytest

from oms.sql import query
from orders import pipeline
from orders.desk.edit import edit_order
from orders.exceptions import refresh, watch
from orders.exceptions.models import OrderException
from orders.intake.draft import ShipTo
from orders.models import Order
from tests.fixtures.company import Place, draft
from tests.races.racing import at_once, meeting_after

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def order(place: Place) -> Order:
    """An order whose address lacks its street."""
    incomplete = ShipTo(name="王小明", phone="13800138001", country="CN", city="杭州市")
    order = place(draft=draft(ship_to=incomplete))
    pipeline.advance()
    query("DELETE FROM orders_ordertouched")
    return order


def test_two_at_once_open_it_once(
    order: Order, monkeypatch: pytest.MonkeyPatch, holds: None
) -> None:
    monkeypatch.setattr(refresh, "detect", meeting_after(refresh.detect))

    results = at_once(*[lambda: refresh.refresh_exceptions([order.pk])] * 2)

    assert results == [None, None]
    assert OrderException.objects.count() == 1


def mended_meanwhile(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    """One looks at the order, and writes what it saw after another one mended it and looked again."""
    meet = meeting_after(refresh.detect)
    seen = []

    def slow(ids: list[int]) -> object:
        seen.append(ids)
        return meet(ids) if len(seen) == 1 else refresh_detect(ids)

    refresh_detect = refresh.detect
    monkeypatch.setattr(refresh, "detect", slow)

    def mend() -> None:
        while not seen:
            pass
        edit_order(order.pk, version=1, changes={"ship_street": "文三路 1 号"}, actor=None)
        watch.catch_up()

    at_once(lambda: refresh.refresh_exceptions([order.pk]), mend)


def test_what_was_mended_meanwhile_does_not_stay_open(
    order: Order, monkeypatch: pytest.MonkeyPatch, holds: None
) -> None:
    mended_meanwhile(order, monkeypatch)

    assert not OrderException.objects.filter(closed_at=None).exists()


def test_without_the_lock_it_would(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refresh, "ALONE", "SELECT 1")
    monkeypatch.setattr(watch, "ALONE", "SELECT 1")

    mended_meanwhile(order, monkeypatch)

    assert OrderException.objects.filter(closed_at=None).exists()
