from decimal import Decimal

import pytest

from inventory.catalogue import SkuDraft, create_sku, create_skus, update_sku
from inventory.ledger import Posting, post
from inventory.models import Sku, Warehouse
from oms.errors import InvalidInput, NotPossible

pytestmark = pytest.mark.django_db


def codes_of(error: InvalidInput) -> list[tuple[str, str]]:
    return [(one.field, one.code) for one in error.errors]


def test_a_new_sku_is_found_by_fragments_of_its_code_and_name() -> None:
    sku = create_sku(SkuDraft(" cup-1 ", "保温杯"))

    assert sku.code == "CUP-1"
    assert Sku.objects.get(search_grams__contains=["保温", "up"]) == sku
    assert sku.product.name == "保温杯"


def test_a_renamed_sku_is_found_by_its_new_name_only() -> None:
    sku = create_sku(SkuDraft("CUP-1", "保温杯"))

    update_sku(sku.pk, name="茶壶")

    assert list(Sku.objects.filter(search_grams__contains=["茶壶"])) == [sku]
    assert not Sku.objects.filter(search_grams__contains=["保温"]).exists()


def test_many_are_written_with_their_barcodes_in_seven_queries(
    django_assert_num_queries,
) -> None:
    drafts = [SkuDraft(f"CUP-{n}", "Cup", barcodes=[f"690000{n}"]) for n in range(50)]

    with django_assert_num_queries(7):
        skus = create_skus(drafts)

    assert [sku.code for sku in skus] == [f"CUP-{n}" for n in range(50)]
    assert skus[7].barcodes.get().code == "6900007"


def test_every_error_is_told_and_nothing_written() -> None:
    create_sku(SkuDraft("TAKEN", "Taken", barcodes=["111"]))

    with pytest.raises(InvalidInput) as caught:
        create_skus(
            [
                SkuDraft("", "Nameless code"),
                SkuDraft("taken", "Again", barcodes=["111"]),
                SkuDraft("A", "x" * 201, price=Decimal("NaN"), currency="XXX"),
                SkuDraft("A", "Twice", price=Decimal("0.00001"), weight_grams=-1, kind="gas"),
                SkuDraft("A\x00B", "Nul"),
            ]
        )

    assert codes_of(caught.value) == [
        ("skus[0].code", "empty"),
        ("skus[2].name", "too_long"),
        ("skus[2].currency", "unknown"),
        ("skus[2].price", "out_of_range"),
        ("skus[3].kind", "unknown"),
        ("skus[3].weight_grams", "out_of_range"),
        ("skus[3].price", "too_precise"),
        ("skus[4].code", "unprintable"),
        ("skus[1].code", "duplicate"),
        ("skus[3].code", "duplicate"),
        ("skus[1].barcodes", "duplicate"),
    ]
    assert Sku.objects.count() == 1


def test_the_code_of_a_sku_in_stock_stays() -> None:
    sku = create_sku(SkuDraft("CUP-1", "Cup"))
    warehouse = Warehouse.objects.create(code="HZ", name="HZ")
    post([Posting(warehouse.pk, sku.pk, 5, "receipt")], actor=None)

    with pytest.raises(NotPossible):
        update_sku(sku.pk, code="MUG-1")

    assert update_sku(sku.pk, price=Decimal("9.90")).price == Decimal("9.90")


def test_a_code_of_another_sku_is_refused() -> None:
    create_sku(SkuDraft("A", "A"))
    sku = create_sku(SkuDraft("B", "B"))

    with pytest.raises(InvalidInput) as caught:
        update_sku(sku.pk, code="a")

    assert codes_of(caught.value) == [("code", "duplicate")]
