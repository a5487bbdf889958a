import json

import pytest

from customers.block import block_customer, unblock_customer
from customers.comment import LONGEST, comment_on
from customers.edit import edit_customer
from customers.models import Customer, CustomerEvent
from customers.tag import tag_customer
from oms.errors import InvalidInput, NotPossible
from orders.people.merge import merge_customers

pytestmark = pytest.mark.django_db


def post(browser, customer: Customer, act: str, **data: object):
    return browser.post(f"/customers/{customer.pk}/{act}/", data)


def events(customer: Customer) -> list[tuple[str, str, str]]:
    rows = customer.events.order_by("pk").values_list("kind", "data__about", "data__text")
    return [(kind, about, text or "") for kind, about, text in rows]


def fresh(customer: Customer) -> Customer:
    return Customer.objects.get(pk=customer.pk)


def test_notes_and_complaints_are_events(ours, signed_in, clerk):
    browser = signed_in(clerk)

    for _click in range(2):
        post(browser, ours, "comment", text="calls\r\ntwice", form_key="a")
    post(browser, ours, "comment", text="broken", is_complaint="on", form_key="b")

    assert events(ours) == [("commented", "", "calls\ntwice"), ("complained", "", "broken")]
    assert "calls<br>twice" in browser.get(f"/customers/{ours.pk}/").content.decode()


@pytest.mark.parametrize(
    ("text", "words"), [("", "Write the note first."), ("x" * 2001, "it has 2001")]
)
def test_a_note_that_is_none_is_refused_and_kept_in_the_form(ours, signed_in, clerk, text, words):
    response = post(signed_in(clerk), ours, "comment", text=text, form_key="a")

    assert response.status_code == 422
    assert words in response.content.decode()
    assert response.context["comment_form"]["text"].value() == text
    assert events(ours) == []


def test_a_nul_does_not_reach_the_database(ours):
    comment_on(ours.pk, "a\x00b", actor=None)

    assert events(ours) == [("commented", "", "ab")]
    assert LONGEST == 2000


def test_a_tag_is_put_on_once_and_taken_off(ours, signed_in, clerk):
    browser = signed_in(clerk)

    for word in ("VIP", "ｖｉｐ", "  slow  payer "):
        post(browser, ours, "tag", tag=word)
    assert fresh(ours).tags == ["VIP", "slow payer"]
    post(browser, ours, "untag", tag="VIP")
    post(browser, ours, "untag", tag="VIP")

    assert fresh(ours).tags == ["slow payer"]
    assert [kind for kind, _about, _text in events(ours)] == ["tagged", "tagged", "untagged"]


@pytest.mark.parametrize("word", ["", "  ", "x" * 41])
def test_a_tag_that_is_none_is_refused(ours, word):
    with pytest.raises(InvalidInput):
        tag_customer(ours.pk, word, actor=None)


def test_a_tag_makes_an_open_edit_form_stale(ours):
    tag_customer(ours.pk, "VIP", actor=None)

    assert fresh(ours).version == 2


def test_blocking_needs_a_reason_and_gives_the_level_back(ours, signed_in, reviewer):
    Customer.objects.filter(pk=ours.pk).update(level="gold")
    browser = signed_in(reviewer)

    assert post(browser, ours, "block", reason=" ").status_code == 422
    assert fresh(ours).level == "gold"
    post(browser, ours, "block", reason="Refuses parcels")
    blocked = fresh(ours)
    post(browser, ours, "unblock")

    assert (blocked.level, blocked.blocked_reason) == ("blocked", "Refuses parcels")
    assert (fresh(ours).level, fresh(ours).blocked_reason) == ("gold", "")
    assert events(ours) == [("blocked", "", "Refuses parcels"), ("unblocked", "", "")]


def test_nobody_is_blocked_twice(ours):
    block_customer(ours.pk, "Refuses parcels", actor=None)

    with pytest.raises(NotPossible):
        block_customer(ours.pk, "again", actor=None)
    unblock_customer(ours.pk, actor=None)
    with pytest.raises(NotPossible):
        unblock_customer(ours.pk, actor=None)


def test_the_edit_form_neither_blocks_nor_unblocks(ours):
    with pytest.raises(InvalidInput):
        edit_customer(ours.pk, version=1, changes={"level": "blocked"}, actor=None)
    block_customer(ours.pk, "Refuses parcels", actor=None)
    with pytest.raises(InvalidInput):
        edit_customer(ours.pk, version=2, changes={"level": "normal"}, actor=None)

    edit_customer(ours.pk, version=2, changes={"note": "x", "level": "blocked"}, actor=None)
    assert fresh(ours).level == "blocked"


def test_consents_are_written_down_with_what_was_before(ours, signed_in, clerk):
    browser = signed_in(clerk)

    post(browser, ours, "consents", consents=["email", "sms"])
    post(browser, ours, "consents", consents=["email", "sms"])
    post(browser, ours, "consents", consents=["email"])

    assert fresh(ours).consents == ["email"]
    changes = CustomerEvent.objects.order_by("pk").values_list("data__changes__consents", flat=True)
    assert list(changes) == [[[], ["sms", "email"]], [["sms", "email"], ["email"]]]
    assert post(browser, ours, "consents", consents=["pigeon"]).status_code == 422


def test_the_export_holds_all_and_is_written_down(ours, signed_in, manager):
    comment_on(ours.pk, "calls", actor=None)

    response = post(signed_in(manager), ours, "export")

    data = json.loads(response.content)
    assert response["Content-Disposition"] == f'attachment; filename="customer-{ours.pk}.json"'
    assert (data["customer"]["name"], data["customer"]["phone"]) == ("李娜", "13900000001")
    assert [one["ship_phone"] for one in data["orders"]] == ["13800138001"]
    assert data["recognised_by"] == ["phone:13900000001"]
    assert [one["kind"] for one in data["history"]] == ["commented"]
    assert events(ours)[-1][0] == "exported"


@pytest.mark.parametrize(("old", "new"), [("normal", "blocked"), ("blocked", "normal")])
def test_the_administration_neither_blocks_nor_unblocks(ours, signed_in, administrator, old, new):
    Customer.objects.filter(pk=ours.pk).update(level=old)
    form = {"name": "x", "kind": "person", "level": new, "seen_version": 1}

    response = signed_in(administrator).post(f"/admin/customers/customer/{ours.pk}/change/", form)

    assert "Use Block or Unblock" in response.content.decode()
    assert (fresh(ours).name, fresh(ours).level) == ("李娜", old)


def test_the_administration_leaves_the_merged_alone(ours, theirs, signed_in, administrator):
    merge_customers(ours.pk, theirs.pk, choice={}, actor=None)
    form = {"name": "x", "kind": "person", "level": "normal", "seen_version": 2}

    response = signed_in(administrator).post(f"/admin/customers/customer/{theirs.pk}/change/", form)

    assert response.status_code == 200
    assert fresh(theirs).name == "李 娜"
