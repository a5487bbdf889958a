"""Ten thousand orders of a list are chosen at once, exactly those, in a few statements; one more is refused."""

from typing import Any

import pytest

from integrations.bench.catalogue import fill_catalogue
from integrations.bench.many_orders import Plan, make_orders
from oms.models import User
from oms.sql import query
from orders.desk.bulk.models import BulkItem, BulkJob
from orders.desk.bulk.prepare import LARGEST
from tests.desk.bulk_steps import job, told

pytestmark = pytest.mark.django_db(transaction=True)


def choose_all(browser: Any, line: str) -> None:
    browser.post(
        "/orders/bulk/tag/", {"scope": "all", "list": f"tab=review&q={line}", "reason": "x"}
    )


def test_ten_thousand_are_chosen_and_no_more(
    reviewer: User, signed_in: Any, django_assert_max_num_queries: Any
):
    fill_catalogue()
    make_orders(Plan(LARGEST + 2))
    query("INSERT INTO orders_tag (name) VALUES ('all'), ('most')")
    query(
        "INSERT INTO orders_ordertag (order_id, tag_id) SELECT o.id, t.id FROM orders_order o, orders_tag t"
    )
    query(
        "DELETE FROM orders_ordertag WHERE tag_id = (SELECT id FROM orders_tag WHERE name = 'most')"
        " AND order_id IN (SELECT id FROM orders_order ORDER BY id OFFSET 500 LIMIT 2)"
    )
    browser = signed_in(reviewer)

    choose_all(browser, "tag:all amount:>0")
    assert told(browser) == [
        "These are more than 10,000 orders. Narrow the list, then choose again."
    ]
    assert not BulkJob.objects.exists()
    with django_assert_max_num_queries(16):
        choose_all(browser, "tag:most amount:>0")

    assert BulkItem.objects.filter(job=job()).count() == LARGEST
    assert not query(
        "SELECT order_id FROM orders_bulkitem EXCEPT SELECT order_id FROM orders_ordertag WHERE tag_id ="
        " (SELECT id FROM orders_tag WHERE name = 'most')"
    )
