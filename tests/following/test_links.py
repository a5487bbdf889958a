"""The link of an order's customer: one that is open, found by its hash, made once."""

import pytest
from django.utils import timezone

from orders.following.link import hash_of, links_of
from orders.models import FollowLink, Order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("busy_company")]


def test_each_order_has_one_address_that_stays() -> None:
    ids = list(Order.objects.values_list("pk", flat=True)[:2])

    links = links_of(ids)

    assert set(links) == set(ids)
    assert links_of(ids) == links
    assert len(set(links.values())) == len(ids)
    assert FollowLink.objects.count() == len(ids)


def test_the_token_is_found_by_its_hash_and_never_lies_open() -> None:
    order = Order.objects.earliest("pk")

    token = links_of([order.pk])[order.pk].rstrip("/").rpartition("/t/")[2]

    assert len(token) == 43  # 256 bits
    assert FollowLink.objects.get(token_hash=hash_of(token)).order == order


def test_after_a_revoked_link_comes_another() -> None:
    order = Order.objects.earliest("pk")
    first = links_of([order.pk])[order.pk]
    FollowLink.objects.update(revoked_at=timezone.now())

    assert links_of([order.pk])[order.pk] != first


def test_many_links_cost_three_statements(django_assert_num_queries) -> None:
    ids = list(Order.objects.values_list("pk", flat=True))

    with django_assert_num_queries(3):
        assert len(links_of(ids)) == len(ids)
