"""The order list around its query: chips, counts, what is left out, empty states, one fragment for all of it."""

from typing import Any

import pytest

from oms.models import User
from orders.desk.hits import order_hits
from orders.desk.notes.assign import assign_order
from orders.desk.notes.tag import tag_orders
from tests.desk.bulk_steps import told
from tests.fixtures import flow
from tests.fixtures.company import Place, create_sku

pytestmark = pytest.mark.usefixtures("holds")
FRAGMENT = {"HX-Request": "true", "HX-Target": "order-list"}


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def labels(response: Any) -> list[str]:
    return [one.label for one in response.context["chips"]]


def test_each_part_of_the_line_is_a_chip_that_can_be_taken_away(clerk: User, signed_in: Any):
    line = "王 status:shipped -city:上海,杭州 tag:加急"

    answer = signed_in(clerk).get("/orders/", {"q": line, "tab": "shipped", "channel": "web"})

    assert labels(answer) == [
        "“王”",
        "Status: Shipped",
        "City is not: 上海/杭州",
        "Tag: 加急",
        "Channel: web",
    ]
    chip = answer.context["chips"][1]
    assert line[chip.start : chip.end] == "status:shipped"
    assert chip.remove_url.startswith("?q=%E7%8E%8B+-city")
    assert "tab=shipped" in chip.remove_url
    assert "channel" not in answer.context["chips"][-1].remove_url


def test_what_is_left_out_is_said_and_the_rest_is_used(place: Place, clerk: User, signed_in: Any):
    place()

    answer = signed_in(clerk).get("/orders/", {"q": "statsu:x amount:>1"})

    assert len(answer.context["rows"]) == 1
    assert "Left out: “statsu” is no known word. Did you mean “status:”?" in words(answer)
    assert 'class="chip chip-wrong"' in words(answer)


def test_nobody_acts_on_all_of_a_list_whose_query_was_not_understood(
    place: Place, reviewer: User, signed_in: Any
):
    place()
    browser = signed_in(reviewer)

    browser.post("/orders/bulk/approve/", {"scope": "all", "list": "q=statsu:x"})

    assert told(browser) == [
        "A part of the query was left out: “statsu:x”. Correct it, then choose again."
    ]


def test_tabs_and_total_count_what_is_asked(place: Place, clerk: User, signed_in: Any):
    marked = [place() for _ in range(3)]
    place()
    flow.cancel(marked[0])
    tag_orders([one.pk for one in marked], "加急", actor=clerk)

    answer = signed_in(clerk).get("/orders/", {"q": "tag:加急", "tab": "review"})

    counts = {tab.label: tab.count for tab in answer.context["tabs"]}
    assert (counts["All"], counts["To review"], counts["Cancelled"], counts["Done"]) == (3, 2, 1, 0)
    assert answer.context["list_count"] == 2


def test_who_finds_nothing_sees_the_filters_and_what_is_closest(
    place: Place, clerk: User, signed_in: Any
):
    order = flow.cancel(place())

    answer = signed_in(clerk).get("/orders/", {"q": "phone:8001", "tab": "review"})

    assert [row.pk for row in answer.context["closest"]] == [order.pk]
    assert "No order fits" in words(answer)
    assert answer.context["clear_url"] == "?tab=review"


def test_the_fragment_holds_all_that_depends_on_the_query(
    place: Place, reviewer: User, signed_in: Any
):
    order = place()

    answer = signed_in(reviewer).get(
        "/orders/", {"q": "amount:>1", "tab": "review", "size": ""}, headers=FRAGMENT
    )

    text = words(answer)
    assert "<html" not in text
    assert 'name="list" value="q=amount%3A%3E1&amp;tab=review' in text
    for part in (order.number, 'id="order-tabs" hx-swap-oob', 'id="live" hx-swap-oob', 'data-drawn-for="amount:&gt;1"',
                 'form="query-form" name="tab" value="review"', "bulk/export/"):  # fmt: skip
        assert part in text
    assert answer["HX-Replace-Url"] == "/orders/?q=amount%3A%3E1&tab=review"
    assert "HX-Target" in answer["Vary"]


