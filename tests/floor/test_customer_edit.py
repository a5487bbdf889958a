import pytest
from django.contrib.auth.models import Permission

from customers.edit import edit_customer
from customers.models import Customer, CustomerIdentity
from oms.errors import InvalidInput, Stale
from oms.search import grams
from orders.intake.draft import CustomerDraft

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer() -> Customer:
    made = Customer.objects.create(name="王小明", phone="1", search_grams=grams("王小明"))
    return Customer.objects.get(pk=made.pk)


@pytest.fixture
def address(customer) -> str:
    return f"/customers/{customer.pk}/edit/"


def form(**changes: str) -> dict[str, str]:
    """The edit form as it is shown for `customer`, with what somebody typed over it."""
    shown = {
        "name": "王小明", "kind": "person", "phone": "1", "email": "", "level": "normal",
        "tags": "", "note": "",
    }  # fmt: skip
    first = {f"initial-{name}": value for name, value in shown.items()}
    return first | shown | {"version": "1"} | changes


def test_what_was_typed_is_saved(customer, address, signed_in, clerk) -> None:
    typed = form(name="王大明", tags="VIP， 老客户,VIP", note="a\r\nb", level="gold")

    response = signed_in(clerk).post(address, typed)

    assert response["Location"] == f"/customers/{customer.pk}/"
    customer.refresh_from_db()
    assert (customer.name, customer.tags, customer.note) == ("王大明", ["VIP", "老客户"], "a\nb")
    assert (customer.level, customer.version) == ("gold", 2)
    assert customer.search_grams == grams("王大明")


def test_a_credit_limit_is_kept_with_its_history(customer, address, signed_in, manager) -> None:
    signed_in(manager).post(address, form(credit_limit="500", **{"initial-credit_limit": ""}))

    customer.refresh_from_db()
    assert customer.credit_limit == 500
    assert customer.events.get().data["changes"] == {"credit_limit": [None, "500"]}


def test_a_credit_limit_is_hidden_from_who_may_not_see_money(
    customer, address, signed_in, make_user
) -> None:
    Customer.objects.update(credit_limit=7)
    person = make_user()
    rights = Permission.objects.filter(codename__in=["view_customer", "change_customer"])
    person.user_permissions.set(rights)
    browser = signed_in(person)

    page = browser.get(address).text
    browser.post(address, form(credit_limit="500", name="王大明"))

    customer.refresh_from_db()
    assert "credit_limit" not in page
    assert (customer.credit_limit, customer.name) == (7, "王大明")


@pytest.mark.parametrize("typed", ["-1", "1.234", "much", "NaN", "1e12"])
def test_a_credit_limit_that_makes_no_sense_is_refused(
    customer, address, signed_in, manager, typed: str
) -> None:
    page = signed_in(manager).post(address, form(credit_limit=typed))

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["credit_limit"]


def test_a_save_without_a_change_is_none(customer, address, signed_in, clerk) -> None:
    signed_in(clerk).post(address, form())

    customer.refresh_from_db()
    assert customer.version == 1


def test_a_stale_save_shows_both_and_saves_nothing(customer, address, signed_in, clerk) -> None:
    edit_customer(customer.pk, version=1, changes={"name": "王中明", "note": "calls"}, actor=None)

    page = signed_in(clerk).post(address, form(name="王大明"))

    assert page.status_code == 409
    clashes = [(one.label, one.yours, one.theirs) for one in page.context["clashes"]]
    assert clashes == [("Name", "王大明", "王中明")]
    customer.refresh_from_db()
    assert customer.name == "王中明"


def test_saving_again_applies_mine_and_keeps_theirs(customer, address, signed_in, clerk) -> None:
    edit_customer(customer.pk, version=1, changes={"name": "王中明", "note": "calls"}, actor=None)
    client = signed_in(clerk)
    page = client.post(address, form(name="王大明"))

    again = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    first = {f"initial-{name}": value for name, value in page.context["first"].items()}
    client.post(address, first | again)

    customer.refresh_from_db()
    assert (customer.name, customer.note, customer.version) == ("王大明", "calls", 3)


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "", "Give the customer a name."),
        ("name", "x" * 121, "Shorten this to 120 characters."),
        ("email", "nobody", "Give an address such as name@example.com."),
        ("tags", "x" * 41, "Shorten the tag to 40 characters."),
        ("level", "king", "king is not one of the available choices."),
        ("version", "x", "Enter a whole number."),
    ],
)
def test_a_wrong_field_is_named_and_nothing_saved(
    address, signed_in, clerk, field, typed, words
) -> None:
    page = signed_in(clerk).post(address, form(**{field: typed}))

    assert page.status_code == 422
    assert words in page.content.decode()
    assert Customer.objects.get().version == 1


def test_without_the_right_nothing_changes(customer, address, signed_in, reviewer) -> None:
    client = signed_in(reviewer)

    assert client.get(address).status_code == 403
    assert client.post(address, form(name="x")).status_code == 403
    customer.refresh_from_db()
    assert customer.name == "王小明"


def test_an_unknown_customer_cannot_be_edited(signed_in, clerk) -> None:
    assert signed_in(clerk).post("/customers/99999/edit/", form()).status_code == 404


def test_by_a_new_phone_the_customer_is_known_from_then_on(customer, place) -> None:
    edit_customer(customer.pk, version=1, changes={"phone": "13877776666"}, actor=None)

    order = place(customer=CustomerDraft(name="小明", phone="+86 138 7777 6666"))

    assert order.customer_id == customer.pk


def test_a_phone_that_is_anothers_stays_theirs(customer, place) -> None:
    order = place(customer=CustomerDraft(name="李娜", phone="13877776666"))

    edit_customer(customer.pk, version=1, changes={"phone": "13877776666"}, actor=None)

    assert CustomerIdentity.objects.get(key="phone:13877776666").customer_id == order.customer_id


def test_the_verb_refuses_what_no_form_would_send(customer) -> None:
    with pytest.raises(InvalidInput) as caught:
        edit_customer(
            customer.pk,
            version=1,
            changes={"version": 9, "note": "\x00", "kind": "robot"},
            actor=None,
        )

    codes = [(one.field, one.code) for one in caught.value.errors]
    assert codes == [("version", "read_only"), ("note", "nul"), ("kind", "unknown")]


def test_the_verb_tells_both_versions(customer) -> None:
    edit_customer(customer.pk, version=1, changes={"note": "theirs"}, actor=None)

    with pytest.raises(Stale) as caught:
        edit_customer(customer.pk, version=1, changes={"note": "mine"}, actor=None)

    assert (caught.value.theirs, caught.value.yours) == ({"note": "theirs"}, {"note": "mine"})
