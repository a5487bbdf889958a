"""From a template to a rule in force: trying, publishing, the shadow, off, retiring, back; and who may."""

import pytest
from django.contrib.auth.models import Permission

from orders import pipeline
from orders.models import ReviewRule
from orders.review.rules.save import save_text
from orders.review.rules.templates import TEMPLATES
from tests.fixtures import flow
from tests.fixtures.people import create_user
from tests.fixtures.rules import rewrite, rule, rule_text
from tests.review.rules.editor_form import START, address, form

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in, administrator):
    return signed_in(administrator)


def act(client, one: ReviewRule, name: str, **sent: object) -> str:
    """Press a button of the rule's page; gives what the next page says."""
    answer = client.post(address(one, name), {"version": one.newest.pk, **sent}, follow=True)
    one.refresh_from_db()
    return " ".join(str(message) for message in answer.context["messages"])


def tried(client, one: ReviewRule, **more: object) -> None:
    text = one.newest.text
    [row] = [(c.field, c.operator, c.value) for c in text.conditions]
    sent = form(
        row, name=text.name, reason=text.reason, outcome=text.outcome, base=one.newest.number
    )
    client.post(address(one, "try"), sent | {"days": 30} | more)


@pytest.mark.parametrize("slug", [one.slug for one in TEMPLATES])
def test_a_template_becomes_a_rule_in_the_shadow(client, administrator, slug):
    answer = client.post(START, {"template": slug})

    one = ReviewRule.objects.get()
    assert answer.url == address(one)
    assert (one.mode, one.live.number, one.live.author) == ("shadow", 1, administrator)
    assert client.get(address(one)).status_code == 200


def test_the_same_template_again_gets_a_name_of_its_own(client):
    for _time in range(3):
        client.post(START, {"template": "blocked"})

    assert [one.name for one in ReviewRule.objects.order_by("pk")] == [
        "Blocked customer",
        "Blocked customer 2",
        "Blocked customer 3",
    ]


def test_an_unknown_template_makes_nothing(client):
    page = client.post(START, {"template": "nonsense"}, follow=True)

    assert "There is no such template" in page.content.decode()
    assert not ReviewRule.objects.exists()


def test_a_version_is_not_published_before_it_was_tried(client, place):
    place()
    one = rule("hold", ("total", "gte", "1"), mode="shadow")
    before = client.get(address(one)).content.decode()

    words = act(client, one, "publish")

    assert "Try this version on past orders first." in before
    assert "Try the rule on past orders first" in words
    assert one.mode == "shadow"


def test_trying_saves_what_was_typed_and_shows_what_it_would_change(client, place):
    order = place(("CUP-1", 3))
    one = rule("hold", ("total", "gte", "9999"), mode="shadow", name="Large", reason="large order")

    answer = client.post(address(one, "try"), form(("total", "gte", "20"), base=1, days="30"))
    page = client.get(answer.url)

    assert answer.url == f"{address(one)}#trial"
    assert (one.newest.number, one.live.number) == (2, 1)
    html = page.content.decode()
    assert "Hits 1 of 1 orders, would change 1" in html
    assert order.number in html
    assert "Order total 30 ≥ 20" in html
    assert 'aria-describedby="why-not-publish"' not in html


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"since": "2026-02-30", "until": "2026-03-01"}, "Give the day, for example"),
        ({"since": "", "until": ""}, "Give the day, for example"),
        ({"since": "2026-03-02", "until": "2026-03-01"}, "not before the first"),
        ({"since": "2020-01-01", "until": "2026-03-01"}, "Give at most"),
    ],
)
def test_a_period_that_cannot_be_is_refused_and_nothing_is_saved(client, days, words):
    one = rule("hold", ("total", "gte", "1"), name="Large")

    sent = form(("total", "gte", "77"), base=1, days="dates", **days)
    page = client.post(address(one, "try"), sent)

    assert page.status_code == 422
    assert words in page.content.decode()
    assert 'value="77"' in page.content.decode()
    assert one.newest.number == 1


def test_days_of_choice_are_tried_from_the_first_through_the_last(client, place):
    place()
    one = rule("hold", ("total", "gte", "1"), name="Large")

    tried(client, one, days="dates", since="2026-01-01", until="2026-01-31")

    trial = one.newest.trial or {}
    assert (trial["since"], trial["until"]) == (
        "2026-01-01T00:00:00+08:00",
        "2026-02-01T00:00:00+08:00",
    )


