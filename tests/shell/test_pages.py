"""Log-in, switches and error pages."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse

PASSWORD = "a long enough secret"


def switch(client: Client, url_name: str, **data: str) -> str:
    """POST a switch; where it leads."""
    response = client.post(reverse(url_name), data)
    assert response.status_code == 302
    return response["Location"]


def test_a_person_logs_in_and_lands_on_the_page_asked_for(client, clerk):
    response = client.post(
        "/login/?next=/help/", {"username": "clerk", "password": PASSWORD, "next": "/help/"}
    )

    assert response["Location"] == "/help/"


def test_a_wrong_password_keeps_the_name_and_says_so_in_the_title(client, clerk):
    page = client.post("/login/", {"username": "clerk", "password": "wrong"}).content.decode()

    assert "<title>Error: Log in" in page
    assert 'value="clerk"' in page
    assert "Name and password do not match." in page


def test_both_fields_tell_password_managers_what_they_are(client, db):
    page = client.get("/login/").content.decode()

    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


def test_log_out_is_a_post(client, clerk):
    client.force_login(clerk)

    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/login/"


def test_log_in_does_not_lead_to_another_site(client, clerk):
    response = client.post(
        "/login/", {"username": "clerk", "password": PASSWORD, "next": "https://evil.example/"}
    )

    assert response["Location"] == "/"


def test_a_visitor_reads_the_language_of_the_browser(client, db):
    page = client.get("/login/", headers={"Accept-Language": "zh-CN,zh;q=0.9"}).content.decode()

    assert '<html lang="zh-Hans"' in page
    assert "登录名" in page


def test_the_language_is_kept_for_the_person_and_the_page_stays(client, clerk):
    client.force_login(clerk)

    assert switch(client, "set_language", language="zh-hans", next="/help/?a=1") == "/help/?a=1"

    clerk.refresh_from_db()
    assert clerk.language == "zh-hans"
    other_browser = Client()
    other_browser.force_login(clerk)
    assert "快捷键" in other_browser.get("/help/").content.decode()


def test_a_language_we_do_not_speak_changes_nothing(client, clerk):
    client.force_login(clerk)

    switch(client, "set_language", language="tlh", next="/help/")

    clerk.refresh_from_db()
    assert clerk.language == ""


def test_the_theme_is_kept_for_the_person(client, clerk):
    client.force_login(clerk)

    switch(client, "set_theme", theme="dark", next="/help/")

    assert 'data-bs-theme="dark"' in client.get("/help/").content.decode()


def test_a_visitor_has_the_theme_in_a_cookie(client, db):
    switch(client, "set_theme", theme="light", next="/login/")

    assert 'data-bs-theme="light"' in client.get("/login/").content.decode()


def test_an_unknown_theme_changes_nothing(client, clerk):
    client.force_login(clerk)

    switch(client, "set_theme", theme="pink")

    clerk.refresh_from_db()
    assert clerk.theme == "auto"


def test_letters_can_be_switched_off(client, clerk):
    client.force_login(clerk)

    switch(client, "set_hotkeys", enabled="0", next="/help/")

    assert 'data-hotkeys="off"' in client.get("/help/").content.decode()


@pytest.mark.parametrize("name", ["set_language", "set_theme", "set_hotkeys"])
def test_a_switch_is_a_post_and_stays_on_this_site(client, clerk, name):
    client.force_login(clerk)

    assert client.get(reverse(name)).status_code == 405
    assert switch(client, name, next="https://evil.example/").startswith("/")


def test_help_needs_a_log_in(client, db):
    assert client.get("/help/")["Location"] == "/login/?next=/help/"


def test_signed_in_pages_are_not_kept_by_the_browser(client, clerk):
    client.force_login(clerk)
    response = client.get("/help/")

    assert response["Cache-Control"] == "private, no-store"
    assert "geolocation=()" in response["Permissions-Policy"]
    assert "'unsafe-inline'" not in response["Content-Security-Policy"]


def test_nothing_found_offers_the_search(client, db):
    response = client.get("/no/such/page/")

    assert response.status_code == 404
    assert 'action="/orders/"' in response.content.decode()


@override_settings(ROOT_URLCONF="tests.shell.specimen")
def test_a_bug_shows_the_code_that_is_in_the_log(client, db, caplog):
    client.raise_request_exception = False
    response = client.get("/specimen/broken/")

    code = next(r.args[0] for r in caplog.records if r.name == "oms.views")
    assert response.status_code == 500
    assert str(code) in response.content.decode()


@override_settings(ROOT_URLCONF="tests.shell.specimen")
def test_a_form_without_its_token_is_refused_in_our_words(db):
    response = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"})

    assert response.status_code == 403
    assert "This page was open for too long" in response.content.decode()
