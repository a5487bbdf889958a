"""No address without a row in the table, and no row without an address."""

from django.urls import URLPattern, get_resolver, reverse

from tests.permissions.administration_table import ADMINISTRATION, ADMINISTRATION_ITSELF, RULES
from tests.permissions.rest_table import API
from tests.permissions.table import PUBLIC, WEB

ACTS = ("changelist", "add", "history", "delete", "change")


def _addresses(patterns, prefix="", namespace=""):
    """(name or route, view) of every address of the project."""
    for one in patterns:
        if isinstance(one, URLPattern):
            yield namespace + one.name if one.name else prefix + str(one.pattern), one.callback
        else:
            inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from _addresses(one.url_patterns, prefix + str(one.pattern), inner)


def _is_of_administration(name):
    # Without a name: the redirect from an object's address, and the page for unknown addresses.
    return name.startswith(("admin:", "admin/"))


def test_every_address_has_a_row_and_every_row_an_address():
    names = {name for name, _view in _addresses(get_resolver().url_patterns)}

    addresses = {name for name in names if not _is_of_administration(name)}

    # A new address? Add a row to tests/permissions/table.py: who may, and what others are told.
    assert addresses == PUBLIC | {row.name for row in WEB} | {row.name for row in API}


def test_every_page_of_the_administration_is_accounted_for():
    names = {name for name, _view in _addresses(get_resolver().url_patterns)}

    found = {name.removeprefix("admin:") for name in names if name.startswith("admin:")}

    expected = {f"{table}_{act}" for table in ADMINISTRATION for act in ACTS}
    assert found == expected | ADMINISTRATION_ITSELF | set(RULES)


def test_every_page_says_who_may_open_it():
    rows = {row.name for row in WEB}
    views = {n: v for n, v in _addresses(get_resolver().url_patterns) if n in rows}

    unmarked = {name for name, view in views.items() if not hasattr(view, "permissions")}

    assert unmarked == set()


def test_public_pages_ask_for_no_right():
    marked = {
        name: view.permissions
        for name, view in _addresses(get_resolver().url_patterns)
        if name in PUBLIC and hasattr(view, "permissions")
    }

    assert set(marked.values()) <= {None}


def test_the_administration_lies_where_the_navigation_says():
    assert reverse("admin:index") == "/admin/"
