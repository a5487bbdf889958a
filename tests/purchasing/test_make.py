"""Making, changing, sending and ending purchase orders."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core import mail as outbox
from django.utils import timezone

from inventory.models import PurchaseLine, PurchaseMail, PurchaseOrder, Sku, Supplier, Warehouse
from inventory.purchasing import mail
from inventory.purchasing.close import cancel_purchase, close_purchase
from inventory.purchasing.edit import LineDraft, OrderDraft, edit_draft
from inventory.purchasing.make import Wanted, make_orders, newest_purchase
from inventory.purchasing.send import send_again, send_purchase
from oms.errors import InvalidInput, NotPossible, Stale
from tests.fixtures.company import create_sku
from tests.fixtures.purchasing import Buy, create_item, create_supplier, delivered, draft_of

pytestmark = pytest.mark.django_db


def test_one_draft_per_supplier(bought: Sku, warehouse: Warehouse):
    other, big = create_supplier("YW", currency="USD"), create_sku("BIG-1", currency="USD")
    create_item(other, big, price=2, code="B1")

    made = make_orders(
        [Wanted(bought.pk, 5), Wanted(big.pk, 7)], warehouse=warehouse, mark=0, actor=None
    )

    rows = PurchaseLine.objects.order_by("pk").values_list(
        "purchase_order__supplier__code", "purchase_order__currency", "code", "ordered", "price"
    )
    assert list(rows) == [("JDZ", "CNY", "", 5, 4), ("YW", "USD", "B1", 7, 2)]
    assert {(one.status, one.rate) for one in PurchaseOrder.objects.all()} == {("draft", 1)}
    assert made.ordered_by_others == {}


def test_the_preferred_supplier_is_taken(bought: Sku, warehouse: Warehouse):
    create_item(create_supplier("YW"), bought, is_preferred=True, price=3)

    assert draft_of(warehouse, (bought, 1)).supplier.code == "YW"


def test_what_another_has_ordered_meanwhile_is_left_out(bought: Sku, warehouse: Warehouse):
    mark = newest_purchase()
    theirs = draft_of(warehouse, (bought, 3))

    made = make_orders([Wanted(bought.pk, 5)], warehouse=warehouse, mark=mark, actor=None)

    assert (made.orders, made.ordered_by_others) == ([], {"CUP-1": theirs.number})


@pytest.mark.parametrize("pieces", [0, -1, 10**9])
def test_an_impossible_quantity_makes_nothing(bought: Sku, warehouse: Warehouse, pieces):
    with pytest.raises(InvalidInput) as refusal:
        make_orders([Wanted(bought.pk, pieces)], warehouse=warehouse, mark=0, actor=None)

    assert [error.field for error in refusal.value.errors] == [f"quantity-{bought.pk}"]
    assert not PurchaseOrder.objects.exists()


@pytest.fixture
def draft(bought: Sku, warehouse: Warehouse) -> PurchaseOrder:
    return draft_of(warehouse, (bought, 5))


def changed(order: PurchaseOrder, **changes: object) -> OrderDraft:
    lines = [LineDraft(line.pk, line.ordered, line.price) for line in order.lines.all()]
    whole = OrderDraft(order.warehouse_id, None, Decimal(1), "", lines)
    return replace(whole, **changes)


def test_a_draft_is_changed(draft: PurchaseOrder):
    line = LineDraft(draft.lines.get().pk, 8, Decimal("3.5"), date(2026, 12, 3))

    edit_draft(draft.pk, changed(draft, lines=[line], note="Quick"), version=1, actor=None)

    draft.refresh_from_db()
    kept = draft.lines.get()
    assert (kept.ordered, kept.price, kept.expected_on) == (8, Decimal("3.5"), date(2026, 12, 3))
    assert (draft.note, draft.version) == ("Quick", 2)


def test_a_line_is_added_and_another_taken_off(draft: PurchaseOrder):
    create_sku("BIG-1")
    lines = [LineDraft(draft.lines.get().pk, 0, None), LineDraft(None, 2, Decimal(9), code="BIG-1")]

    edit_draft(draft.pk, changed(draft, lines=lines), version=1, actor=None)

    assert list(draft.lines.values_list("sku__code", "ordered", "price")) == [("BIG-1", 2, 9)]


@pytest.mark.parametrize(
    ("lines", "fields"),
    [
        ([(None, 1, None, "NO-SUCH")], {"lines[1].code"}),
        ([(None, 1, None, "BIG-1")], {"lines[1].price"}),
        ([(None, 1, Decimal(1), "CUP-1")], {"lines"}),
        ([(None, 0, Decimal(1), "BIG-1")], {"lines[1].ordered"}),
        ([(None, 1, Decimal(1), "USD-1")], {"lines"}),
    ],
)
def test_a_bad_line_is_refused(draft: PurchaseOrder, lines, fields):
    create_sku("BIG-1")
    create_sku("USD-1", currency="USD")
    added = [LineDraft(pk, pieces, price, code=code) for pk, pieces, price, code in lines]
    wanted = changed(draft)

    with pytest.raises(InvalidInput) as refusal:
        edit_draft(draft.pk, replace(wanted, lines=[*wanted.lines, *added]), version=1, actor=None)

    assert {error.field for error in refusal.value.errors} == fields
    assert draft.lines.count() == 1


def test_a_rate_must_fit_the_currencies(draft: PurchaseOrder):
    with pytest.raises(InvalidInput) as refusal:
        edit_draft(draft.pk, changed(draft, rate=Decimal(7)), version=1, actor=None)

    assert [error.field for error in refusal.value.errors] == ["rate"]


def test_who_changes_an_older_version_is_refused(draft: PurchaseOrder):
    edit_draft(draft.pk, changed(draft), version=1, actor=None)

    with pytest.raises(Stale):
        edit_draft(draft.pk, changed(draft), version=1, actor=None)


def test_what_was_sent_is_not_changed(buy: Buy):
    order = buy()

    with pytest.raises(NotPossible):
        edit_draft(order.pk, changed(order), version=order.version, actor=None)


def test_it_is_sent_once(draft: PurchaseOrder):
    sent = send_purchase(draft.pk, actor=None)

    assert (sent.status, sent.expected_on) == ("sent", timezone.localdate() + timedelta(days=7))
    with pytest.raises(NotPossible):
        send_purchase(draft.pk, actor=None)


def test_without_a_rate_it_is_not_sent(warehouse: Warehouse):
    big = create_sku("BIG-1")
    create_item(create_supplier("US", currency="USD"), big)
    order = draft_of(warehouse, (big, 1))

    with pytest.raises(NotPossible, match="exchange rate of USD"):
        send_purchase(order.pk, actor=None)

    order.refresh_from_db()
    assert (order.status, PurchaseMail.objects.count()) == ("draft", 0)


def test_the_last_rate_is_taken_next_time(warehouse: Warehouse):
    big = create_sku("BIG-1")
    create_item(create_supplier("US", currency="USD"), big)
    PurchaseOrder.objects.filter(pk=draft_of(warehouse, (big, 1)).pk).update(rate=Decimal("7.1"))

    assert draft_of(warehouse, (big, 1)).rate == Decimal("7.1")


def test_its_mail_leaves_after_the_commit_and_once(
    draft: PurchaseOrder, django_capture_on_commit_callbacks, monkeypatch
):
    nudged = []
    monkeypatch.setattr(mail.app, "send_task", lambda name, **_options: nudged.append(name))

    with django_capture_on_commit_callbacks(execute=True):
        send_purchase(draft.pk, actor=None)
        assert (outbox.outbox, nudged) == ([], [])

    assert nudged == [mail.TASK]
    assert (mail.send_waiting(), mail.send_waiting()) == (1, 0)
    [sent] = outbox.outbox
    assert sent.to == ["jdz@example.com"]
    assert draft.number in sent.subject
    [(name, content, kind)] = sent.attachments
    assert (name, kind, content[:5]) == (f"{draft.number}.pdf", "application/pdf", b"%PDF-")
    assert PurchaseMail.objects.get().sent_at


def test_a_mail_that_fails_says_so_and_is_sent_again_by_a_person(buy: Buy, monkeypatch):
    order = buy()
    with monkeypatch.context() as patch:
        patch.setattr(mail.EmailMessage, "send", _refused)
        mail.send_waiting()

    failed = PurchaseMail.objects.get()
    assert (failed.sent_at, failed.trouble) == (None, "Connection refused")
    assert mail.send_waiting() == 0
    send_again(order.pk, actor=None)
    assert mail.send_waiting() == 1
    assert PurchaseMail.objects.filter(sent_at__isnull=False).count() == 1


def _refused(_message: object) -> None:
    raise ConnectionRefusedError("Connection refused")


def test_without_an_address_it_is_sent_without_a_mail(draft: PurchaseOrder):
    Supplier.objects.update(email="")

    send_purchase(draft.pk, actor=None)

    assert not PurchaseMail.objects.exists()
    with pytest.raises(NotPossible):
        send_again(draft.pk, actor=None)


def test_only_what_brought_nothing_is_cancelled(buy: Buy):
    order = buy()
    delivered(order, 1)

    with pytest.raises(NotPossible):
        cancel_purchase(order.pk, reason="No", actor=None)

    assert close_purchase(order.pk, reason="No more", actor=None).status == "closed"


def test_ending_wants_a_reason(buy: Buy):
    with pytest.raises(InvalidInput) as refusal:
        cancel_purchase(buy().pk, reason=" ", actor=None)

    assert [error.field for error in refusal.value.errors] == ["reason"]