def test_an_exact_number_is_only_a_hit_while_somebody_types(
    place: Place, clerk: User, signed_in: Any
):
    order = place()
    browser = signed_in(clerk)

    assert browser.get("/orders/", {"q": order.number}, headers=FRAGMENT).status_code == 200
    assert browser.get("/orders/", {"q": order.number}).status_code == 302


def test_a_row_names_owner_and_tags(place: Place, clerk: User, signed_in: Any):
    order = place()
    tag_orders([order.pk], "<加急>", actor=clerk)
    assign_order(order.pk, user_id=clerk.pk, actor=clerk)

    (row,) = signed_in(clerk).get("/orders/").context["rows"]

    assert (row.owner, row.tags) == ("clerk", "&lt;加急&gt;")


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("tag:加急 amount:>1", (1, 0, 7)),
        ("tag:no", (0, 0, 7)),
        # One more where the line names people or channels, whose names must be known.
        ("tag:加急 amount:>1 owner:clerk", (1, 0, 8)),
        ("城市:杭州 渠道:web", (2, 0, 8)),
        ("owner:me tag:no", (0, 0, 8)),
        ("owner:me status:cancelled", (0, 1, 8)),
        ("amount:>1 channel:web status:cancelled", (0, 2, 8)),
    ],
)
def test_the_number_of_queries_hangs_on_names_only(
    place: Place, clerk: User, signed_in: Any, django_assert_max_num_queries: Any,
    line: str, asked: tuple[int, int, int],
):  # fmt: skip
    """`asked`: rows, closest orders, queries at most."""
    first, _second = place(), place()
    tag_orders([first.pk], "加急", actor=clerk)
    assign_order(first.pk, user_id=clerk.pk, actor=clerk)
    browser = signed_in(clerk)
    *shown, queries = asked

    with django_assert_max_num_queries(queries):
        answer = browser.get("/orders/", {"q": line, "tab": "review"})

    assert [len(answer.context["rows"]), len(answer.context["closest"])] == shown


HARD = (
    "%",
    "_",
    "\\",
    "'",
    '"',
    "\x00",
    "tag:%",
    "sku:\\",
    "客户:'",
    'city:"',
    "x" * 5000,
    f"tag:{'王' * 5000}",
)


@pytest.mark.parametrize("line", HARD)
def test_nothing_that_is_typed_breaks_the_list(
    place: Place, clerk: User, signed_in: Any, line: str
):
    place()

    assert signed_in(clerk).get("/orders/", {"q": line}).status_code == 200


def test_the_search_box_finds_what_the_list_finds(place: Place, clerk: User):
    order = place()
    place()
    tag_orders([order.pk], "加急", actor=clerk)

    assert [hit.label for hit in order_hits(clerk, "标签:加急")] == [order.number]


def options(browser: Any, word: str) -> list[str]:
    return [
        one["insert"]
        for one in browser.get("/orders/query/suggest/", {"word": word}).json()["options"]
    ]


def test_words_and_values_are_suggested(place: Place, clerk: User, packer: User, signed_in: Any):
    tag_orders([place().pk], "加急 VIP", actor=clerk)
    create_sku("POT-1")
    browser = signed_in(clerk)

    assert options(browser, "sta") == ["status:"]
    assert options(browser, "-状") == ["-状态:"]
    assert options(browser, "status:deliv") == ["status:Delivered"]
    assert options(browser, "status:shipped,deliv") == ["status:shipped,Delivered"]
    assert options(browser, "标签:加") == ['标签:"加急 VIP"']
    assert options(browser, "sku:po") == ["sku:POT-1"]
    assert options(browser, "owner:cl") == ["owner:clerk"]
    assert options(browser, "date:yest") == ["date:yesterday"]
    assert options(browser, "12:30") == options(browser, "nope:x") == options(browser, "%") == []
    assert options(browser, "pa") == ["paid:", "parcel:"]
    assert options(signed_in(packer), "pa") == ["parcel:"]


def test_every_suggested_value_can_be_read(clerk: User, signed_in: Any):
    browser = signed_in(clerk)

    for name in ("status", "date", "paid", "owner", "reason", "amount"):
        for line in options(browser, f"{name}:"):
            assert browser.get("/orders/", {"q": line}).context["problems"] == (), line
