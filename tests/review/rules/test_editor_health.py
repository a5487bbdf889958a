"""What the pages say of how a rule does: hits, people who decide otherwise, the shadow."""

import pytest

from orders import pipeline
from orders.review.decide import approve_orders
from orders.review.rules.admin import listing, pages
from orders.review.rules.health import Health
from tests.fixtures.rules import rule
from tests.review.rules.editor_form import address

pytestmark = pytest.mark.django_db

LIST = "/admin/orders/reviewrule/"


@pytest.fixture
def client(signed_in, administrator):
    return signed_in(administrator)


def test_the_list_counts_hits(client, place):
    rule("hold", ("total", "gte", "1"), name="Large")
    rule("hold", ("total", "gte", "9999"), name="Huge")
    place()
    pipeline.advance()

    large, huge = client.get(LIST).context["lines"]
    assert (large.health.hits, large.health.last_hit is None) == (1, False)
    assert (huge.health.hits, huge.health.last_hit) == (0, None)


def test_the_page_of_a_rule_in_the_shadow_says_how_far_people_agree(client, place, reviewer):
    one = rule("hold", ("total", "gte", "1"), name="Large", mode="shadow")
    order = place()
    pipeline.advance()
    approve_orders([order.pk], actor=reviewer)

    html = client.get(address(one)).content.decode()

    assert "In the shadow it agreed with 0 of 1 decisions." in html
    assert order.number in html


def test_what_is_amiss_with_a_rule_is_flagged(client, monkeypatch):
    one = rule("hold", ("total", "gte", "1"), name="Large")
    amiss = Health(hits=12, decided=12, held=12, overridden=12, is_stale=True)
    for module in (listing, pages):
        monkeypatch.setattr(module, "health_of", lambda _rules: {one.pk: amiss})

    for path in (LIST, address(one)):
        html = client.get(path).content.decode()
        assert "no hit in 30 days" in html
        assert "people always decide otherwise" in html
