"""An import is taken back for a day: what nobody touched is cancelled, the rest stays and says why."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from inventory.models import Stock
from oms.models import Channel
from orders.billing.pay import record_payment
from orders.desk.notes.comment import comment_on
from orders.models import BulkItem, ImportBatch, Order
from orders.review.decide import approve_orders
from tests.fixtures import flow
from tests.intake_wizard.conftest import GOOD, HEADER, Wizard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


@pytest.fixture
def imported(wizard: Wizard) -> Wizard:
    """Three orders, A-1 to A-3, waiting for review."""
    wizard.paste(HEADER, *[GOOD.replace("A-1", f"A-{one}") for one in (1, 2, 3)])
    wizard.take_in()
    return wizard


def order(number: str) -> Order:
    return Order.objects.get(external_no=number)


def undo(wizard: Wizard):
    return wizard.client.post(f"/import/{ImportBatch.objects.get().pk}/undo/")


def statuses() -> dict[str, str]:
    return dict(Order.objects.order_by("pk").values_list("external_no", "status"))


def test_untouched_orders_are_cancelled(imported, clerk) -> None:
    page = undo(imported)

    batch = ImportBatch.objects.get()
    assert page["Location"] == f"/orders/bulk/{batch.undone_by_id}/"
    assert statuses() == dict.fromkeys(("A-1", "A-2", "A-3"), "cancelled")
    assert order("A-1").events.get(kind="cancelled").actor == clerk
    assert "took this import back" in imported.client.get(f"/import/{batch.pk}/").content.decode()


def test_goods_that_were_reserved_by_the_machine_are_free_again(imported, cup, warehouse) -> None:
    flow.receive(cup, warehouse, 10)
    approve_orders([order("A-1").pk], actor=None)
    flow.pipeline.advance()
    assert order("A-1").status == "allocated"

    undo(imported)

    assert order("A-1").status == "cancelled"
    assert Stock.objects.get().reserved == 0


def test_what_somebody_touched_stays_and_says_why(imported, manager, cup, warehouse) -> None:
    approve_orders([order("A-1").pk], actor=manager)
    comment_on(order("A-2").pk, text="call first", actor=manager)
    record_payment(order("A-3").pk, amount=Decimal(5), method="bank", actor=None)

    undo(imported)

    assert "cancelled" not in statuses().values()
    items = BulkItem.objects.order_by("order_id")
    assert [one.state for one in items] == ["left_out"] * 3
    assert items[0].words.startswith("manager worked on it at ")


def test_what_is_being_picked_stays(imported, cup, warehouse) -> None:
    flow.receive(cup, warehouse, 10)
    flow.pick(flow.approve(order("A-1")))

    undo(imported)

    assert statuses() == {"A-1": "in_fulfilment", "A-2": "cancelled", "A-3": "cancelled"}


def test_what_is_touched_between_looking_and_cancelling_stays(
    imported, monkeypatch, manager
) -> None:
    monkeypatch.setattr("orders.intake.files.views.run_for", lambda _job, _seconds: None)
    undo(imported)
    approve_orders([order("A-1").pk], actor=manager)

    job = ImportBatch.objects.get().undone_by
    imported.client.post(f"/orders/bulk/{job.pk}/do/")

    assert statuses() == {"A-1": "approved", "A-2": "cancelled", "A-3": "cancelled"}
    assert job.items.get(order=order("A-1")).state == "refused"


def test_an_import_is_taken_back_once(imported) -> None:
    undo(imported)
    undo(imported)

    assert BulkItem.objects.count() == 3


def test_after_a_day_it_cannot_be_taken_back(imported) -> None:
    ImportBatch.objects.update(finished_at=timezone.now() - timedelta(hours=25))
    page = imported.client.get(f"/import/{ImportBatch.objects.get().pk}/")
    assert "/undo/" not in page.content.decode()

    undo(imported)

    assert "cancelled" not in statuses().values()


def test_orders_that_were_here_before_are_left_alone(wizard) -> None:
    wizard.paste(HEADER, GOOD)
    wizard.take_in()
    wizard.paste(HEADER, GOOD, GOOD.replace("A-1", "A-2"))
    wizard.take_in()

    wizard.client.post(f"/import/{ImportBatch.objects.order_by('-pk')[0].pk}/undo/")

    assert statuses() == {"A-1": "pending_review", "A-2": "cancelled"}


def test_orders_held_by_the_import_itself_count_as_untouched(wizard) -> None:
    Channel.objects.get_or_create(code="tmall", defaults={"name": "Tmall"})
    wizard.paste(
        "主订单编号\t商家编码\t标题\t商品属性\t购买数量\t价格\t订单状态",
        "T-1\tCUP-1\tCup\t\t1\t10\t交易成功",
    )
    wizard.take_in()
    assert statuses() == {"T-1": "on_hold"}

    undo(wizard)

    assert statuses() == {"T-1": "cancelled"}


def test_somebody_who_sees_only_some_warehouses_takes_nothing_back_unseen(
    imported, monkeypatch
) -> None:
    monkeypatch.setattr(type(Order.objects.all()), "visible_to", lambda self, _user: self.none())

    undo(imported)

    assert "cancelled" not in statuses().values()
