"""Chunks: their size changes nothing, and a collision inside one is tried again."""

import pytest
from django.db import IntegrityError
from django.utils import translation

from orders.intake.files import load
from orders.models import Order, OrderLine
from tests.intake_files.conftest import outcomes, reasons

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]

ROWS = [
    "1,22666,BOX,5,2010-12-01 09:00:00,2.95,12345.0,EIRE",
    "C2,22666,BOX,-2,2010-12-02 09:00:00,2.95,12345.0,EIRE",
    "3,22666,BOX,2,2010-12-01 10:00:00,2.95,12345.0,EIRE",
    "1,22667,TIN,1,2010-12-01 09:00:00,1.00,12345.0,EIRE",
    "C4,22666,BOX,-2,2010-12-03 09:00:00,2.95,12345.0,EIRE",
]


@pytest.mark.parametrize("rows", [1, 2, 3, 5000])
def test_the_end_is_the_same_whatever_the_size(retail, monkeypatch, rows) -> None:
    monkeypatch.setattr(load, "CHUNK_ROWS", rows)

    batch = retail(*ROWS)

    assert outcomes(batch) == ["goods", "return_linked", "goods", "goods", "return_linked"]
    taken = OrderLine.objects.filter(cancelled_quantity__gt=0)
    assert dict(taken.values_list("order__external_no", "cancelled_quantity")) == {"1": 2, "3": 2}
    assert batch.account["customers"] == 1


def test_a_chunk_that_collides_is_tried_again(retail, monkeypatch) -> None:
    settle, tries = load.settle, []

    def collide_once(documents, booking) -> None:
        tries.append(len(documents))
        settle(documents, booking)
        if len(tries) == 1:
            raise IntegrityError

    monkeypatch.setattr(load, "settle", collide_once)

    batch = retail(*ROWS)

    assert tries == [4, 4]
    assert (Order.objects.count(), batch.rows_done) == (2, 5)


def test_a_chunk_that_keeps_colliding_is_an_error_and_leaves_nothing(retail, monkeypatch) -> None:
    def collide(_documents, _booking) -> None:
        raise IntegrityError

    monkeypatch.setattr(load, "settle", collide)

    with pytest.raises(IntegrityError):
        retail(*ROWS)

    assert not Order.objects.exists()


def test_reasons_are_in_the_language_of_who_imports(retail) -> None:
    with translation.override("zh-hans"):
        (reason,) = reasons(retail("1,22666,BOX,0,2010-12-01 09:00:00,2.95,,EIRE")).values()

    assert "数量" in reason


def test_a_chunk_that_cannot_be_read_stops_after_those_before_it(retail, monkeypatch) -> None:
    """The chunk after it may have been read already; nothing of it is there."""
    monkeypatch.setattr(load, "CHUNK_ROWS", 1)
    read = load.Loader._read_all

    def fail_at_third(loader, groups):
        if groups[0][0].document == "3":
            raise RuntimeError("broken")
        return read(loader, groups)

    monkeypatch.setattr(load.Loader, "_read_all", fail_at_third)

    with pytest.raises(RuntimeError, match="broken"):
        retail(*ROWS)

    assert list(Order.objects.values_list("external_no", flat=True)) == ["1"]
