"""The shell in a real browser: keys, narrow screens, no script, contrast."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser


def focused(page, attribute="id"):
    return page.evaluate(f"document.activeElement.getAttribute('{attribute}')")


def current_row(page):
    return page.evaluate("document.querySelector('.is-current')?.id ?? null")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_all_parts_pass_axe(open_as, specimen, clerk, scheme, width):
    page = open_as(clerk, "/specimen/", width=width, color_scheme=scheme)

    found = Axe().run(page).response["violations"]

    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []


@pytest.mark.parametrize("path", ["/login/", "/help/", "/no/such/page/"])
@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_pages_pass_axe(open_as, clerk, path, locale):
    page = open_as(None if path == "/login/" else clerk, path, locale=locale)

    assert [rule["id"] for rule in Axe().run(page).response["violations"]] == []


@pytest.mark.parametrize("width", [320, 360, 640, 768, 900, 1280])
def test_no_page_scrolls_sideways(open_as, specimen, clerk, width):
    page = open_as(clerk, "/specimen/", width=width)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_fourteen_rows_fit_a_small_screen(open_as, specimen, clerk):
    page = open_as(clerk, specimen)

    height = page.evaluate("document.querySelector('#rows').offsetHeight")

    assert height <= 14 * 36 + 40


def test_slash_goes_to_the_search(open_as, specimen, clerk):
    page = open_as(clerk, specimen)

    page.keyboard.press("/")

    assert focused(page, "name") == "q"


def test_j_and_k_move_and_enter_opens(open_as, specimen, clerk):
    page = open_as(clerk, specimen)

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert current_row(page) == "row-SO2611220000"

    page.keyboard.press("Enter")
    assert page.url.endswith("#")


def test_g_then_h_opens_the_help(open_as, specimen, clerk):
    page = open_as(clerk, specimen)

    page.keyboard.press("g")
    page.keyboard.press("h")

    page.wait_for_url("**/help/")


def test_letters_are_text_while_typing(open_as, specimen, clerk):
    page = open_as(clerk, specimen)

    page.keyboard.press("/")
    page.keyboard.type("jgh?")

    assert page.input_value("[name=q]") == "jgh?"
    assert current_row(page) is None


def test_letters_do_nothing_once_switched_off(open_as, specimen, clerk):
    clerk.hotkeys_enabled = False
    clerk.save()
    page = open_as(clerk, specimen)

    page.keyboard.press("j")

    assert current_row(page) is None


@pytest.mark.parametrize(
    "key",
    ["{key: 'j', code: 'KeyJ', isComposing: true}", "{key: 'Process', code: 'KeyJ', keyCode: 229}"],
)
def test_a_key_of_the_chinese_input_method_is_left_alone(open_as, specimen, clerk, key):
    page = open_as(clerk, specimen)

    page.evaluate(
        f"document.body.dispatchEvent(new KeyboardEvent('keydown', {{bubbles: true, ...{key}}}))"
    )

    assert current_row(page) is None


def test_a_chinese_layout_does_not_swallow_the_slash(open_as, specimen, clerk):
    page = open_as(clerk, specimen)

    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {bubbles: true, key: '、', code: 'Slash'}))"
    )

    assert focused(page, "name") == "q"


def test_the_sheet_of_keys_lists_what_this_page_answers_to(open_as, specimen, clerk):
    page = open_as(clerk, specimen)

    page.keyboard.press("?")

    sheet = page.locator("dialog.keys-sheet")
    assert "Search orders" in sheet.inner_text()
    assert "Ship available" in sheet.inner_text()


def test_a_form_clicked_twice_is_sent_once(open_as, specimen, clerk):
    page = open_as(clerk, specimen)
    sent = []
    page.on(
        "request", lambda request: sent.append(request.url) if request.method == "POST" else None
    )

    with page.expect_navigation():
        page.evaluate(
            "const form = document.querySelector('form.language');"
            "form.requestSubmit(form.querySelector('button'));"
            "form.requestSubmit(form.querySelector('button'));"
        )

    assert [url.rsplit("/", 2)[1] for url in sent] == ["language"]


def test_the_language_changes_and_the_page_stays(open_as, clerk):
    page = open_as(clerk, "/help/?a=1")

    page.click("form.language button")

    page.get_by_role("heading", name="帮助").wait_for()
    assert page.url.endswith("/help/?a=1")


def test_dark_follows_the_system_and_the_choice_wins(open_as, clerk):
    page = open_as(clerk, "/help/", color_scheme="dark")
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(16, 19, 23)"

    page.click(".user-opener")
    with page.expect_navigation():
        page.click("button[name=theme][value=light]")

    assert page.evaluate(background) == "rgb(245, 246, 248)"


def test_everything_works_without_script(open_as, make_user):
    make_user("clerk")
    page = open_as(None, "/login/?next=/help/", java_script_enabled=False)

    page.fill("[name=username]", "clerk")
    page.fill("[name=password]", "a long enough secret")
    page.click("form.card button")
    page.click("form.language button")

    page.get_by_role("heading", name="帮助").wait_for()


def test_an_error_takes_the_focus_and_leads_to_its_field(open_as, specimen, clerk):
    page = open_as(clerk, "/specimen/")
    assert focused(page, "class") == "error-summary"

    page.click(".error-summary a")

    assert focused(page, "name") == "weight"


def test_the_password_can_be_seen(open_as):
    page = open_as(None, "/login/")

    page.check("[data-show-password]")

    assert page.get_attribute("[name=password]", "type") == "text"


def test_the_menu_opens_on_a_phone(open_as, clerk):
    page = open_as(clerk, "/help/", width=360)
    assert not page.locator("#nav").is_visible()

    page.click(".nav-opener")

    assert page.locator("#nav a[href='/help/']").is_visible()


def test_a_failed_fragment_says_so_until_it_is_closed(open_as, specimen, clerk):
    page = open_as(clerk, specimen)

    page.evaluate("htmx.ajax('GET', '/no/such/page/', '#main')")

    note = page.locator(".toast-note.is-error")
    note.wait_for()
    assert "Nothing was changed. (404)" in note.inner_text()
