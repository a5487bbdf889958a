"""What a bench database needs before orders can come: goods, stock, customers' names, an API token."""

import json
import random
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO
from typing import Any

from django.contrib.auth.models import Group
from django.core.management import call_command

from integrations.bench.load import PLACEHOLDER
from oms.models import Channel, User
from oms.roles import CLERK
from oms.sql import query
from orders.intake.draft import CustomerDraft, LineDraft, OrderDraft, PaymentDraft, ShipTo

SKUS = 10_000
CHANNEL = "bench"
_THIRDS = (range(1, 3334), range(3334, 6667), range(6667, SKUS + 1))
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
GIVEN = "伟芳娜敏静强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国文"

_GOODS = """
WITH product AS (
  INSERT INTO inventory_product (name, category, is_active)
  SELECT '商品 ' || n, 'bench', true FROM generate_series(1, %(skus)s / 10) AS n RETURNING id
), numbered AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM product)
INSERT INTO inventory_sku (product_id, code, name, kind, unit, weight_grams, price, currency, is_active)
SELECT numbered.id, 'B' || lpad(sku::text, 5, '0'), '商品 ' || sku, 'goods', 'pcs', 300, 12.9, 'CNY', true
FROM generate_series(1, %(skus)s) AS sku JOIN numbered ON numbered.n = (sku - 1) / 10
"""
_WAREHOUSE = """
INSERT INTO inventory_warehouse (code, name, priority, is_active)
VALUES ('BENCH', 'Bench', 1, true) RETURNING id
"""
_STOCK = """
WITH stock AS (
  INSERT INTO inventory_stock (warehouse_id, sku_id, on_hand)
  SELECT %s, id, %s FROM inventory_sku ORDER BY id RETURNING id, on_hand
)
INSERT INTO inventory_stockmovement (stock_id, kind, quantity)
SELECT id, 'opening', on_hand FROM stock
"""


def fill_catalogue(on_hand: int = 1_000_000) -> None:
    """A channel, 10,000 SKUs and one warehouse with `on_hand` pieces of each."""
    Channel.objects.create(code=CHANNEL, name="Bench", currency="CNY")
    query(_GOODS, {"skus": SKUS})
    warehouse_id = query(_WAREHOUSE)[0][0]
    query(_STOCK, [warehouse_id, on_hand])
    query("VACUUM ANALYZE")


def api_token() -> str:
    """The secret of a new token with which a clerk's orders are placed and read."""
    user = User.objects.create_user("bench")
    user.groups.add(Group.objects.get(name=CLERK))
    shown = StringIO()
    scopes = ["orders:read", "orders:write"]
    call_command("create_token", user.username, scopes=scopes, json=True, stdout=shown)
    return str(json.loads(shown.getvalue())["token"])


def person(number: int) -> tuple[str, str]:
    """Name and telephone number of one of many people."""
    name = (
        SURNAMES[number % len(SURNAMES)]
        + GIVEN[number // len(SURNAMES) % len(GIVEN)]
        + GIVEN[number // len(SURNAMES) // len(GIVEN) % len(GIVEN)]
    )
    return name, f"138{number * 7919 % 100_000_000:08d}"


def order_body(seed: int, external_no: str = f"B{PLACEHOLDER}") -> dict[str, Any]:
    """An order of three lines as the API takes it, different goods for each seed."""
    pick = random.Random(seed)
    name, phone = person(seed)
    quantity = pick.randint(1, 3)
    return {
        "channel": CHANNEL,
        "external_no": external_no,
        "placed_at": datetime.now(UTC).isoformat(),
        "currency": "CNY",
        "customer": {"name": name, "phone": phone},
        "ship_to": {
            "name": name, "phone": phone, "country": "CN", "province": "浙江省", "city": "杭州市",
            "district": "西湖区", "street": f"文一西路 {seed % 999} 号", "postcode": "310012",
        },
        "lines": [
            {"sku": f"B{pick.choice(third):05d}", "quantity": quantity, "unit_price": "12.90"}
            for third in _THIRDS
        ],
        "payment": {
            "method": "alipay", "amount": f"{quantity * Decimal('38.70')}",
            "reference": external_no,
        },
    }  # fmt: skip


def order_draft(seed: int, external_no: str) -> OrderDraft:
    """The same order as it reaches `place_orders`."""
    body = order_body(seed, external_no)
    payment = body["payment"]
    return OrderDraft(
        channel=CHANNEL,
        external_no=external_no,
        placed_at=datetime.fromisoformat(body["placed_at"]),
        currency="CNY",
        customer=CustomerDraft(**body["customer"]),
        ship_to=ShipTo(**body["ship_to"]),
        lines=[
            LineDraft(line["sku"], line["quantity"], Decimal(line["unit_price"]))
            for line in body["lines"]
        ],
        payment=PaymentDraft(payment["method"], Decimal(payment["amount"]), payment["reference"]),
    )
