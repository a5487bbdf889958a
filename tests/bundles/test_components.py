"""What a bundle can be made of."""

import pytest

from inventory.bundles import Part, set_components
from inventory.models import BundleComponent, Sku
from oms.errors import InvalidInput
from tests.fixtures.company import create_sku


@pytest.fixture
def tea_set(cup: Sku) -> Sku:
    bundle = create_sku("SET-1", kind="bundle", price=88)
    set_components(bundle.pk, [Part(create_sku("POT-1"), 1), Part(cup, 4)])
    return bundle


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("SET-1", "A bundle cannot contain itself. Choose another component."),
        ("SET-2", "SET-2 is a bundle itself. Add its components instead."),
        ("CARE-1", "CARE-1 is no goods; a bundle is made of goods."),
        ("OLD-1", "SKU OLD-1 is no longer sold. Choose another."),
    ],
)
def test_what_cannot_be_in_a_bundle(tea_set: Sku, code: str, words: str) -> None:
    create_sku("SET-2", kind="bundle")
    create_sku("CARE-1", kind="service")
    create_sku("OLD-1", is_active=False)

    with pytest.raises(InvalidInput) as refused:
        set_components(tea_set.pk, [Part(Sku.objects.get(code=code), 1)])

    assert [error.message for error in refused.value.errors] == [words]
    assert BundleComponent.objects.count() == 2


def test_a_bundle_has_each_component_once_and_at_least_one(tea_set: Sku, cup: Sku) -> None:
    for parts in ([], [Part(cup, 0)], [Part(cup, 1), Part(cup, 2)]):
        with pytest.raises(InvalidInput):
            set_components(tea_set.pk, parts)
    with pytest.raises(InvalidInput) as refused:
        set_components(cup.pk, [Part(cup, 1)])
    assert refused.value.errors[0].code == "no_bundle"
