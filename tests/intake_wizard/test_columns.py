"""Columns of files that no preset knows: guessed, shown with their values, settled, remembered."""

import pytest

from orders.intake.files.presets.own import COLUMNS
from orders.intake.wizard.columns import WORDS
from orders.intake.wizard.guess import guess
from orders.models import ColumnMemory, Order
from tests.intake_wizard.conftest import GOOD, HEADER, OTHER, OTHER_ROW, Wizard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]

CHOICE = {
    "order_no": 0, "ship_name": 1, "ship_phone": 2, "address": 3, "sku": 4, "quantity": 5,
    "unit_price": 6,
}  # fmt: skip


def placed(header, rows=(), skus=()):
    return {word: (one.place, one.sureness) for word, one in guess(header, rows, skus).items()}


def test_headings_in_both_languages_are_known() -> None:
    assert placed(OTHER.split("\t")) == {word: (place, "sure") for word, place in CHOICE.items()}
    assert placed(["Order ID", "Qty", "Item Code", "Price"]) == {
        "order_no": (0, "sure"), "quantity": (1, "sure"), "sku": (2, "sure"), "unit_price": (3, "sure"),
    }  # fmt: skip


def test_headings_that_are_alike_are_probable() -> None:
    assert placed(["客户订单号码", "Quantitty"]) == {
        "order_no": (0, "likely"),
        "quantity": (1, "likely"),
    }


def test_values_are_a_hint_where_headings_say_nothing() -> None:
    rows = [["CUP-1", "13800138000", "2026-11-22", "10.00", "3"]]

    assert placed(["a1", "b1", "c1", "d1", "e1"], rows, {"CUP-1"}) == {
        "sku": (0, "perhaps"), "ship_phone": (1, "perhaps"), "placed_at": (2, "perhaps"),
        "unit_price": (3, "perhaps"), "quantity": (4, "perhaps"),
    }  # fmt: skip


def test_a_known_kind_of_file_skips_the_step(wizard) -> None:
    wizard.paste(HEADER, GOOD)

    assert wizard.get("").context["road"].next_url == wizard.at("check/")


def test_an_unknown_one_asks_with_guesses_and_values(wizard) -> None:
    wizard.paste(OTHER, OTHER_ROW)

    assert wizard.get("").context["road"].next_url == wizard.at("columns/")
    matches = {one.word: one for one in wizard.get("columns/").context["matches"]}
    assert (matches["sku"].place, matches["sku"].sureness, matches["sku"].samples) == (
        4,
        "sure",
        ["CUP-1"],
    )
    assert matches["sku"].is_required
    assert matches["note"].place is None
    assert wizard.get("check/")["Location"] == wizard.at("columns/")


def test_matched_columns_are_checked_and_imported(wizard) -> None:
    wizard.paste(OTHER, OTHER_ROW)
    assert wizard.post("columns/", **CHOICE)["Location"] == wizard.at("check/")

    wizard.take_in()

    order = Order.objects.get()
    assert (order.external_no, order.ship_city, order.channel.code) == ("B-1", "杭州市", "file")


def test_the_match_is_remembered_for_the_same_headings_in_any_order(wizard) -> None:
    wizard.paste(OTHER, OTHER_ROW)
    wizard.post("columns/", **CHOICE)
    turned = [
        "\t".join(reversed(row.split("\t"))) for row in (OTHER, OTHER_ROW.replace("B-1", "B-2"))
    ]

    wizard.paste(*turned)

    assert wizard.states() == ["good"]
    assert wizard.draft.mapping == {word: 6 - place for word, place in CHOICE.items()}


def test_what_is_required_and_missing_is_told_at_its_column(wizard) -> None:
    wizard.paste(OTHER, OTHER_ROW)

    page = wizard.post("columns/", **(CHOICE | {"sku": "", "quantity": 6}))

    assert page.status_code == 422
    errors = {one.word: one.error for one in page.context["matches"] if one.error}
    assert errors == {
        "sku": "Choose the column in which “SKU” stands.",
        "unit_price": "“售价” is chosen for “Quantity” too. Choose another column.",
    }
    assert not ColumnMemory.objects.exists()


def test_columns_of_our_own_and_unknown_ones_are_matched_too(wizard) -> None:
    wizard.paste(f"{HEADER}\tcolour", f"{GOOD}\tred")

    matches = {one.word: one for one in wizard.get("columns/").context["matches"]}

    assert (matches["order_no"].sureness, matches["note"].place) == ("sure", None)


def test_columns_can_be_matched_anew(wizard) -> None:
    wizard.paste(OTHER, OTHER_ROW)
    wizard.post("columns/", **CHOICE)

    wizard.post("columns/", **(CHOICE | {"note": 1, "ship_name": ""}))

    assert wizard.states() == ["good"]
    wizard.take_in()
    assert Order.objects.get().note == "王芳"


def test_a_match_of_somebody_who_did_not_see_the_last_one_is_refused(
    wizard, signed_in, manager
) -> None:
    wizard.paste(OTHER, OTHER_ROW)
    Wizard(signed_in(manager)).post("columns/", **CHOICE)

    page = wizard.client.post(
        wizard.at("columns/"), {"version": 1, **CHOICE, "note": 1, "ship_name": ""}
    )

    assert page.status_code == 409
    assert "note" not in wizard.draft.mapping


def test_every_column_of_ours_can_be_chosen() -> None:
    assert set(WORDS) == set(COLUMNS)
