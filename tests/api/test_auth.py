"""Tokens, scopes, and the rights of the person behind the token."""

import pytest
from django.utils import timezone

from oms.models import ApiToken, User
from orders.models import Order
from tests.api.conftest import Api, create_token, order_body, problem


def test_without_a_token_nothing_is_answered(shop):
    response = Api("").get("/orders")

    assert problem(response) == (401, "token_missing", [])
    assert response["WWW-Authenticate"] == 'Bearer realm="oms"'


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic YTpi", "Token abc"])
def test_other_authorization_headers_are_no_token(shop, header):
    assert problem(shop.get("/orders", Authorization=header))[:2] == (401, "token_missing")


@pytest.mark.parametrize("token", ["wrong", "\u00e9", "a" * 5000])
def test_an_unknown_token_is_refused(shop, token):
    response = shop.get("/orders", Authorization=f"Bearer {token}")

    assert problem(response) == (401, "token_invalid", [])


def test_a_revoked_token_is_refused_at_once(shop):
    assert shop.get("/orders").status_code == 200
    ApiToken.objects.update(revoked_at=timezone.now())

    assert problem(shop.get("/orders")) == (401, "token_invalid", [])


def test_the_token_of_somebody_who_left_is_refused(shop):
    User.objects.update(is_active=False)

    assert problem(shop.get("/orders")) == (401, "token_invalid", [])


@pytest.mark.parametrize("name", ["token", "access_token", "api_key", "key"])
def test_a_token_in_the_address_is_refused_even_with_a_good_header(shop, name):
    response = shop.get(f"/orders?{name}={shop.token}")

    assert problem(response) == (401, "token_in_query", [])


def test_a_token_that_may_read_cannot_place(web, cup, clerk):
    response = create_token(clerk, "orders:read").post("/orders", order_body())

    assert problem(response) == (403, "scope_missing", [])
    assert response.json()["scope"] == "orders:write"
    assert Order.objects.count() == 0


def test_a_clerks_token_cannot_approve(shop, place):
    order = place()
    response = shop.post(f"/orders/{order.number}/actions/approve")

    order.refresh_from_db()
    assert problem(response) == (403, "permission_missing", [])
    assert response.json()["permission"] == "orders.review_order"
    assert order.status == "pending_review"


def test_a_session_of_the_screens_is_no_token(shop, clerk, signed_in):
    assert signed_in(clerk).get("/api/v1/orders").status_code == 401


def test_guessing_tokens_is_slowed_but_a_right_one_never_is(shop):
    codes = [shop.get("/orders", Authorization="Bearer no").status_code for _ in range(21)]
    slowed = shop.get("/orders", Authorization="Bearer no")

    assert codes == [401] * 20 + [429]
    assert (problem(slowed)[1], slowed["Retry-After"]) == ("too_many_attempts", "60")
    assert shop.get("/orders").status_code == 200
