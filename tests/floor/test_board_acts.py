import pytest

from inventory.models import Stock, WarehouseStaff
from orders.desk.cancel import cancel_orders
from orders.models import Shipment
from orders.review.decide import hold_orders
from tests.fixtures.flow import approve, pick, receive, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


@pytest.fixture
def ready(place, cup, warehouse):
    """Two shipments of one cup each, ready to pick."""
    receive(cup, warehouse, 20)
    return [approve(place()).shipments.get() for _n in range(2)]


@pytest.fixture
def packed(ready, signed_in, manager):
    client, form = signed_in(manager), chosen(*ready)
    client.post("/fulfilment/pick/", form)
    client.post("/fulfilment/pack/", form)
    return ready


def chosen(*shipments, **more) -> dict[str, object]:
    return {"tab": "ready", "pick": [one.pk for one in shipments], **more}


def statuses() -> list[str]:
    return list(Shipment.objects.order_by("id").values_list("status", flat=True))


def told(page) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def test_many_go_the_whole_way(ready, signed_in, packer) -> None:
    client, form = signed_in(packer), chosen(*ready)

    seen = []
    for act in ("pick", "pack", "ship", "deliver"):
        client.post(f"/fulfilment/{act}/", form)
        seen.append(statuses())

    assert seen == [[status] * 2 for status in ("picking", "packed", "shipped", "delivered")]
    assert Stock.objects.get().on_hand == 18


def test_it_says_how_many_and_offers_the_pick_list(ready, signed_in, packer) -> None:
    form = chosen(*ready, warehouse="HZ")

    page = signed_in(packer).post("/fulfilment/pick/", form, follow=True)

    assert page.redirect_chain == [("/fulfilment/?tab=ready&warehouse=HZ", 302)]
    link, done = told(page)
    assert f"/fulfilment/pick-list/?ids={ready[0].pk},{ready[1].pk}" in link
    assert done == "2 shipments are being picked."


def test_carrier_and_waybill_are_kept_per_parcel(packed, signed_in, packer) -> None:
    first, second = packed
    form = chosen(first, second, tab="packed", carrier="SF")
    form |= {f"waybill-{first.pk}": " sf1 ", f"waybill-{second.pk}": "YT 2"}
    form[f"carrier-{second.pk}"] = "YTO"

    signed_in(packer).post("/fulfilment/ship/", form)

    found = Shipment.objects.order_by("id").values_list("status", "carrier", "waybill")
    assert list(found) == [("shipped", "SF", "SF1"), ("shipped", "YTO", "YT 2")]


@pytest.mark.parametrize("waybill", ["1" * 65, "a\x00b"])
def test_a_waybill_that_cannot_be_stops_all_and_loses_nothing(
    packed, signed_in, packer, waybill
) -> None:
    first, second = packed
    form = chosen(first, second, tab="packed")
    form |= {f"waybill-{first.pk}": "SF1", f"waybill-{second.pk}": waybill}

    page = signed_in(packer).post("/fulfilment/ship/", form)

    assert page.status_code == 422
    typed = [(one.waybill, one.is_picked) for one in page.context["parcels"]]
    assert typed == [("SF1", True), (waybill, True)]
    assert statuses() == ["packed", "packed"]


def test_without_a_tick_nothing_leaves_and_what_was_typed_stays(packed, signed_in, packer) -> None:
    form = {"tab": "packed", f"waybill-{packed[0].pk}": "SF1"}

    page = signed_in(packer).post("/fulfilment/ship/", form)

    assert told(page) == ["Tick the shipments first."]
    assert page.context["parcels"][0].waybill == "SF1"
    assert statuses() == ["packed", "packed"]


def test_one_in_another_state_is_left_with_the_reason(ready, signed_in, packer) -> None:
    pick(ready[0].order)

    page = signed_in(packer).post("/fulfilment/pick/", chosen(*ready), follow=True)

    words = told(page)
    assert words[1] == "1 shipment is being picked."
    assert f"{ready[0].number} is “Picking”; it cannot become “Picking”." in words[2]
    assert statuses() == ["picking", "picking"]


def test_a_parcel_of_an_order_that_was_held_does_not_leave(packed, signed_in, packer) -> None:
    hold_orders([packed[0].order_id], actor=None, reason="fraud?")

    page = signed_in(packer).post("/fulfilment/ship/", chosen(*packed), follow=True)

    assert f"{packed[0].number}: the order is “On hold”; do not send it." in told(page)[1]
    assert statuses() == ["packed", "shipped"]


def test_a_second_click_changes_nothing(ready, signed_in, packer) -> None:
    client, form = signed_in(packer), chosen(*ready)
    for act in ("pick", "pack", "ship", "ship"):
        page = client.post(f"/fulfilment/{act}/", form, follow=True)

    assert "2 shipments were left as they are:" in told(page)[-1]
    assert Stock.objects.get().on_hand == 18


def test_a_cancelled_shipment_is_not_picked(ready, signed_in, packer) -> None:
    cancel_orders([ready[0].order_id], actor=None, reason="changed mind")

    signed_in(packer).post("/fulfilment/pick/", chosen(*ready))

    assert statuses() == ["cancelled", "picking"]


ACTS = ["pick", "pack", "ship", "deliver"]


@pytest.mark.parametrize("act", ACTS)
def test_looking_moves_nothing(ready, signed_in, packer, act) -> None:
    assert signed_in(packer).get(f"/fulfilment/{act}/").status_code == 405
    assert statuses() == ["ready", "ready"]


@pytest.mark.parametrize("act", ACTS)
def test_without_the_right_nothing_moves(ready, signed_in, clerk, act) -> None:
    assert signed_in(clerk).post(f"/fulfilment/{act}/", chosen(*ready)).status_code == 403
    assert statuses() == ["ready", "ready"]


@pytest.mark.parametrize("act", [*ACTS, "pick-list/choose"])
def test_foreign_shipments_do_not_exist(ready, other_warehouse, signed_in, packer, act) -> None:
    WarehouseStaff.objects.create(user=packer, warehouse=other_warehouse)

    assert signed_in(packer).post(f"/fulfilment/{act}/", chosen(*ready)).status_code == 404
    assert statuses() == ["ready", "ready"]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("pick", ["x", "", "-1", "999", "9" * 30])
def test_an_id_that_is_none_is_not_found(ready, signed_in, packer, act, pick) -> None:
    form = {"pick": [str(ready[0].pk), pick]}

    assert signed_in(packer).post(f"/fulfilment/{act}/", form).status_code == 404
    assert statuses() == ["ready", "ready"]


@pytest.mark.parametrize("act", [*ACTS, "pick-list/choose"])
def test_nothing_ticked_is_said(ready, signed_in, packer, act) -> None:
    page = signed_in(packer).post(f"/fulfilment/{act}/", {"tab": "ready"}, follow=True)

    assert told(page) == ["Tick the shipments first."]


def test_all_of_a_page_takes_as_many_queries_as_one(
    place, cup, warehouse, signed_in, packer, django_assert_max_num_queries
) -> None:
    receive(cup, warehouse, 20)
    ready = [approve(place()).shipments.get() for _n in range(10)]
    client = signed_in(packer)

    with django_assert_max_num_queries(20):
        client.post("/fulfilment/pick/", chosen(*ready))


def test_a_shipped_order_stays_shipped_on_a_late_pick(ready, signed_in, packer) -> None:
    send(ready[0].order)

    signed_in(packer).post("/fulfilment/pick/", chosen(ready[0]))

    assert statuses() == ["shipped", "ready"]
