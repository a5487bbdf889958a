"""Which purchase serves which waiting line."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from inventory.demand import Waiting
from inventory.purchasing.matching import Incoming, match

DAY = [date(2026, 12, day) for day in (1, 5, 9)]


def waits(line_id: int, pieces: int, sku_id: int = 1) -> Waiting:
    return Waiting(
        line_id,
        sku_id,
        pieces,
        f"SO-{line_id}",
        "/",
        "",
        "",
        None,
        datetime(2026, 11, 1, tzinfo=UTC),
    )


def comes(number: str, pieces: int, day: date | None, sku_id: int = 1) -> Incoming:
    return Incoming(number, sku_id, pieces, day)


def test_who_is_first_gets_what_comes_first():
    found = match(
        [waits(1, 4), waits(2, 3)], {}, [comes("PO-2", 5, DAY[1]), comes("PO-1", 5, DAY[0])]
    )

    assert (found[1].on, found[1].numbers) == (DAY[0], ["PO-1"])
    assert (found[2].on, found[2].numbers) == (DAY[1], ["PO-1", "PO-2"])


def test_what_lies_there_is_given_before_what_comes():
    found = match([waits(1, 4), waits(2, 3)], {1: 5}, [comes("PO-1", 5, DAY[0])])

    assert (found[1].from_stock, found[1].parts, found[1].on) == (4, (), None)
    assert (found[2].from_stock, found[2].on) == (1, DAY[0])


def test_a_purchase_without_a_day_comes_last_and_gives_no_day():
    found = match(
        [waits(1, 2), waits(2, 2)], {}, [comes("PO-1", 2, None), comes("PO-2", 2, DAY[2])]
    )

    assert (found[1].on, found[1].numbers) == (DAY[2], ["PO-2"])
    assert (found[2].on, found[2].numbers) == (None, ["PO-1"])


def test_what_nobody_ordered_has_no_day():
    found = match([waits(1, 5)], {}, [comes("PO-1", 3, DAY[0])])

    assert (found[1].lacking, found[1].on, found[1].numbers) == (2, None, ["PO-1"])


def test_another_sku_is_another_queue():
    found = match([waits(1, 5)], {2: 9}, [comes("PO-1", 5, DAY[0], sku_id=2)])

    assert found[1].lacking == 5


LINES = st.lists(st.tuples(st.integers(1, 20), st.integers(1, 3)), max_size=12)
COMING = st.lists(
    st.tuples(st.integers(0, 20), st.none() | st.sampled_from(DAY), st.integers(1, 3)), max_size=8
)
FREE = st.dictionaries(st.integers(1, 3), st.integers(0, 30))


@given(LINES, FREE, COMING)
def test_every_piece_is_given_once_and_nobody_waits_while_some_is_left(lines, free, coming):
    waiting = [waits(at, pieces, sku) for at, (pieces, sku) in enumerate(lines)]
    incoming = [comes(f"PO-{at}", *one) for at, one in enumerate(coming)]

    found = match(waiting, free, incoming)

    for sku in (1, 2, 3):
        mine = [found[line.order_line_id] for line in waiting if line.sku_id == sku]
        there = free.get(sku, 0) + sum(one.pieces for one in incoming if one.sku_id == sku)
        given_out = sum(one.from_stock + sum(part.pieces for part in one.parts) for one in mine)
        wanted = sum(line.pieces for line in waiting if line.sku_id == sku)
        assert given_out == min(wanted, there)
        assert sum(one.lacking for one in mine) == wanted - given_out


@given(LINES, FREE, COMING)
def test_who_is_earlier_in_the_queue_never_waits_longer(lines, free, coming):
    waiting = [waits(at, pieces, sku) for at, (pieces, sku) in enumerate(lines)]

    found = match(waiting, free, [comes(f"PO-{at}", *one) for at, one in enumerate(coming)])

    for sku in (1, 2, 3):
        mine = [found[line.order_line_id] for line in waiting if line.sku_id == sku]
        for earlier, later in zip(mine, mine[1:], strict=False):
            assert not (earlier.lacking and (later.parts or later.from_stock))
            if earlier.on and later.on:
                assert earlier.on <= later.on
