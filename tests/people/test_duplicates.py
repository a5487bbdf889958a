import pytest

from customers.models import Customer, CustomerMerge
from orders.models import Order
from orders.people import duplicates as module
from orders.people.duplicates import duplicates, twins_of
from tests.people.conftest import Buy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


def create(name: str, phone: str = "", email: str = "") -> Customer:
    return Customer.objects.create(name=name, phone=phone, email=email)


def found(before: int | None = None) -> list[tuple[int, int, list[str]]]:
    return [(one.one.pk, one.other.pk, one.why) for one in duplicates(before).pairs]


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        (("A", "+86 138-0013-8001"), ("B", "13800138001"), ["same phone"]),
        (("A", "", "Li@Example.com"), ("B", "", "li@example.com"), ["same e-mail"]),
        (("A", "12345"), ("B", "12345"), None),
        (("A", "13800138001"), ("A", "13800138002"), None),
    ],
)
def test_who_has_the_same_phone_or_mail_is_found(first, second, why):
    one, other = create(*first), create(*second)

    assert found() == ([(other.pk, one.pk, why)] if why else [])


def test_who_has_the_same_name_and_address_is_found(ours, theirs):
    assert found() == []
    Customer.objects.filter(pk=theirs.pk).update(name="李娜")
    assert found() == [(theirs.pk, ours.pk, ["same name and address"])]

    Order.objects.filter(customer=theirs).update(ship_street="青年路 9 号")

    assert found() == []


def test_on_the_page_of_either_one(ours, signed_in, clerk):
    twin = create("B", "13900000001")

    for one, other in ((ours, twin), (twin, ours)):
        history = signed_in(clerk).get(f"/customers/{one.pk}/").context["history"]
        assert [entry.customer.pk for entry in history.twins] == [other.pk]


def test_the_merged_are_no_candidates(ours, signed_in, clerk):
    twin = create("B", "13900000001")
    signed_in(clerk).post(
        f"/customers/{ours.pk}/merge/{twin.pk}/", {"version": "1", "other_version": "1"}
    )

    assert found() == []
    assert twins_of(ours.pk) == []


def test_the_list_goes_back_page_by_page(monkeypatch):
    old = [create(f"C{n}", "13800138001" if n < 2 else "") for n in range(4)]
    statement = module._NEWEST.replace(f"LIMIT {module.LOOKED_AT}", "LIMIT 2")
    monkeypatch.setattr(module, "_NEWEST", statement)
    monkeypatch.setattr(module, "_LAST_LOOKED_AT", f"SELECT min(id), count(*) FROM ({statement}) l")
    monkeypatch.setattr(module, "LOOKED_AT", 2)

    assert (found(), duplicates().next_before) == ([], old[2].pk)
    assert found(old[2].pk) == [(old[1].pk, old[0].pk, ["same phone"])]


def test_the_list_takes_few_queries(signed_in, clerk, django_assert_max_num_queries):
    for n in range(30):
        create(f"C{n}", "13800138001")
    browser = signed_in(clerk)

    with django_assert_max_num_queries(8):
        response = browser.get("/customers/duplicates/")

    assert len(response.context["found"].pairs) == 50


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "%00"])
def test_a_place_that_makes_no_sense_is_the_beginning(ours, signed_in, clerk, before):
    assert signed_in(clerk).get(f"/customers/duplicates/?before={before}").status_code == 200


def test_both_stand_side_by_side_and_are_merged(ours, theirs, signed_in, clerk):
    browser = signed_in(clerk)
    address = f"/customers/{ours.pk}/merge/{theirs.pk}/"

    choices = {one.name: one.how for one in browser.get(address).context["choices"]}
    assert choices["name"] == "keep"
    response = browser.post(address, {"version": 1, "other_version": 1, "how-name": "take"})

    assert response["Location"] == f"/customers/{ours.pk}/"
    assert Customer.objects.get(pk=ours.pk).name == "李 娜"
    undo = next(iter(browser.get(response["Location"]).context["messages"])).extra_tags
    browser.post(undo)
    assert CustomerMerge.objects.get().undone_at
    assert Customer.objects.get(pk=ours.pk).name == "李娜"


def test_a_stale_choice_is_shown_again_with_what_was_chosen(ours, theirs, signed_in, clerk):
    Customer.objects.filter(pk=theirs.pk).update(version=2)
    address = f"/customers/{ours.pk}/merge/{theirs.pk}/"

    response = signed_in(clerk).post(
        address, {"version": 1, "other_version": 1, "how-name": "take"}
    )

    assert response.status_code == 409
    assert {one.name: one.how for one in response.context["choices"]}["name"] == "take"
    assert not CustomerMerge.objects.exists()


def test_an_undo_that_is_late_says_so(ours, theirs, buy: Buy, signed_in, clerk):
    browser = signed_in(clerk)

    response = browser.post(f"/customers/{theirs.pk}/unmerge/", follow=True)

    assert "not merged into another any more" in response.content.decode()
