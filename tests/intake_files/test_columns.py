"""Columns: found in any order and spelling; missing, doubled and unknown ones explained."""

import pytest

from oms.tables.columns import Layout, detect, match
from oms.tables.table import UnreadableFile
from orders.intake.files.presets import PRESETS

OWN = PRESETS["oms"].layout
HEADINGS = ["order_no", "sku", "quantity", "unit_price"]


def refused(layout, header) -> str:
    with pytest.raises(UnreadableFile) as caught:
        match(layout, header)
    return caught.value.message


def test_order_case_width_and_wrapping_of_headings_do_not_matter() -> None:
    columns = match(OWN, ["\ufeffUNIT PRICE", "sku ", "ｏｒｄｅｒ＿ｎｏ", '="数量"'])

    words = list(OWN.columns)
    assert [columns.places[words.index(word)] for word in HEADINGS] == [2, 1, 3, 0]
    assert columns.headings["quantity"] == "数量"
    assert columns.places[words.index("note")] == 4


def test_a_missing_column_is_named_with_what_may_be_meant() -> None:
    words = refused(OWN, ["order_no", "sku", "quantitty", "unit_price"])

    assert words == (
        "The column “quantity” is missing (preset oms). The file has: order_no, sku, quantitty, unit_price. "
        "Is “quantitty” meant? Correct the heading."
    )


def test_a_doubled_column_is_named_with_its_places() -> None:
    words = refused(OWN, [*HEADINGS, "Quantity"])

    assert words == "The column “quantity” stands 2 times (columns 3, 5). Keep one."


def test_our_template_refuses_columns_it_does_not_know() -> None:
    assert "“shiping_fee” is not one of ours. Is “shipping_fee” meant?" in refused(
        OWN, [*HEADINGS, "shiping_fee"]
    )
    assert match(OWN, [*HEADINGS, "rejected_because"]).unused == ()


def test_an_export_may_have_columns_that_are_not_used() -> None:
    header = ["订单号", "商品数量(件)", "商品总价(元)", "快递公司", ""]

    assert match(PRESETS["pinduoduo"].layout, header).unused == ("快递公司",)


def test_a_header_that_fits_nothing_or_several_things_is_explained() -> None:
    layouts = [preset.layout for preset in PRESETS.values()]

    with pytest.raises(UnreadableFile, match="The columns fit no known export: a, b"):
        detect(layouts, ["a", "b"])
    twins = [Layout(name, {"no": ("no",)}, ("no",)) for name in ("one", "two")]
    with pytest.raises(UnreadableFile, match=r"fit several presets \(one, two\)"):
        detect(twins, ["no"])
