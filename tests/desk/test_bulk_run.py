"""Bulk jobs: who may, how many, and how they come to their end whoever watches."""

from typing import Any

import pytest

from inventory.models import Warehouse, WarehouseStaff
from oms.models import User
from orders import tasks
from orders.desk.bulk import prepare as preparing
from orders.desk.bulk import run
from orders.desk.bulk.models import BulkJob
from tests.desk.bulk_steps import choose, fates, job, page_of, statuses, told
from tests.fixtures import flow
from tests.fixtures.company import Place

pytestmark = pytest.mark.usefixtures("holds")

every_act = pytest.mark.parametrize("act", ["approve", "hold", "release", "cancel"])


@every_act
def test_it_must_be_posted(reviewer: User, signed_in: Any, act: str):
    assert signed_in(reviewer).get(f"/orders/bulk/{act}/").status_code == 405


@every_act
def test_without_the_right_nothing_changes(place: Place, auditor: User, signed_in: Any, act: str):
    order = place()

    assert choose(signed_in(auditor), act, order).status_code == 403
    assert statuses(order) == ["pending_review"]
    assert not BulkJob.objects.exists()


@every_act
def test_orders_outside_ones_warehouses_do_not_exist(
    place: Place, reviewer: User, stocked: Warehouse, other_warehouse: Warehouse, signed_in: Any, act: str
):  # fmt: skip
    order = flow.approve(place())
    WarehouseStaff.objects.create(user=reviewer, warehouse=other_warehouse)
    browser = signed_in(reviewer)

    choose(browser, act, order)

    assert told(browser) == ["Tick at least one order first."]
    assert statuses(order) == ["allocated"]


@pytest.mark.parametrize("ticked", [[], ["x"], ["-1"], ["９"], ["9" * 40]])
def test_nothing_ticked_is_said(reviewer: User, signed_in: Any, ticked: list[str]):
    browser = signed_in(reviewer)

    browser.post("/orders/bulk/approve/", {"order": ticked})

    assert told(browser) == ["Tick at least one order first."]


def test_more_than_a_job_may_have_is_said(
    place: Place, reviewer: User, signed_in: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(preparing, "LARGEST", 1)
    browser = signed_in(reviewer)

    choose(browser, "approve", place(), place())

    assert told(browser) == ["These are more than 1 orders. Narrow the list, then choose again."]


@pytest.mark.parametrize("step", ["", "do/", "undo/", "retry/"])
def test_another_persons_job_does_not_exist(
    place: Place, reviewer: User, manager: User, signed_in: Any, step: str
):
    choose(signed_in(reviewer), "cancel", place())
    ask = signed_in(manager).post if step else signed_in(manager).get

    assert ask(f"{page_of(job())}{step}").status_code == 404


def test_who_lost_the_right_meanwhile_does_no_more(place: Place, reviewer: User, signed_in: Any):
    orders = [place(), place()]
    choose(signed_in(reviewer), "approve", *orders)
    run.confirm(job())
    reviewer.groups.clear()

    tasks.sweep()

    assert set(fates(job())) == {("refused", "The right to do this was taken away meanwhile.")}
    assert statuses(*orders) == ["pending_review", "pending_review"]


def test_a_job_that_nobody_watches_is_finished_by_the_sweep(
    place: Place, reviewer: User, signed_in: Any
):
    orders = [place(), place()]
    choose(signed_in(reviewer), "hold", *orders)
    run.confirm(job())

    tasks.sweep()

    assert statuses(*orders) == ["on_hold", "on_hold"]
    assert job().finished_at is not None


def test_a_job_goes_in_pieces(
    place: Place, reviewer: User, signed_in: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(run, "PIECE", 1)
    orders = [place(), place()]
    choose(signed_in(reviewer), "approve", *orders)
    run.confirm(job())

    assert run.run_piece(job().pk)
    assert statuses(*orders) == ["approved", "pending_review"]
    assert run.run_piece(job().pk)
    assert statuses(*orders) == ["approved", "approved"]


def test_many_orders_cost_no_more_queries_than_few(
    place: Place, reviewer: User, signed_in: Any, django_assert_max_num_queries: Any
):
    orders = [place() for _ in range(12)]
    browser = signed_in(reviewer)
    choose(browser, "approve", *orders)

    with django_assert_max_num_queries(37):
        browser.post(f"{page_of(job())}do/", {})
    assert set(statuses(*orders)) == {"approved"}
