"""Without a network: the page says so, keeps what was typed, and goes on by itself."""

import pytest

pytestmark = pytest.mark.browser

TOP = "document.querySelector('main').getBoundingClientRect().top + scrollY"
BAR = "#connection:not(:empty)"


def go_away(page):
    page.context.set_offline(True)
    page.locator(BAR).wait_for()


def come_back(page):
    page.context.set_offline(False)
    page.locator("#connection:empty").wait_for(state="attached")


@pytest.mark.parametrize(("locale", "words"), [("en", "No connection."), ("zh-CN", "网络已断开。")])
def test_the_bar_says_so_and_goes_when_the_connection_is_back(
    open_as, specimen, clerk, locale, words
):
    page = open_as(clerk, specimen, locale=locale)
    page.fill("[name=note]", "half a sentence")
    height = page.evaluate(TOP)

    go_away(page)

    assert words in page.inner_text("#connection")
    assert page.get_attribute("#connection", "role") == "status"
    assert page.evaluate(TOP) == height

    come_back(page)

    assert page.input_value("[name=note]") == "half a sentence"
    assert page.locator("#connection").is_hidden()


def test_a_form_sent_without_a_connection_stays_as_it_is(open_as, specimen, clerk):
    page = open_as(clerk, specimen)
    page.fill("[name=note]", "half a sentence")
    address = page.url
    go_away(page)

    page.evaluate("document.querySelector('[name=note]').form.requestSubmit()")

    page.locator(".toast-note.is-error").wait_for()
    assert page.url == address
    assert page.input_value("[name=note]") == "half a sentence"
    assert page.locator("[data-busy], [data-sent]").count() == 0


def test_the_counts_of_the_menu_are_asked_for_again_at_once(open_as, specimen, clerk):
    page = open_as(clerk, specimen)
    go_away(page)

    with page.expect_request("**/ui/counts/"):
        come_back(page)


def test_reading_that_failed_is_done_again_and_writing_is_not(open_as, specimen, clerk):
    page = open_as(clerk, specimen)
    go_away(page)
    page.evaluate("htmx.ajax('GET', '/help/?again', '#live').catch(() => 0)")
    page.evaluate("htmx.ajax('POST', '/hotkeys/', '#live').catch(() => 0)")
    page.locator(".toast-note.is-error").wait_for()
    sent = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))

    with page.expect_request("**/help/?again"):
        come_back(page)

    assert [one for one in sent if one.startswith("POST")] == []


def test_a_module_whose_question_fails_raises_the_bar(open_as, specimen, clerk):
    page = open_as(clerk, specimen)
    page.route("**/healthz/live", lambda route: route.abort())
    page.route("**/ui/counts/", lambda route: route.abort())

    page.evaluate("fetch('/ui/counts/').catch(() => 0)")

    page.locator(BAR).wait_for()


def test_one_failed_question_while_the_server_is_there_raises_no_bar(open_as, specimen, clerk):
    page = open_as(clerk, specimen)
    page.route("**/ui/counts/", lambda route: route.abort())

    with page.expect_response("**/healthz/live"):
        page.evaluate("fetch('/ui/counts/').catch(() => 0)")

    assert page.locator(BAR).count() == 0


def test_a_request_that_takes_its_time_shows_the_thin_bar(open_as, specimen, clerk):
    page = open_as(clerk, specimen)
    held = []
    # Playwright cannot mark a built-in method as its own handler.
    page.route("**/help/?slow", lambda route: held.append(route))  # noqa: PLW0108

    page.evaluate("void htmx.ajax('GET', '/help/?slow', '#live')")
    page.locator("html[data-loading]").wait_for()
    held[0].fulfill(body="done")

    page.locator("html:not([data-loading])").wait_for()


def test_the_bar_fits_a_narrow_screen(open_as, specimen, clerk):
    page = open_as(clerk, specimen, width=320)

    go_away(page)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
