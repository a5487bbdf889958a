from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission

from inventory.models import Product, Sku, Warehouse, WarehouseStaff
from oms.models import Channel
from tests.fixtures.company import create_sku
from tests.fixtures.flow import receive

pytestmark = pytest.mark.django_db

ADD = "/admin/inventory/sku/add/"


@pytest.fixture
def client(signed_in, administrator):
    return signed_in(administrator)


@pytest.fixture
def product() -> Product:
    return Product.objects.create(name="Cups")


def sku_form(product: Product, **changes: object) -> dict[str, object]:
    none = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}
    sets = ("barcodes", "aliases", "packs", "components")
    inlines = {f"{one}-{name}": n for one in sets for name, n in none.items()}
    return {
        "code": "cup-1", "name": "保温杯", "kind": "goods", "tracking": "none", "unit": "pcs",
        "weight_grams": 300, "price": "12.5", "currency": "CNY", "is_active": "on", "product": product.pk,
    } | inlines | changes  # fmt: skip


def errors_of(page) -> dict[str, list[str]]:
    return dict(page.context["adminform"].form.errors)


def test_a_new_sku_goes_through_the_catalogue(client, product) -> None:
    barcode = {"barcodes-TOTAL_FORMS": 1, "barcodes-0-code": " 690a "}

    client.post(ADD, sku_form(product, **barcode))

    sku = Sku.objects.get(code="CUP-1")
    assert "保温" in sku.search_grams
    assert sku.barcodes.get().code == "690A"


def test_a_changed_name_is_found_at_once(client, product, cup) -> None:
    address = f"/admin/inventory/sku/{cup.pk}/change/"

    client.post(address, sku_form(product, name="茶壶"))

    assert Sku.objects.get(search_grams__contains=["茶壶"]).pk == cup.pk


def test_cost_and_lowest_price_are_kept(client, product, cup) -> None:
    address = f"/admin/inventory/sku/{cup.pk}/change/"

    client.post(address, sku_form(product, cost="4.5", price_floor="8"))

    cup.refresh_from_db()
    assert (cup.cost, cup.price_floor) == (Decimal("4.5"), Decimal(8))


def test_a_cost_is_hidden_from_who_may_not_see_money(
    signed_in, administrator, product, cup
) -> None:
    Sku.objects.update(cost=4)
    seller = Permission.objects.filter(codename__in=["view_sku", "change_sku"])
    administrator.groups.clear()
    administrator.user_permissions.set(seller)
    browser, address = signed_in(administrator), f"/admin/inventory/sku/{cup.pk}/change/"

    page = browser.get(address).text
    browser.post(address, sku_form(product, cost="1", price_floor="8"))

    cup.refresh_from_db()
    assert 'name="cost"' not in page
    assert (cup.cost, cup.price_floor) == (4, 8)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("code", "  ", "This field is required."),
        ("code", "cup-9", "SKU with this SKU already exists."),
        ("name", "x\x07", "Remove control characters and line breaks."),
        ("price", "-1", "Give a price from 0 to 10000000."),
        ("cost", "-1", "Give a price from 0 to 10000000."),
        ("price_floor", "-1", "Give a price from 0 to 10000000."),
        ("price", "0.00001", "Ensure that there are no more than 4 decimal places."),
        ("weight_grams", "200000000", "Give the weight in grams, 0 or more."),
        ("currency", "XXX", "Select a valid choice. XXX is not one of the available choices."),
    ],
)
def test_a_wrong_sku_is_refused_in_words(client, product, field, value, words) -> None:
    Sku.objects.create(product=product, code="CUP-9", name="Taken")

    page = client.post(ADD, sku_form(product, **{field: value}))

    assert words in errors_of(page)[field]
    assert Sku.objects.count() == 1


def test_only_goods_are_tracked(client, product) -> None:
    client.post(ADD, sku_form(product, tracking="serial"))
    page = client.post(ADD, sku_form(product, code="S-1", kind="service", tracking="lot"))

    assert Sku.objects.get().tracking == "serial"
    assert "Only goods are tracked" in errors_of(page)["tracking"][0]


