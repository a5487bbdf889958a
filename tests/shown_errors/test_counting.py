"""Which error texts are counted, how often, and that nothing of what was typed is kept."""

import logging

import pytest
from django import forms
from django.core.cache import cache
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from oms.models import ShownError
from oms.shown_errors.count import count_shown
from oms.shown_errors.note import Shown, noted_on
from orders.tasks import sweep
from tests.api.conftest import Api, create_token, order_body

pytestmark = pytest.mark.django_db

SECRET = "13800138777"


def counted():
    """(screen, field, code, words) → how often."""
    rows = ShownError.objects.values_list("screen", "field", "code", "words", "count")
    return {row[:-1]: row[-1] for row in rows}


def log_in_wrongly(client, **typed):
    return client.post("/login/", {"username": SECRET, "password": "x"} | typed)


WRONG = (
    "login",
    "",
    "invalid_login",
    "Name and password do not match. Check capital letters, then try again.",
)


def test_a_page_with_an_error_counts_it_once(client):
    log_in_wrongly(client)
    assert counted() == {WRONG: 1}

    log_in_wrongly(client)
    assert counted() == {WRONG: 2}


def test_each_field_is_counted_for_itself(client):
    log_in_wrongly(client, username="", password="")

    assert counted() == {
        ("login", "username", "required", "Enter your log-in name"): 1,
        ("login", "password", "required", "Enter your password"): 1,
    }


def test_a_page_without_errors_counts_nothing_and_asks_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/login/")

    assert counted() == {}


def test_the_same_text_in_two_languages_is_one(client):
    log_in_wrongly(client)
    client.cookies["django_language"] = "zh-hans"
    assert "错误" in log_in_wrongly(client).content.decode()

    assert counted() == {WRONG: 2}


class LineForm(forms.Form):
    sku = forms.CharField(error_messages={"required": "Fill this in."})


def test_rows_of_a_form_with_the_same_error_are_one():
    lines = forms.formset_factory(LineForm, extra=3)(
        {"form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "3"}
    )
    request = RequestFactory().get("/")
    page = Template('{% include "parts/error_summary.html" %}')
    page.render(Context({"request": request, "form": None, "formset": lines}))

    count_shown("orders:new", noted_on(request))

    assert counted() == {("orders:new", "sku", "required", "Fill this in."): 1}


def test_nothing_that_was_typed_is_kept():
    typed = [
        Shown("sku", "", f"There is no SKU {SECRET}."),
        Shown("phone", "", SECRET),
        Shown("phone", "", f"{SECRET}: {SECRET}"),
    ]

    count_shown("orders:new", typed)

    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(e)::text FROM oms_shownerror e")
        assert not any(SECRET in text for (text,) in cursor.fetchall())


def test_a_count_that_fails_is_logged_and_the_page_is_there(client, caplog):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE oms_shownerror RENAME TO gone")
    with caplog.at_level(logging.ERROR, "oms.shown_errors.count"):
        response = log_in_wrongly(client)

    assert response.status_code == 200
    assert "do not match" in response.content.decode()
    assert [note.getMessage() for note in caplog.records if "not counted" in note.getMessage()] == [
        "The errors shown on login were not counted"
    ]


def test_one_statement_counts_all_errors_of_a_page(django_assert_num_queries):
    many = [Shown(f"field{number}", "required", "Fill this in.") for number in range(40)]

    # Savepoint, count, release.
    with django_assert_num_queries(3):
        count_shown("orders:new", many)

    assert len(counted()) == 40


def test_the_sweep_forgets_after_ninety_days():
    today = timezone.localdate()
    for days in (90, 91):
        day = today - timezone.timedelta(days=days)
        ShownError.objects.create(day=day, screen=str(days), count=1, last_shown_at=timezone.now())

    sweep()

    assert list(ShownError.objects.values_list("screen", flat=True)) == ["90"]


def test_the_api_counts_the_fields_it_refuses(web, cup, clerk):
    api = create_token(clerk)

    api.post("/orders", order_body(line={"quantity": 0}))
    api.post("/orders", order_body(line={"quantity": -1}))

    ((screen, field, code, words),) = counted()
    assert (screen, field, code) == ("api:place", "lines[].quantity", "out_of_range")
    assert words
    assert list(counted().values()) == [2]


def test_the_api_keeps_no_name_that_the_sender_made_up(web, cup, clerk):
    create_token(clerk).post("/orders", order_body(**{SECRET: "x"}))

    assert [row[:3] for row in counted()] == [("api:place", "", "unknown_field")]


def test_a_batch_counts_each_error_once(web, cup, clerk):
    bad = [order_body(external_no=f"B-{number}", line={"quantity": 0}) for number in range(5)]

    create_token(clerk).post("/orders/batch", {"orders": bad})

    assert [row[:3] for row in counted()] == [
        ("api:place_batch", "lines[].quantity", "out_of_range")
    ]
    assert list(counted().values()) == [1]


def test_who_may_not_ask_at_all_is_not_counted(web):
    # Other tests have guessed from this address too.
    cache.clear()

    assert Api("wrong").post("/orders", {}).status_code == 401
    assert counted() == {}
