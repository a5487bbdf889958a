import pytest

from customers.models import Address, Customer
from tests.api.conftest import create_token, order_body, problem

WANG = {"name": "王小明", "phone": "13800138001", "email": "wang@example.com", "tags": ["vip"]}


def test_a_customer_entered_here_is_recognised_in_the_next_order(shop):
    response = shop.post("/customers", WANG)
    number = shop.post("/orders", order_body()).json()["number"]

    customer = Customer.objects.get()
    assert response.status_code == 201
    assert response.json() == {
        "id": customer.pk,
        "name": "王小明",
        "kind": "person",
        "phone": "13800138001",
        "email": "wang@example.com",
        "level": "normal",
        "tags": ["vip"],
        "version": 1,
        "created_at": customer.created_at.isoformat(),
        "note": "",
        "contacts": [],
        "addresses": [],
    }
    assert shop.get(f"/orders/{number}").json()["customer_id"] == customer.pk


def test_one_customer_tells_the_addresses(shop):
    pk = shop.post("/customers", WANG).json()["id"]
    Address.objects.create(customer_id=pk, name="家", city="杭州市", street="文三路 1 号")

    assert shop.get(f"/customers/{pk}").json()["addresses"] == [
        {
            "name": "家", "phone": "", "country": "CN", "province": "", "city": "杭州市",
            "district": "", "street": "文三路 1 号", "postcode": "", "is_default": False,
        }
    ]  # fmt: skip


def test_a_phone_belongs_to_one_customer(shop):
    shop.post("/customers", WANG)
    response = shop.post("/customers", WANG | {"name": "李雷"})

    assert problem(response) == (409, "conflict", [])
    assert Customer.objects.count() == 1


def test_only_what_is_sent_changes(shop):
    pk = shop.post("/customers", WANG).json()["id"]
    body = shop.patch(f"/customers/{pk}", {"version": 1, "level": "gold"}).json()

    assert (body["level"], body["phone"], body["version"]) == ("gold", "13800138001", 2)


def test_two_people_saving_one_customer_see_both_versions(shop):
    pk = shop.post("/customers", WANG).json()["id"]
    shop.patch(f"/customers/{pk}", {"version": 1, "name": "王大明"})
    response = shop.patch(f"/customers/{pk}", {"version": 1, "name": "王中明"})

    assert problem(response) == (409, "stale_version", [])
    assert response.json()["theirs"] == {"name": "王大明"}
    assert response.json()["yours"] == {"name": "王中明"}


@pytest.mark.parametrize("query", ["?q=小明", "?q=8001", "?phone=13800138001", "?phone=8001"])
def test_filters(shop, query):
    pk = shop.post("/customers", WANG).json()["id"]
    shop.post("/customers", {"name": "李雷", "phone": "13911112222"})

    assert [one["id"] for one in shop.get(f"/customers{query}").json()["results"]] == [pk]


def test_pages_show_everybody_once(shop):
    for index in range(5):
        shop.post("/customers", {"name": f"Customer {index}"})
    first = shop.get("/customers?limit=3").json()
    second = shop.get(f"/customers?limit=3&cursor={first['next_cursor']}").json()
    names = [one["name"] for one in first["results"] + second["results"]]

    assert names == [f"Customer {index}" for index in (4, 3, 2, 1, 0)]
    assert second["next_cursor"] is None


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"name": ""}, "name", "empty"),
        ({"name": "x" * 121}, "name", "too_long"),
        ({"name": "a\x00"}, "name", "control_character"),
        ({"email": "a@b\r\nBcc: c@d"}, "email", "control_character"),
        ({"email": "nobody"}, "email", "malformed"),
        ({"level": "platinum"}, "level", "unknown"),
        ({"tags": "vip"}, "tags", "not_a_list"),
        ({"tags": ["x" * 41]}, "tags", "too_long"),
        ({"search_grams": []}, "search_grams", "unknown_field"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_written(shop, changes, field, code):
    assert problem(shop.post("/customers", WANG | changes))[2] == [(field, code)]
    assert Customer.objects.count() == 0


def test_somebody_who_is_not_there(shop):
    assert problem(shop.get("/customers/0")) == (404, "not_found", [])
    assert problem(shop.patch("/customers/0", {"version": 1})) == (404, "not_found", [])


def test_the_warehouse_does_not_see_customers(packer):
    assert problem(create_token(packer).get("/customers"))[1] == "permission_missing"
