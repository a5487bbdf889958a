"""The workers look at everything, a piece at a time."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from inventory.models import Stock
from orders.invariants import INVARIANTS
from orders.tasks import look_at_truth
from orders.truth import look
from orders.truth.models import TruthPass, TruthState
from tests.fixtures.company import create_sku
from tests.fixtures.flow import receive
from tests.invariants.corruptions import DAMAGES
from tests.invariants.damage import do_damage
from tests.races.racing import at_once

pytestmark = pytest.mark.django_db


def _broken():
    return dict(TruthState.objects.filter(broken__gt=0).values_list("name", "broken"))


def test_one_run_looks_at_a_small_company_whole(busy_company, clerk):
    look.go_on(60)

    done = TruthPass.objects.get()
    assert done.finished_at
    assert done.looked_at == 2 + 5  # stocks and orders
    assert done.found == {}
    assert set(TruthState.objects.values_list("name", flat=True)) == {o.name for o in INVARIANTS}
    assert not TruthState.objects.filter(checked_at=None).exists()


def test_what_is_broken_is_kept_with_its_rows(busy_company):
    do_damage(DAMAGES["reserved_is_open_reservations"])

    look_at_truth()

    state = TruthState.objects.get(broken__gt=0)
    assert state.name == "reserved_is_open_reservations"
    assert state.rows == [
        [["sku", "CUP-1"], ["warehouse", "HZ"], ["reserved", 3], ["open_reservations", 2]]
    ]
    assert state.broken_since
    assert TruthPass.objects.get().found == {"reserved_is_open_reservations": 1}


def test_what_pieces_find_adds_up(warehouse, monkeypatch):
    monkeypatch.setattr(look, "SMALLEST_PIECE", 2)
    for number in range(23):
        receive(create_sku(f"SKU-{number:02d}"), warehouse, 1)
    Stock.objects.update(on_hand=2)
    TruthPass.objects.create(piece=2)

    look.go_on(60)

    state = TruthState.objects.get(pk="on_hand_is_sum_of_movements")
    assert (state.broken, len(state.rows)) == (23, 20)


def test_it_is_told_before_the_pass_is_done_and_goes_when_the_next_one_is(busy_company):
    do_damage(DAMAGES["blocked_is_open_blocks"])
    TruthPass.objects.create()
    look._look_at_a_piece()
    assert TruthPass.objects.get().finished_at is None
    assert _broken() == {"blocked_is_open_blocks": 1}

    Stock.objects.filter(sku__code="CUP-1").update(blocked=3)
    look.look_again(None, 60)

    assert _broken() == {}
    assert TruthState.objects.get(pk="blocked_is_open_blocks").broken_since is None


def test_the_next_pass_begins_when_ten_minutes_are_over(busy_company):
    look.go_on(60)
    look.go_on(60)
    assert TruthPass.objects.count() == 1

    TruthPass.objects.update(started_at=timezone.now() - timedelta(minutes=11))
    look.go_on(60)

    assert TruthPass.objects.count() == 2


def test_a_look_that_takes_long_is_begun_less_often():
    began = timezone.now()

    assert look.next_begins_at(TruthPass(started_at=began, seconds=12)) == began + timedelta(
        minutes=10
    )
    assert look.next_begins_at(TruthPass(started_at=began, seconds=60)) == began + timedelta(
        minutes=20
    )


def test_a_run_without_time_goes_on_later_where_it_stopped(busy_company, monkeypatch):
    monkeypatch.setattr(look, "SMALLEST_PIECE", 1)
    TruthPass.objects.create(piece=1)

    look._look_at_a_piece()

    under_way = TruthPass.objects.get()
    assert (under_way.step, under_way.looked_at) == (0, 1)
    assert under_way.after_id == Stock.objects.order_by("pk").first().pk


def test_old_passes_are_forgotten():
    ended = timezone.now() - timedelta(days=31)
    TruthPass.objects.create(finished_at=ended)
    TruthPass.objects.create(finished_at=timezone.now())

    look.forget_old_passes()

    assert TruthPass.objects.filter(finished_at=ended).count() == 0
    assert TruthPass.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_nobody_looks_beside_another(busy_company, db):
    TruthPass.objects.create()

    at_once(*[lambda: look.go_on(20)] * 3)

    assert TruthPass.objects.get().looked_at == 2 + 5


def test_monitoring_is_told(busy_company, client):
    do_damage(DAMAGES["blocked_is_open_blocks"])
    look.go_on(60)

    shown = dict(
        line.rsplit(" ", 1) for line in client.get("/metrics").content.decode().splitlines()
    )

    assert shown["oms_invariants_broken"] == "1"
    assert 0 < float(shown["oms_invariants_checked_age_seconds"]) < 60


def test_the_command_says_the_same(busy_company, capsys):
    look.go_on(60)

    call_command("check_invariants")

    assert f"{len(INVARIANTS)} of {len(INVARIANTS)} invariants hold" in capsys.readouterr().out
