import pytest

from inventory.models import Product, Sku
from tests.api.conftest import problem
from tests.fixtures.company import create_sku
from tests.fixtures.flow import receive

TEA = {
    "code": "tea-100", "name": "龙井茶 100 g", "unit": "bag", "weight_grams": 120,
    "price": "39.9000", "barcodes": ["6901234567892"],
}  # fmt: skip


def test_a_sku_is_created_with_a_product_of_its_own(manager_api):
    response = manager_api.post("/skus", TEA)
    product = Product.objects.latest("pk")

    assert response.status_code == 201
    assert response.json() == {
        "id": Sku.objects.latest("pk").pk,
        "code": "TEA-100",
        "name": "龙井茶 100 g",
        "product": product.pk,
        "kind": "goods",
        "tracking": "none",
        "unit": "bag",
        "weight_grams": 120,
        "price": "39.9000",
        "currency": "CNY",
        "is_active": True,
        "barcodes": ["6901234567892"],
    }
    assert manager_api.get("/skus/tea-100").json() == response.json()


def test_a_sku_can_join_a_product(manager_api):
    product = manager_api.post("/products", {"name": "茶", "category": "food"}).json()
    manager_api.post("/skus", TEA | {"product": product["id"]})

    assert manager_api.get(f"/products/{product['id']}").json() == {
        "id": product["id"],
        "name": "茶",
        "category": "food",
        "is_active": True,
        "skus": ["TEA-100"],
    }


def test_only_what_is_sent_changes(manager_api, cup):
    response = manager_api.patch("/skus/CUP-1", {"price": 12.5, "is_active": False})

    cup.refresh_from_db()
    assert response.json()["price"] == "12.5"
    assert (str(cup.price), cup.is_active, cup.name) == ("12.5000", False, "Thing CUP-1")


def test_a_product_changes(manager_api, cup):
    response = manager_api.patch(f"/products/{cup.product_id}", {"name": "杯子"})

    assert response.json()["name"] == "杯子"


def test_the_code_of_a_sku_with_stock_stays(manager_api, cup, warehouse):
    receive(cup, warehouse, 1)
    response = manager_api.patch("/skus/CUP-1", {"code": "MUG"})

    assert problem(response) == (409, "sku_in_use", [])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?code=cup-1", ["CUP-1"]),
        ("?q=TEA", ["TEA/2", "TEA/1"]),
        ("?q=tea&is_active=false", ["TEA/2"]),
        ("?is_active=true", ["TEA/1", "CUP-1"]),
    ],
)
def test_filters(manager_api, query, found):
    manager_api.post("/skus", {"code": "TEA/1", "name": "tea"})
    manager_api.post("/skus", {"code": "TEA/2", "name": "tea", "is_active": False})

    assert [one["code"] for one in manager_api.get(f"/skus{query}").json()["results"]] == found


def test_a_code_may_hold_a_slash(manager_api):
    create_sku("TEA/1")

    assert manager_api.get("/skus/TEA/1").json()["code"] == "TEA/1"
    assert manager_api.get("/skus/TEA%2F1").json()["code"] == "TEA/1"


@pytest.mark.parametrize("path", ["/skus", "/products"])
def test_pages_show_everything_once(manager_api, path):
    for index in range(4):
        create_sku(f"S{index}")
    first = manager_api.get(f"{path}?limit=3").json()
    second = manager_api.get(f"{path}?limit=3&cursor={first['next_cursor']}").json()
    ids = [one["id"] for one in first["results"] + second["results"]]

    assert (len(set(ids)), ids, second["next_cursor"]) == (5, sorted(ids, reverse=True), None)


@pytest.mark.parametrize("code", ["NO-SUCH", "%00", "a" * 500])
def test_a_sku_that_is_not_there(manager_api, code):
    assert problem(manager_api.get(f"/skus/{code}")) == (404, "not_found", [])
    assert problem(manager_api.patch(f"/skus/{code}", {"name": "x"})) == (404, "not_found", [])


@pytest.mark.parametrize("product_id", ["0", "9" * 30, "%EF%BC%91"])
def test_a_product_that_is_not_there(manager_api, product_id):
    assert problem(manager_api.get(f"/products/{product_id}")) == (404, "not_found", [])


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"code": ""}, "code", "empty"),
        ({"code": "CUP-1"}, "code", "duplicate"),
        ({"code": "cup-1"}, "code", "duplicate"),
        ({"code": "a\x00"}, "code", "control_character"),
        ({"name": "x" * 201}, "name", "too_long"),
        ({"price": "-1"}, "price", "out_of_range"),
        ({"price": "NaN"}, "price", "not_an_amount"),
        ({"price": "0.00001"}, "price", "too_precise"),
        ({"weight_grams": -1}, "weight_grams", "out_of_range"),
        ({"weight_grams": 2**63}, "weight_grams", "out_of_range"),
        ({"weight_grams": "120"}, "weight_grams", "not_whole_number"),
        ({"kind": "gift"}, "kind", "unknown"),
        ({"currency": "XXX"}, "currency", "unknown"),
        ({"product": 0}, "product", "unknown"),
        ({"product": 10**30}, "product", "unknown"),
        ({"search_grams": []}, "search_grams", "unknown_field"),
        ({"id": 1}, "id", "unknown_field"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_written(manager_api, changes, field, code):
    created = manager_api.post("/skus", TEA | changes)

    assert problem(created) == (400, "invalid_input", [(field, code)])
    assert (Sku.objects.count(), Product.objects.count()) == (1, 1)


def test_null_is_no_change(manager_api):
    response = manager_api.patch("/skus/CUP-1", {"name": None})

    assert problem(response) == (400, "invalid_input", [("name", "not_text")])


def test_a_clerk_reads_skus_but_keeps_none(shop):
    assert shop.get("/skus/CUP-1").status_code == 200
    assert problem(shop.post("/skus", TEA))[1] == "permission_missing"
    assert problem(shop.patch("/skus/CUP-1", {"price": 1}))[1] == "permission_missing"
