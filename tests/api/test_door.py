"""What the API answers whatever is asked of it: always JSON, always the same authorization."""

import pytest

from integrations.api import actions
from oms.models import IdempotencyKey
from orders.models import Order
from tests.api.conftest import Api, order_body, problem


@pytest.mark.parametrize(
    "path",
    ["", "/", "/nothing", "/orders/", "/Orders", "/ORDERS", "/orders/%2e%2e", "/orders/a/b/c"],
)
def test_an_address_that_is_not_there_is_a_problem_not_a_page(shop, path):
    assert problem(shop.get(path)) == (404, "not_found", [])


@pytest.mark.parametrize(
    "number", ["1%00", "99999999999999999999", "%EF%BC%91", "SO%00", "..", "SO1"]
)
def test_a_number_that_cannot_be_is_like_one_that_is_not_there(shop, number):
    assert problem(shop.get(f"/orders/{number}")) == (404, "not_found", [])


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_a_wrong_method_is_named_with_the_right_ones(shop, method):
    response = shop.call(method, "/orders")

    assert problem(response) == (405, "method_not_allowed", [])
    assert set(response["Allow"].split(", ")) == {"GET", "POST"}


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "POST"])
def test_a_stranger_learns_nothing_with_any_method(shop, method):
    assert Api("").call(method, "/orders").status_code == 401


def test_trace_is_refused_to_everybody(shop):
    assert shop.call("TRACE", "/orders").status_code == 405
    assert Api("").call("TRACE", "/orders").status_code == 405


def test_head_is_get_without_the_body(shop):
    head, get = shop.call("HEAD", "/orders"), shop.get("/orders")

    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(get.content))


def test_options_names_the_methods(shop):
    response = shop.call("OPTIONS", "/orders")

    assert (response.status_code, response["Allow"]) == (204, "GET, POST")


def test_a_method_in_a_header_is_not_listened_to(shop, place):
    order = place()
    shop.post(f"/orders/{order.number}/actions/edit", b"", **{"X-HTTP-Method-Override": "DELETE"})

    assert Order.objects.count() == 1


def test_every_answer_is_private_and_no_page(shop):
    for response in (shop.get("/orders"), shop.get("/nothing"), Api("").get("/orders")):
        assert response["Cache-Control"] == "private, no-store"
        assert response["Content-Security-Policy"].startswith("default-src 'none'")
        assert response["X-Content-Type-Options"] == "nosniff"


def test_our_own_mistake_is_a_500_that_tells_nothing_and_leaves_nothing(
    manager_api, place, monkeypatch
):
    order = place()

    def fail(*args, **kwargs):
        raise RuntimeError("SELECT secret FROM /etc/passwd")

    monkeypatch.setattr(actions, "show_summary", fail)
    response = manager_api.post(f"/orders/{order.number}/actions/approve", key="k1")

    order.refresh_from_db()
    assert problem(response) == (500, "internal_error", [])
    assert b"secret" not in response.content
    assert (order.status, IdempotencyKey.objects.count()) == ("pending_review", 0)


def test_a_large_body_is_refused_by_its_length(shop):
    response = shop.post("/orders", b" " * (5 * 1024 * 1024 + 1))

    assert problem(response) == (413, "body_too_large", [])


def test_a_body_in_chunks_is_refused_not_overlooked(shop):
    response = shop.post("/orders", order_body(), **{"Transfer-Encoding": "chunked"})

    assert problem(response) == (411, "length_required", [])


@pytest.mark.parametrize(
    ("content_type", "encoding"),
    [
        ("text/plain", "identity"),
        ("application/x-www-form-urlencoded", "identity"),
        ("multipart/form-data; boundary=x", "identity"),
        ("application/json; charset=gb18030", "identity"),
        ("application/json", "gzip"),
        ("", "identity"),
    ],
)
def test_only_plain_json_is_read(shop, content_type, encoding):
    headers = {"type": content_type, "Content-Encoding": encoding}
    response = shop.post("/orders", order_body(), **headers)

    assert problem(response) == (415, "unsupported_media_type", [])
    assert Order.objects.count() == 0
