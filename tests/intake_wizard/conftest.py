"""Rows as people paste them, and a browser that hands them in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from inventory.models import Sku
from oms.models import User
from orders.models import ImportDraft
from tests.fixtures.company import create_sku

HEADER = "order_no\tship_name\tship_phone\tship_street\tsku\tquantity\tunit_price"
GOOD = "A-1\t王芳\t13800138000\t文三路1号\tCUP-1\t2\t10.00"
BAD = "A-2\t李强\t13800138001\t文三路2号\tCUP-1\tmany\t10.00"
# Headings that no platform has.
OTHER = "单号\t收件人\t手机\t地址\t货号\t件数\t售价"
OTHER_ROW = "B-1\t王芳\t13800138000\t浙江省杭州市西湖区文三路1号\tCUP-1\t1\t10.00"


class Wizard:
    """One person at the wizard; `draft` is the newest import that is being prepared."""

    def __init__(self, client: Client) -> None:
        self.client = client

    @property
    def draft(self) -> ImportDraft:
        return ImportDraft.objects.order_by("-pk")[0]

    def at(self, step: str = "", draft: ImportDraft | None = None) -> str:
        return f"/import/draft/{(draft or self.draft).pk}/{step}"

    def paste(self, *rows: str, **fields: str) -> Any:
        return self.client.post("/import/upload/", {"pasted": "\n".join(rows), **fields})

    def send(self, content: bytes, name: str = "orders.csv", **fields: str) -> Any:
        file = SimpleUploadedFile(name, content)
        return self.client.post("/import/upload/", {"file": file, **fields})

    def get(self, step: str) -> Any:
        return self.client.get(self.at(step))

    def post(self, step: str, **fields: Any) -> Any:
        return self.client.post(self.at(step), {"version": self.draft.version} | fields)

    def correct(self, go: str = "check", **cells: str) -> Any:
        """`correct(cell_3_5="1")` sets column 5 of row 3 right."""
        named = {name.replace("_", "-"): value for name, value in cells.items()}
        return self.post("correct/", go=go, **named)

    def take_in(self) -> Any:
        return self.correct(go="import")

    def states(self) -> list[str]:
        return list(self.draft.rows.order_by("row_no").values_list("state", flat=True))


@pytest.fixture
def cup(db: None) -> Sku:
    return create_sku("CUP-1")


@pytest.fixture
def wizard(signed_in: Callable[[User], Client], clerk: User, cup: Sku) -> Wizard:
    """The clerk at the wizard; `CUP-1` is for sale."""
    return Wizard(signed_in(clerk))
