"""A nudge is only a hint: without a broker work goes on."""

import logging

import pytest
from celery import Celery

from orders import nudge
from orders.models import Order
from tests.fixtures.company import Place


@pytest.fixture
def fresh_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nudge, "_quiet_until", {})


@pytest.fixture
def no_broker(fresh_clock: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broker address at which nobody listens."""
    dead = Celery(broker="redis://127.0.0.1:1/0")
    dead.conf.broker_transport_options = nudge.app.conf.broker_transport_options
    monkeypatch.setattr(nudge, "app", dead)


@pytest.mark.django_db(transaction=True)
def test_without_a_broker_an_order_is_placed_and_the_log_says_so_once(
    place: Place, no_broker: None, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "orders.nudge"):
        place()
        place()

    assert Order.objects.count() == 2
    assert [record.getMessage() for record in caplog.records] == [
        "The broker cannot be reached; waiting orders are found by the sweep."
    ]


@pytest.mark.django_db(transaction=True)
def test_many_placements_in_a_moment_send_one_nudge(
    place: Place, fresh_clock: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(nudge.app, "send_task", lambda name, **options: sent.append(name))

    for _ in range(5):
        place()

    assert sent == ["orders.tasks.advance"]


@pytest.mark.django_db
def test_nothing_is_sent_before_the_commit(
    place: Place, fresh_clock: None, monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: object,
) -> None:  # fmt: skip
    sent: list[str] = []
    monkeypatch.setattr(nudge.app, "send_task", lambda name, **options: sent.append(name))

    with django_capture_on_commit_callbacks() as callbacks:  # type: ignore[operator]
        place()

    assert sent == []
    assert len(callbacks) == 1
