import pytest
from django.http import QueryDict

from inventory.models import Warehouse
from oms.keyset import Page, page_of

pytestmark = pytest.mark.django_db

ORDER = ("-priority", "id")


@pytest.fixture
def warehouses() -> list[str]:
    """120 codes in the order of the list: highest priority first, older first among equals."""
    Warehouse.objects.bulk_create(
        Warehouse(code=f"W{n}", name="W", priority=n // 7) for n in range(120)
    )
    return list(Warehouse.objects.order_by(*ORDER).values_list("code", flat=True))


def turn(query: str = "") -> Page[Warehouse]:
    return page_of(
        Warehouse.objects.all(), QueryDict(query.removeprefix("?").removeprefix(".")), ORDER
    )


def codes(page: Page[Warehouse]) -> list[str]:
    return [row.code for row in page.rows]


def test_the_pages_show_every_row_once_and_in_order(warehouses) -> None:
    first = turn()
    second = turn(first.pager.next_url)
    third = turn(second.pager.next_url)

    assert codes(first) + codes(second) + codes(third) == warehouses
    assert (first.pager.previous_url, third.pager.next_url) == ("", "")


def test_going_back_shows_the_pages_before(warehouses) -> None:
    third = turn(turn(turn().pager.next_url).pager.next_url)

    second = turn(third.pager.previous_url)
    first = turn(second.pager.previous_url)

    assert (codes(first), codes(second)) == (warehouses[:50], warehouses[50:100])
    assert first.pager.previous_url == ""
    assert codes(turn(first.pager.next_url)) == codes(second)


def test_other_parts_of_the_address_are_kept(warehouses) -> None:
    page = turn("tab=low&size=100")

    assert page.pager.next_url.startswith("?tab=low&size=100&after=")
    assert len(page.rows) == 100
    assert turn(page.pager.next_url).pager.first_url == "?tab=low&size=100"


@pytest.mark.parametrize(
    "cursor",
    ["x", "[]", "[1]", "{}", '["a", 1]', "[null, 1]", "[1, [2]]", '["\\u0000", 1]', "[1.5, 2]"],
)
def test_a_cursor_that_makes_no_sense_shows_the_first_page(warehouses, cursor: str) -> None:
    asked = QueryDict(mutable=True)
    asked["after"] = cursor

    page = page_of(Warehouse.objects.all(), asked, ORDER)

    assert codes(page) == warehouses[:50]


def test_a_cursor_beyond_all_numbers_shows_an_empty_page_at_most(warehouses) -> None:
    assert turn(f"after=[-{10**18},{10**18}]").rows == []


def test_one_page_is_one_query(warehouses, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        turn("size=200")
