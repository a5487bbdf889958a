"""The pages of rules ask the database as often for many as for few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orders.models import ReviewRule
from orders.review.rules.models import RuleVersion
from tests.fixtures.rules import rewrite, rule, rule_text
from tests.review.rules.editor_form import address

pytestmark = pytest.mark.django_db

LIST = "/admin/orders/reviewrule/"
BOOK = f"{LIST}book/"


@pytest.fixture
def client(signed_in, administrator):
    return signed_in(administrator)


def queries(client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def make_rules(count: int) -> None:
    """Without the verbs: there are many."""
    rules = ReviewRule.objects.bulk_create(
        ReviewRule(name=f"Rule {count} {number}", mode="off") for number in range(count)
    )
    text = rule_text("hold", ("channel", "in", "web"), channels=("web",))
    RuleVersion.objects.bulk_create(
        RuleVersion(rule=one, number=1, kept=text.as_json()) for one in rules
    )


@pytest.mark.parametrize("path", [LIST, BOOK])
def test_five_hundred_rules_take_no_more_queries_than_three(client, web, path):
    make_rules(3)
    few = queries(client, path)
    make_rules(497)

    assert queries(client, path) == few
    assert few <= 12


def test_the_page_of_a_rule_does_not_grow_with_the_others(client, web):
    one = rule("hold", ("total", "gte", "1"), ("channel", "in", "web"), name="Large")
    few = queries(client, address(one))
    make_rules(50)

    assert queries(client, address(one)) == few
    assert few <= 16


def test_the_versions_of_a_rule_do_not_grow_with_their_number(client, web):
    one = rule("hold", ("channel", "in", "web"), name="Large")
    rewrite(one, rule_text("hold", ("total", "gte", "1"), ("channel", "in", "web"), name="Large"))
    few = queries(client, address(one, "history"))
    for number in range(2, 12):
        text = rule_text(
            "hold", ("total", "gte", str(number)), ("channel", "in", "web"), name="Large"
        )
        rewrite(one, text)

    assert queries(client, address(one, "history")) == few
    assert few <= 12