def test_the_code_of_a_sku_in_stock_is_not_offered(client, cup, warehouse) -> None:
    receive(cup, warehouse, 1)

    page = client.get(f"/admin/inventory/sku/{cup.pk}/change/")

    assert set(page.context["adminform"].readonly_fields) == {"code", "kind", "tracking"}
    client.post(
        f"/admin/inventory/sku/{cup.pk}/change/", sku_form(cup.product, code="MUG", price=1)
    )
    cup.refresh_from_db()
    assert (cup.code, cup.price) == ("CUP-1", 1)


def test_a_channels_own_code_is_kept_in_upper_case(client, product, web: Channel) -> None:
    alias = {"aliases-TOTAL_FORMS": 1, "aliases-0-channel": web.pk, "aliases-0-code": "tb-7"}

    client.post(ADD, sku_form(product, **alias))

    assert Sku.objects.get().aliases.get().code == "TB-7"


def test_nobody_deletes_a_sku(client, cup) -> None:
    assert client.post(f"/admin/inventory/sku/{cup.pk}/delete/").status_code == 403
    assert Sku.objects.count() == 1


def test_a_person_is_limited_to_a_warehouse(client, warehouse: Warehouse, packer) -> None:
    form = {
        "code": "HZ", "name": "杭州仓", "priority": 1, "is_active": "on",
        "staff-TOTAL_FORMS": 1, "staff-INITIAL_FORMS": 0, "staff-0-user": packer.pk,
    }  # fmt: skip

    client.post(f"/admin/inventory/warehouse/{warehouse.pk}/change/", form)

    assert packer.warehouse_limits.get().warehouse == warehouse


@pytest.mark.parametrize(
    "table", ["product", "sku", "bin", "warehouse", "stockadjustment", "stock"]
)
def test_every_list_opens(client, cup, table) -> None:
    assert client.get(f"/admin/inventory/{table}/?q=c").status_code == 200


def test_codes_of_bins_and_warehouses_are_stored_in_upper_case(client, warehouse) -> None:
    limits = {f"staff-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    house = {"code": " sz ", "name": "深圳仓", "priority": 3, "is_active": "on"}

    client.post("/admin/inventory/warehouse/add/", house | limits)
    client.post("/admin/inventory/bin/add/", {"warehouse": warehouse.pk, "code": "a-1"})

    assert Warehouse.objects.filter(code="SZ").exists()
    assert warehouse.bins.get().code == "A-1"


def test_a_warehouse_that_somebody_is_limited_to_stays(client, warehouse, packer) -> None:
    WarehouseStaff.objects.create(user=packer, warehouse=warehouse)

    client.post(f"/admin/inventory/warehouse/{warehouse.pk}/delete/", {"post": "yes"})

    assert WarehouseStaff.objects.get().warehouse == warehouse


def test_a_bundle_gets_its_components_and_a_sku_its_packs(client, product, cup) -> None:
    parts = {
        "components-TOTAL_FORMS": 1,
        "components-0-component": cup.pk,
        "components-0-quantity": 4,
    }
    pack = {
        "packs-TOTAL_FORMS": 1,
        "packs-0-name": "箱",
        "packs-0-pieces": 12,
        "packs-0-barcode": "",
    }

    client.post(ADD, sku_form(product, code="set-1", kind="bundle", **parts, **pack))

    bundle = Sku.objects.get(code="SET-1")
    assert [(one.component, one.quantity) for one in bundle.components.all()] == [(cup, 4)]
    assert [(one.name, one.pieces, one.barcode) for one in bundle.packs.all()] == [("箱", 12, None)]


def test_a_bundle_without_components_and_one_of_bundles_are_refused(client, product) -> None:
    inner = create_sku("SET-0", kind="bundle")
    parts = {
        "components-TOTAL_FORMS": 1,
        "components-0-component": inner.pk,
        "components-0-quantity": 1,
    }

    for given in ({}, parts):
        page = client.post(ADD, sku_form(product, code="set-1", kind="bundle", **given))
        assert page.status_code == 200
    assert not Sku.objects.filter(code="SET-1").exists()
