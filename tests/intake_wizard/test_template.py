"""The template: the house's own codes as examples, and it can be imported as it is."""

import io

import openpyxl
import pytest

from orders.models import Order
from tests.fixtures.company import create_sku

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


@pytest.mark.parametrize("name", ["template.csv", "template.xlsx"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_template_comes_back_as_orders(wizard, name, language) -> None:
    create_sku("CUP-2")
    create_sku("CUP-3", is_active=False)

    content = wizard.client.get(f"/import/{name}", headers={"accept-language": language}).content
    wizard.send(content, name)

    assert wizard.draft.preset == "oms"
    assert wizard.states() == ["good", "good"]
    wizard.take_in()
    assert Order.objects.count() == 2


def test_the_workbook_lists_the_codes_that_can_be_used(wizard, web) -> None:
    content = wizard.client.get("/import/template.xlsx").content

    book = openpyxl.load_workbook(io.BytesIO(content))

    assert book.sheetnames == ["Orders", "SKUs", "Channels"]
    assert [cell.value for cell in book["SKUs"][2]] == ["CUP-1", "Thing CUP-1", "10.0000"]
    assert [cell.value for cell in book["Channels"][2]] == ["web", "Web shop"]


def test_a_house_without_goods_gets_the_headings(wizard, cup) -> None:
    cup.delete()

    lines = wizard.client.get("/import/template.csv").content.decode("utf-8-sig").splitlines()

    assert len(lines) == 1
