"""Every page of the permission table in a real browser: nothing that shuts somebody out, nothing that is cut off."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page

from oms.models import User
from orders.models import Order, ReviewRule
from orders.review.rules.publish import try_version
from tests.fixtures.browser import OpenAs
from tests.permissions.row import GET
from tests.permissions.table import WEB
from tests.permissions.world import World, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Downloads, fragments and answers for scripts are no pages.
NO_PAGES = re.compile(
    r"find|counts|_suggest$|sku_search|template|rejected|export|peek|_labels|:pdf$|exceptions:panel"
)
NARROW, ZOOMED = 320, 640
"""The narrowest phone, and a window of 1280 px at 200 %."""


def pages(world: World, user: User) -> Iterator[str]:
    thing = world.own_of(user)
    for row in WEB:
        if row.method != GET or row.ok != 200 or NO_PAGES.search(row.name):
            continue
        if "A" not in row.who:
            continue
        place = {name: getattr(thing, name) for name in row.needs.split()}
        asked = urlencode(row.data(thing), doseq=True)
        yield f"{reverse(row.name, kwargs=place)}{'?' + asked if asked else ''}"


def pages_of_rules() -> Iterator[str]:
    """Those of the administration that are ours and not Django's."""
    [rule] = ReviewRule.objects.all()
    order = Order.objects.order_by("pk")[0]
    for name in ("changelist", "add", "book"):
        yield reverse(f"admin:orders_reviewrule_{name}")
    for name in ("change", "history"):
        yield reverse(f"admin:orders_reviewrule_{name}", args=[rule.pk])
    address = reverse("admin:orders_reviewrule_order", args=[rule.pk])
    yield f"{address}?number={order.number}"


def troubles_of(page: Page) -> list[str]:
    """What axe calls serious or critical, and widths at which the page scrolls sideways."""
    found = [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}"
        for one in Axe().run(page).response["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    for width in (NARROW, ZOOMED):
        page.set_viewport_size({"width": width, "height": 720})
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            found.append(f"{over} px too wide at {width}")
    page.set_viewport_size({"width": 1280, "height": 720})
    return found


@pytest.mark.parametrize(("locale", "scheme"), [("en", "light"), ("zh-CN", "dark")])
def test_every_page_is_open_to_everybody(open_as: OpenAs, locale: str, scheme: str):
    world = build()
    admin = world.people["A"]
    page = open_as(admin, "/", locale=locale, color_scheme=scheme)
    found: dict[str, list[str]] = {}
    try_version(ReviewRule.objects.get().newest, actor=admin)
    seen = list(dict.fromkeys([*pages(world, admin), *pages_of_rules()]))

    for path in seen:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        troubles = troubles_of(page)
        if troubles:
            found[path] = troubles

    assert found == {}, found
    assert len(seen) >= 30
