import pytest

from integrations.bench.catalogue import fill_catalogue, order_draft
from integrations.bench.many_orders import NAMES, OLD_SHOP, Plan, make_orders, names
from integrations.bench.order_file import HEADER, write_order_file
from oms.search import grams
from oms.sql import query
from orders import tally
from orders.intake.place import Placed, place_orders


def test_one_name_in_a_hundred_bears_each_last_name():
    assert sum("Smithson" in name for name in names()) == NAMES // 100


@pytest.mark.django_db(transaction=True)
def test_made_orders_are_as_the_verbs_would_have_left_them():
    fill_catalogue(on_hand=5)
    make_orders(Plan(2000, status=OLD_SHOP, lines="1 + g % 3"))

    wrong_sums = query(
        "SELECT count(*) FROM orders_order o WHERE total_amount <> "
        "(SELECT sum(amount) FROM orders_orderline l WHERE l.order_id = o.id)"
    )
    name, kept = query(
        "SELECT customer_name, s.grams FROM orders_order o "
        "JOIN orders_ordersearch s ON s.order_id = o.id LIMIT 1"
    )[0]

    assert query("SELECT count(*) FROM orders_order") == [(2000,)]
    assert wrong_sums == [(0,)]
    assert kept == grams(name)
    assert tally.drift() == []


@pytest.mark.django_db(transaction=True)
def test_the_draft_of_the_bench_can_be_placed():
    fill_catalogue(on_hand=5)

    outcomes = place_orders([order_draft(n, f"T{n}") for n in range(3)], actor=None, door="api")

    assert [type(one) for one in outcomes] == [Placed] * 3


def test_a_made_file_is_the_same_each_time_and_has_the_lines_asked_for(tmp_path):
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    write_order_file(one, 2000)
    write_order_file(two, 2000)

    lines = one.read_text().splitlines()

    assert lines[0] == ",".join(HEADER)
    assert len(lines) == 2001
    assert any(line.startswith("C") for line in lines[1:])
    assert one.read_bytes() == two.read_bytes()
