import pytest

from oms import navigation
from oms.navigation import NAV, Entry, current_entry, page_exists
from oms.navigation import navigation as shown


@pytest.fixture
def counts(monkeypatch):
    """`counts` maps counter keys to numbers for this test."""
    numbers: dict[str, int] = {}
    monkeypatch.setattr(navigation, "_count_sources", [lambda user: numbers])
    return numbers


@pytest.fixture
def entries(monkeypatch):
    """Two entries that exist, one of them counted and only for clerks, and one that does not."""
    fixed = (
        Entry("/help/", "Help", "home", None, None, "h"),
        Entry("/login/", "Door", "home", "orders.place_order", "waiting", "d"),
        Entry("/not-built/", "Later", "home", None, None, "l"),
    )
    monkeypatch.setattr(navigation, "NAV", fixed)
    return fixed


def test_only_pages_that_exist_and_may_be_opened_are_offered(entries, counts, clerk, packer):
    assert [item.entry.url for item in shown(clerk, "/")] == ["/help/", "/login/"]
    assert [item.entry.url for item in shown(packer, "/")] == ["/help/"]


def test_what_waits_is_counted_and_nothing_is_not_shown(entries, counts, clerk):
    counts["waiting"] = 7
    assert [item.count for item in shown(clerk, "/")] == [None, 7]

    counts["waiting"] = 0
    assert [item.count for item in shown(clerk, "/")] == [None, None]


def test_the_section_of_a_page_is_current(entries, counts, clerk):
    assert [item.current for item in shown(clerk, "/login/more/")] == [False, True]


def test_today_is_current_on_its_own_page_only():
    today, orders = current_entry("/"), current_entry("/orders/SO2611220001/")

    assert today is not None
    assert orders is not None
    assert (today.url, orders.url) == ("/", "/orders/")
    assert current_entry("/account/") is None


def test_no_two_entries_share_a_key():
    keys = [entry.key for entry in NAV]

    assert len(keys) == len(set(keys))


def test_a_page_that_is_not_built_does_not_exist():
    assert page_exists("/help/")
    assert not page_exists("/no/such/page/")
