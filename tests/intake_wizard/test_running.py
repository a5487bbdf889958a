"""The import runs once, whoever comes first; killed, it goes on; without the right, it stops."""

import pytest
from django.contrib.auth.models import Group
from django.db import connections

from orders import tasks
from orders.intake.files import load
from orders.intake.wizard import forget, start, views
from orders.intake.wizard.start import run_import
from orders.models import ImportBatch, ImportDraft, Order
from tests.intake_wizard.conftest import GOOD, HEADER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]

ROWS = [GOOD.replace("A-1", f"A-{one}") for one in range(10)]


@pytest.fixture
def started(wizard, monkeypatch):
    """Ten rows, started and left to whoever comes."""
    monkeypatch.setattr(views, "AT_ONCE", 1)
    wizard.paste(HEADER, *ROWS)
    wizard.take_in()
    assert wizard.draft.started_at is not None
    return wizard


def test_a_large_import_is_left_to_the_workers(started) -> None:
    assert not Order.objects.exists()
    assert started.get("progress/").context["done"] == 0

    tasks.take_in()

    assert Order.objects.count() == 10
    assert started.get("progress/")["Location"] == f"/import/{started.draft.batch_id}/"


def test_the_sweep_finds_what_a_lost_nudge_left(started) -> None:
    tasks.sweep()

    assert Order.objects.count() == 10


def test_the_page_goes_on_without_workers(started) -> None:
    started.post("go-on/")

    assert Order.objects.count() == 10


def test_a_page_that_looks_when_it_is_done_already_shows_the_result(started) -> None:
    tasks.take_in()

    assert started.post("go-on/", of="import")["Location"] == started.at("progress/")


def test_somebody_else_at_it_is_not_disturbed(started, monkeypatch) -> None:
    monkeypatch.setattr(start, "query", lambda *_args: [(False,)])

    run_import(started.draft.pk)

    assert not Order.objects.exists()
    assert started.draft.started_at is not None


def test_a_killed_import_goes_on_where_it_stopped(started, monkeypatch) -> None:
    monkeypatch.setattr(load, "CHUNK_ROWS", 4)
    real, calls = load.settle, []

    def dies_at_the_second(documents, booking):
        calls.append(len(documents))
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(documents, booking)

    monkeypatch.setattr(load, "settle", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        run_import(started.draft.pk)
    assert Order.objects.count() == 4
    assert started.get("progress/").context["done"] == 4

    tasks.sweep()

    assert (Order.objects.count(), ImportBatch.objects.get().status) == (10, "finished")
    assert set(started.states()) == {"taken_in"}


def test_without_the_right_it_stops_and_says_so(started, clerk) -> None:
    clerk.groups.clear()

    run_import(started.draft.pk)

    assert not Order.objects.exists()
    assert started.draft.failure == "The right to do this was taken away meanwhile."
    assert started.get("check/").status_code == 403
    clerk.groups.add(Group.objects.get(name="clerk"))
    assert "was taken away meanwhile" in started.get("check/").content.decode()
    assert started.get("progress/")["Location"] == started.at("check/")


def test_while_it_runs_nothing_of_it_changes(started) -> None:
    assert started.correct(cell_2_5="7")["Location"] == started.at("progress/")
    assert started.post("columns/")["Location"] == started.at("progress/")
    started.post("drop/")

    assert not started.draft.rows.exclude(corrected="").exists()


def test_a_channel_that_is_gone_meanwhile_stops_it(started) -> None:
    ImportDraft.objects.update(channel="gone")

    run_import(started.draft.pk)

    assert started.draft.failure.startswith("There is no channel gone.")


def test_old_drafts_are_forgotten_and_what_they_became_stays(started) -> None:
    tasks.take_in()
    forget.forget_old_drafts()
    assert ImportDraft.objects.count() == 1

    ImportDraft.objects.update(changed_at="2026-01-01T00:00:00Z")
    forget.forget_old_drafts()

    assert not ImportDraft.objects.exists()
    assert Order.objects.count() == 10


@pytest.mark.django_db(transaction=True)
def test_the_lock_goes_with_the_connection(wizard) -> None:
    wizard.paste(HEADER, GOOD)
    start.start(wizard.draft.pk, user=wizard.draft.user, version=wizard.draft.version)
    other = connections.create_connection("default")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [start._LOCK, wizard.draft.pk])
    run_import(wizard.draft.pk)
    assert not Order.objects.exists()

    other.close()
    run_import(wizard.draft.pk)

    assert Order.objects.count() == 1