def test_a_published_rule_holds_the_order_that_waits(client, place):
    order = place()
    pipeline.advance()
    one = rule("hold", ("total", "gte", "1"), mode="shadow")
    tried(client, one)

    words = act(client, one, "publish")
    pipeline.advance()

    assert words == "Version 1 is in force."
    assert (one.mode, one.live.number) == ("on", 1)
    assert flow.fresh(order).status == "on_hold"


def test_many_more_passes_wait_for_a_second_administrator(client, signed_in, place):
    place()
    pipeline.advance()
    one = rule("approve", ("total", "gte", "1"), mode="shadow")
    tried(client, one)
    asked = act(client, one, "publish")
    mine = client.get(address(one)).content.decode()
    other = signed_in(create_user("admin", "second"))
    theirs = other.get(address(one)).content.decode()

    done = act(other, one, "publish")

    assert "another administrator must publish it too" in asked
    assert "You asked for it" in mine
    assert "Publish as second person" in theirs
    assert "admin asked to publish it" in theirs
    assert done == "Version 1 is in force."
    assert (one.mode, one.live.published_by.username, one.live.seconded_by.username) == (
        "on",
        "admin",
        "second",
    )


def test_shadow_off_retired_and_taken_back(client):
    one = rule("hold", ("total", "gte", "1"))

    modes = []
    for name in ("shadow", "off", "retire", "off"):
        act(client, one, name)
        modes.append(one.mode)

    assert modes == ["shadow", "off", "retired", "off"]


def test_an_older_version_of_the_page_publishes_nothing(client, place):
    one = rule("hold", ("total", "gte", "1"), mode="shadow", name="Large")
    old = one.newest.pk
    save_text(one.pk, rule_text("hold", ("total", "gte", "2"), name="Large"), base=1, actor=None)

    words = act(client, one, "publish", version=old)

    assert "There is a newer version, 2" in words
    assert one.mode == "shadow"


def test_a_version_of_another_rule_is_not_published_here(client):
    one = rule("hold", ("total", "gte", "1"), mode="shadow")
    other = rule("hold", ("total", "gte", "2"), mode="shadow")

    words = act(client, one, "shadow", version=other.newest.pk)

    assert words == "There is no such version of a rule."


def test_back_to_a_version_that_was_in_force_is_one_press(client):
    one = rule("hold", ("total", "gte", "1"), name="Large")
    rewrite(one, rule_text("hold", ("total", "gte", "5"), name="Large"))

    words = act(client, one, "roll-back", number=1, base=2)

    assert words == "Back to version 1: it is in force as version 3."
    assert (one.live.number, one.live.kept) == (3, one.versions.get(number=1).kept)


def test_back_upon_an_older_page_is_refused(client):
    one = rule("hold", ("total", "gte", "1"), name="Large")
    rewrite(one, rule_text("hold", ("total", "gte", "5"), name="Large"))

    words = act(client, one, "roll-back", number=1, base=1)

    assert "saved version 2 of this rule" in words
    assert one.live.number == 2


def test_an_auditor_sees_all_and_is_offered_nothing(signed_in, auditor):
    client = signed_in(auditor)
    one = rule("hold", ("total", "gte", "1"), name="Large")

    html = client.get(address(one)).content.decode()

    assert '<fieldset class="rule-all" disabled>' in html
    for word in ("Save draft", "Publish", "Retire", "Switch off", "Into the shadow"):
        assert f">{word}<" not in html


def test_who_may_not_publish_drafts_into_the_shadow_but_stops_nothing(signed_in, auditor):
    change = Permission.objects.get(codename="change_reviewrule")
    auditor.user_permissions.add(change)
    client = signed_in(auditor)
    judging = rule("hold", ("total", "gte", "1"))
    draft = rule("hold", ("total", "gte", "2"), mode="off")

    refused = client.post(address(judging, "shadow"), {"version": judging.newest.pk})
    act(client, draft, "shadow")

    judging.refresh_from_db()
    assert (refused.status_code, judging.mode, draft.mode) == (403, "on", "shadow")
    assert client.post(address(draft, "publish"), {}).status_code == 403
    assert client.post(address(draft, "off"), {}).status_code == 403
