import re

import pytest
from django.contrib.auth.models import Group

from customers.models import Customer, CustomerIdentity
from oms.models import ApiToken, Channel, User

pytestmark = pytest.mark.django_db

ADD_TOKEN = "/admin/oms/apitoken/add/"  # noqa: S105 - an address


@pytest.fixture
def client(signed_in, administrator):
    return signed_in(administrator)


@pytest.fixture
def root() -> User:
    return User.objects.create_superuser("root", password="a long enough secret")


def test_a_tokens_secret_is_shown_once(client, clerk) -> None:
    form = {"user": clerk.pk, "name": "Shop", "scopes": ["orders:read", "orders:write"]}

    page = client.post(ADD_TOKEN, form)

    token = ApiToken.objects.get()
    secret = re.findall(r'value="([\w-]{43})"', page.content.decode())[0]
    assert token.digest == ApiToken.digest_of(secret)
    assert token.scopes == ["orders:read", "orders:write"]
    later = client.get(f"/admin/oms/apitoken/{token.pk}/change/").content.decode()
    assert secret not in later
    assert token.digest not in later


def test_the_secret_goes_into_no_cookie(client, clerk) -> None:
    page = client.post(ADD_TOKEN, {"user": clerk.pk, "name": "Shop", "scopes": ["orders:read"]})

    assert "messages" not in page.cookies
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("scopes", [[], ["orders:fly"]])
def test_a_token_without_a_known_scope_is_refused(client, clerk, scopes) -> None:
    client.post(ADD_TOKEN, {"user": clerk.pk, "name": "Shop", "scopes": scopes})

    assert not ApiToken.objects.exists()


def test_no_token_acts_as_a_superuser_but_by_one(client, root, signed_in) -> None:
    form = {"user": root.pk, "name": "Shop", "scopes": ["orders:read"]}

    client.post(ADD_TOKEN, form)
    assert not ApiToken.objects.exists()

    signed_in(root).post(ADD_TOKEN, form)
    assert ApiToken.objects.get().user == root


def test_a_token_is_revoked_not_deleted(client, clerk) -> None:
    token = ApiToken.objects.create(user=clerk, name="Shop", digest="x", scopes=["orders:read"])

    client.post("/admin/oms/apitoken/", {"action": "revoke", "_selected_action": [token.pk]})

    token.refresh_from_db()
    assert token.revoked_at is not None
    assert client.post(f"/admin/oms/apitoken/{token.pk}/delete/").status_code == 403


def test_an_administrator_makes_no_superuser(client, clerk) -> None:
    form = {"username": "clerk", "is_active": "on", "is_superuser": "on", "theme": "dark"}
    form |= {"date_joined_0": "2026-01-01", "date_joined_1": "12:00"}

    client.post(f"/admin/oms/user/{clerk.pk}/change/", form)

    clerk.refresh_from_db()
    assert (clerk.theme, clerk.is_superuser) == ("dark", False)


def test_an_administrator_does_not_touch_a_superuser(client, root) -> None:
    assert client.post(f"/admin/oms/user/{root.pk}/change/", {}).status_code == 403
    assert client.post(f"/admin/oms/user/{root.pk}/password/", {}).status_code == 403


def test_the_houses_roles_are_not_changed_by_hand(root, signed_in, clerk) -> None:
    client = signed_in(root)
    role, own = Group.objects.get(name="clerk"), Group.objects.create(name="trainees")

    assert client.post(f"/admin/auth/group/{role.pk}/change/", {"name": "x"}).status_code == 403
    assert client.post(f"/admin/auth/group/{own.pk}/change/", {"name": "x"}).status_code == 302


def test_a_channels_code_stays(client, web: Channel) -> None:
    form = {"code": "other", "name": "Shop", "currency": "USD", "is_active": "on"}

    client.post(f"/admin/oms/channel/{web.pk}/change/", form)

    web.refresh_from_db()
    assert (web.code, web.name, web.currency) == ("web", "Shop", "USD")


def customer_form(**changes: object) -> dict[str, object]:
    return {"name": "王小明", "kind": "person", "level": "normal", "tags": "VIP"} | changes


def test_a_customer_is_added_with_a_known_phone(client) -> None:
    client.post("/admin/customers/customer/add/", customer_form(phone="13800138000"))

    customer = Customer.objects.get()
    assert customer.tags == ["VIP"]
    assert CustomerIdentity.objects.get().key == "phone:13800138000"


def test_a_phone_that_is_anothers_is_refused(client, place) -> None:
    place()

    page = client.post("/admin/customers/customer/add/", customer_form(phone="13800138001"))

    assert "Another customer already has this phone." in page.content.decode()
    assert Customer.objects.count() == 1


def test_a_stale_save_of_a_customer_is_refused(client, place) -> None:
    customer = place().customer
    address = f"/admin/customers/customer/{customer.pk}/change/"

    client.post(address, customer_form(name="王大明", seen_version=1))
    page = client.post(address, customer_form(name="王中明", seen_version=1))

    assert "Somebody changed this customer while you were writing." in page.content.decode()
    customer.refresh_from_db()
    assert (customer.name, customer.version) == ("王大明", 2)


@pytest.mark.parametrize(
    "table", ["oms/user", "oms/channel", "oms/apitoken", "auth/group", "customers/customer"]
)
def test_every_list_opens_in_few_queries(
    client, place, table, django_assert_max_num_queries
) -> None:
    place()

    with django_assert_max_num_queries(9):
        assert client.get(f"/admin/{table}/").status_code == 200


def test_the_administration_is_named_in_both_languages(client) -> None:
    client.cookies["django_language"] = "zh-hans"

    assert "设置" in client.get("/admin/").content.decode()
