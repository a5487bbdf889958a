"""The screens of stock, fulfilment, customers and dashboard in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from customers.models import Customer
from orders.models import Shipment
from tests.fixtures.flow import approve, receive, send

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/stock/",
    "/stock/CUP-1/",
    "/fulfilment/",
    "/fulfilment/?tab=packed",
    "/customers/",
    "/dashboard/?days=7",
]


@pytest.fixture
def busy(place, cup, warehouse):
    """Three shipments ready, one shipped."""
    receive(cup, warehouse, 20)
    orders = [approve(place()) for _n in range(4)]
    send(orders[3])
    return orders


def statuses() -> list[str]:
    return list(Shipment.objects.order_by("id").values_list("status", flat=True))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_pass_axe(open_as, busy, manager, scheme) -> None:
    page = open_as(manager, "/", color_scheme=scheme)

    found = {}
    for path in PAGES:
        page.goto(path)
        for rule in Axe().run(page).response["violations"]:
            found[path, rule["id"]] = [node["target"] for node in rule["nodes"]]

    assert found == {}


@pytest.mark.parametrize("width", [320, 768])
def test_no_page_scrolls_sideways(open_as, busy, manager, width) -> None:
    page = open_as(manager, "/", width=width)

    wide = []
    for path in PAGES:
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(path)

    assert wide == []


def test_shipments_are_picked_with_the_keyboard_alone(open_as, busy, packer) -> None:
    page = open_as(packer, "/fulfilment/")

    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press("w")

    assert "2 shipments are being picked." in page.inner_text(".notes")
    assert statuses() == ["picking", "picking", "ready", "shipped"]


def test_all_are_ticked_at_once(open_as, busy, packer) -> None:
    page = open_as(packer, "/fulfilment/")

    page.keyboard.press("Shift+Digit8")
    page.keyboard.press("a")

    assert page.locator("input[name=pick]:checked").count() == 3
    assert page.inner_text("[data-ticked]") == "ticked: 3"


def test_the_board_works_without_scripts(open_as, busy, packer) -> None:
    page = open_as(packer, "/fulfilment/", java_script_enabled=False)

    page.check("input[name=pick] >> nth=0")
    page.get_by_role("button", name="Start picking").click()

    assert statuses() == ["picking", "ready", "ready", "shipped"]


def test_a_scanned_waybill_ticks_its_row_and_goes_on_to_the_next(open_as, busy, packer) -> None:
    Shipment.objects.filter(status="ready").update(status="picking")
    Shipment.objects.filter(status="picking").update(status="packed")
    page = open_as(packer, "/fulfilment/?tab=packed")
    fields = page.locator("[data-waybill]")

    fields.nth(0).focus()
    page.keyboard.type("SF1001")
    page.keyboard.press("Enter")
    page.keyboard.type("SF1002")

    assert [fields.nth(at).input_value() for at in range(3)] == ["SF1001", "SF1002", ""]
    assert page.locator("input[name=pick]:checked").count() == 2


def test_the_difference_of_a_count_is_shown_while_typing(open_as, busy, packer) -> None:
    page = open_as(packer, "/stock/CUP-1/")

    page.fill("input[name=counted]", "１5")

    assert page.inner_text("[data-difference]") == "Difference: −4"


def test_a_bar_leads_to_its_orders(open_as, busy, manager) -> None:
    page = open_as(manager, "/dashboard/?days=7")
    bar = page.locator(".bars a").last

    bar.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert "/orders/?day_from=" in page.url
    assert page.locator("[data-row]").count() == 4


def test_a_stale_save_shows_both_versions(open_as, place, clerk) -> None:
    customer = place().customer
    page = open_as(clerk, f"/customers/{customer.pk}/edit/")
    Customer.objects.filter(pk=customer.pk).update(name="王中明", version=2)

    page.fill("input[name=name]", "王大明")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#clash-title")

    assert page.locator(".why-danger td").all_inner_texts() == ["王大明", "王中明"]
    assert page.input_value("input[name=name]") == "王大明"
