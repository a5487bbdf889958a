import pytest
from django.core.management import CommandError, call_command

from inventory.models import Sku, Stock
from oms.models import Channel, User
from orders.demo import drafts
from orders.models import Order, OrderEvent, ReturnLine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]

PASSWORD = "a demo password"


@pytest.fixture
def _few_orders(monkeypatch):
    monkeypatch.setattr(drafts, "ORDERS", 200)
    monkeypatch.setenv("OMS_DEMO_PASSWORD", PASSWORD)


def _statuses():
    return set(Order.objects.values_list("status", flat=True))


@pytest.mark.usefixtures("_few_orders")
def test_a_company_with_goods_channels_and_log_ins_is_there(capsys):
    call_command("seed_demo")

    assert capsys.readouterr().out.splitlines()[:2] == [
        "   Goods and warehouses",
        "   Placing orders: 200 of 200",
    ]
    assert (Order.objects.count(), Sku.objects.count(), Channel.objects.count()) == (200, 405, 5)
    assert Stock.objects.values("warehouse").distinct().count() == 3
    assert sorted(User.objects.filter(is_demo=True).values_list("username", flat=True)) == [
        "admin",
        "auditor",
        "clerk",
        "finance",
        "manager",
        "purchasing",
        "reviewer",
        "warehouse",
    ]


@pytest.mark.usefixtures("_few_orders")
def test_some_goods_came_back_and_wait_for_a_person():
    call_command("seed_demo")

    waiting = ReturnLine.objects.filter(status="waiting")
    assert waiting.filter(order_line__isnull=False).exists()
    assert waiting.filter(order_line__isnull=True).count() == 3


@pytest.mark.usefixtures("_few_orders")
def test_everybody_does_only_what_the_role_allows():
    call_command("seed_demo")

    held_by = OrderEvent.objects.filter(kind="held", actor__isnull=False)
    assert set(held_by.values_list("actor__username", flat=True)) == {"reviewer"}


@pytest.mark.usefixtures("_few_orders")
def test_the_log_ins_have_the_password_and_no_superpowers(client):
    call_command("seed_demo")

    assert client.login(username="clerk", password=PASSWORD)
    assert set(User.objects.values_list("is_superuser", flat=True)) == {False}
    assert set(User.objects.filter(is_staff=True).values_list("username", flat=True)) == {
        "admin",
        "auditor",
    }


@pytest.mark.usefixtures("_few_orders")
def test_a_second_run_adds_nothing(capsys):
    call_command("seed_demo")
    call_command("seed_demo")

    assert capsys.readouterr().out.endswith(
        "There are orders already; the demo company was not loaded.\n"
    )
    assert Order.objects.count() == 200


def test_without_a_password_it_says_what_to_set(monkeypatch):
    monkeypatch.delenv("OMS_DEMO_PASSWORD", raising=False)

    with pytest.raises(CommandError, match="Set OMS_DEMO_PASSWORD"):
        call_command("seed_demo")


@pytest.mark.usefixtures("_few_orders")
def test_log_ins_that_exist_already_are_not_taken_over(make_user):
    make_user("clerk")

    with pytest.raises(CommandError, match="users named clerk already"):
        call_command("seed_demo")

    assert not Order.objects.exists()


@pytest.mark.slow
def test_the_whole_company_has_orders_in_every_state(monkeypatch):
    monkeypatch.setenv("OMS_DEMO_PASSWORD", PASSWORD)

    call_command("seed_demo")

    assert Order.objects.count() == 3000
    # No verb leaves an order in draft, and nothing stays approved once stock was allocated.
    assert _statuses() == {
        "pending_review", "on_hold", "backordered", "allocated", "in_fulfilment",
        "partially_shipped", "shipped", "delivered", "completed", "cancelled",
    }  # fmt: skip
    assert set(ReturnLine.objects.values_list("status", flat=True)) == {"applied", "waiting"}
    assert (
        Order.objects.exclude(status="cancelled").filter(lines__cancelled_quantity__gt=0).exists()
    )
