"""A connected system that calls the API as a person of some role."""

import json
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from inventory.models import Sku
from oms.models import ApiToken, Channel, User
from oms.scopes import SCOPES

ORDER: dict[str, Any] = {
    "channel": "web",
    "external_no": "T-1001",
    "placed_at": "2026-11-20T14:05:00+08:00",
    "currency": "CNY",
    "customer": {"name": "王小明", "phone": "13800138001"},
    "ship_to": {
        "name": "王小明", "phone": "13800138001", "country": "CN", "province": "浙江省",
        "city": "杭州市", "district": "西湖区", "street": "文三路 1 号", "postcode": "310000",
    },
    "lines": [{"sku": "CUP-1", "quantity": 2, "unit_price": "10.00", "discount": "1.00"}],
    "shipping_fee": "8.00",
    "discount": 0,
    "payment": {"method": "alipay", "amount": "27.00", "reference": "A1", "paid_at": "2026-11-20T14:06:00+08:00"},
    "note": "",
    "ship_complete": True,
}  # fmt: skip


class Api:
    """Calls /api/v1 with a token. `post`, `get` … take a path and give Django's response."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.client = Client(raise_request_exception=False)

    def call(
        self, method: str, path: str, body: Any = None, key: str | None = None, **headers: str
    ) -> HttpResponse:
        if self.token:
            headers = {"Authorization": f"Bearer {self.token}"} | headers
        if key is not None:
            headers["Idempotency-Key"] = key
        if not isinstance(body, bytes):
            body = b"" if body is None else json.dumps(body).encode()
        return self.client.generic(
            method,
            f"/api/v1{path}",
            body,
            content_type=headers.pop("type", "application/json"),
            headers=headers,
        )

    def get(self, path: str, **more: Any) -> HttpResponse:
        return self.call("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> HttpResponse:
        return self.call("POST", path, body, **more)

    def patch(self, path: str, body: Any = None, **more: Any) -> HttpResponse:
        return self.call("PATCH", path, body, **more)


def create_token(user: User, *scopes: str) -> Api:
    """`user`'s calls within `scopes` (none given: all)."""
    secret = ApiToken.new_secret()
    ApiToken.objects.create(
        user=user, name="test", digest=ApiToken.digest_of(secret), scopes=list(scopes or SCOPES)
    )
    return Api(secret)


def order_body(**changes: Any) -> dict[str, Any]:
    """A complete order of 27.00 CNY; `line=` changes its only line."""
    line = ORDER["lines"][0] | changes.pop("line", {})
    return ORDER | {"lines": [line]} | changes


def problem(response: HttpResponse) -> tuple[int, str, list[tuple[str, str]]]:
    """(status, code, [(field, code) …]) of a refusal."""
    assert response["Content-Type"] == "application/problem+json", response.content
    body = orjson.loads(response.content)
    assert body["status"] == response.status_code
    assert body["type"] == f"urn:oms:problem:{body['code']}"
    fields = [(error["field"], error["code"]) for error in body.get("errors", [])]
    return response.status_code, body["code"], fields


@pytest.fixture(autouse=True)
def no_attempts_yet() -> None:
    cache.clear()


@pytest.fixture
def token_for(db: None) -> Callable[..., Api]:
    return create_token


@pytest.fixture
def shop(web: Channel, cup: Sku, clerk: User) -> Api:
    """The web shop's connection: a clerk's token."""
    return create_token(clerk)


@pytest.fixture
def manager_api(web: Channel, cup: Sku, manager: User) -> Api:
    return create_token(manager)
