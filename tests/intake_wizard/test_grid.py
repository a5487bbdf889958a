"""The grid of cells to correct: the same trouble once, conflicts with old and new values, two people at once."""

import pytest

from orders.intake.wizard.check import counts_of
from orders.models import Order
from tests.fixtures.company import create_sku
from tests.intake_wizard.conftest import BAD, GOOD, HEADER, Wizard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]

UNKNOWN = [GOOD.replace("A-1", f"N-{number}").replace("CUP-1", "CPU-1") for number in range(9)]


def test_the_same_trouble_of_nine_rows_is_one_line(wizard) -> None:
    wizard.paste(HEADER, *UNKNOWN, GOOD)

    (trouble,) = wizard.get("check/").context["troubles"]

    assert (trouble.count, trouble.value, trouble.main.name) == (9, "CPU-1", "same-2-4")
    assert trouble.words == "There is no SKU CPU-1. Check the code or create it first."


def test_the_same_remedy_is_given_to_nine_rows_at_once(wizard) -> None:
    wizard.paste(HEADER, *UNKNOWN, GOOD)

    wizard.correct(same_2_4="CUP-1")

    assert counts_of(wizard.draft)["good"] == 10


def test_single_rows_may_get_another_value(wizard) -> None:
    wizard.paste(HEADER, *UNKNOWN)

    wizard.correct(same_2_4="CUP-1", cell_2_4="CPU-1", cell_3_4="NO")

    assert wizard.states() == ["good", "bad", *["good"] * 7]


def test_of_a_document_with_a_bad_row_the_others_are_no_lines_of_the_grid(wizard) -> None:
    wizard.paste(HEADER, GOOD, BAD.replace("A-2", "A-1"))

    page = wizard.get("check/")

    assert wizard.states() == ["held", "bad"]
    assert [one.row_no for one in page.context["troubles"]] == [3]


def test_what_concerns_the_order_is_corrected_where_it_stands(wizard) -> None:
    first, second = GOOD.replace("13800138000", ""), GOOD.replace("13800138000", "1" * 50)
    wizard.paste(HEADER, first, second)

    (trouble,) = wizard.get("check/").context["troubles"]

    assert (trouble.row_no, trouble.heading, trouble.value) == (3, "ship_phone", "1" * 50)


def test_a_row_that_is_too_short_shows_all_of_its_cells(wizard) -> None:
    wizard.paste(HEADER.replace("\t", ","), "A-1,王芳")

    (trouble,) = wizard.get("check/").context["troubles"]

    assert trouble.main is None
    assert [cell.value for cell in trouble.each] == ["A-1", "王芳", "", "", "", "", ""]


def test_an_order_that_is_here_with_other_content_shows_old_and_new(wizard) -> None:
    wizard.paste(HEADER, GOOD)
    wizard.take_in()
    wizard.paste(HEADER, GOOD.replace("王芳", "王方").replace("\t2\t", "\t5\t"))

    page = wizard.get("check/")

    assert wizard.states() == ["differs"]
    (conflict,) = page.context["conflicts"]
    assert conflict.number == Order.objects.get().number
    assert [(one.label, one.ours, one.theirs) for one in conflict.changes] == [
        ("Customer name", "王芳", "王方"),
        ("Recipient", "王芳", "王方"),
        ("Line 1: Quantity", "2", "5"),
    ]


def test_another_file_with_the_same_orders_places_none_twice(wizard) -> None:
    wizard.paste(HEADER, GOOD)
    wizard.take_in()

    wizard.paste(HEADER, GOOD, GOOD.replace("A-1", "A-9"))
    assert wizard.states() == ["here", "good"]
    wizard.take_in()

    assert list(Order.objects.order_by("pk").values_list("external_no", flat=True)) == [
        "A-1",
        "A-9",
    ]


def test_whoever_comes_second_keeps_what_was_typed(wizard, signed_in, manager) -> None:
    wizard.paste(HEADER, GOOD, BAD)
    seen = wizard.draft.version
    Wizard(signed_in(manager)).correct(cell_3_5="3 pieces")

    page = wizard.client.post(wizard.at("correct/"), {"version": seen, "cell-3-5": "4"})

    assert page.status_code == 409
    assert "manager changed this import" in page.content.decode()
    (trouble,) = page.context["troubles"]
    assert (trouble.main.value, trouble.main.typed) == ("3 pieces", "4")


@pytest.mark.parametrize(
    "name", ["cell-3-99", "cell-99-1", "cell-x-1", "cell-3", "same-2-5", "cell-2-0-1"]
)
def test_a_cell_that_does_not_exist_changes_nothing(wizard, name) -> None:
    wizard.paste(HEADER, GOOD, BAD)

    assert wizard.post("correct/", go="check", **{name: "7"}).status_code == 302

    assert not wizard.draft.rows.exclude(corrected="").exists()


def test_a_sku_that_exists_by_now_is_found_when_checked_again(wizard) -> None:
    wizard.paste(HEADER, *UNKNOWN)
    from_sku = wizard.draft.rows.filter(state="bad").count()
    create_sku("CPU-1")

    wizard.post("go-on/", again="1")

    assert (from_sku, counts_of(wizard.draft)["good"]) == (9, 9)


def test_the_check_page_asks_as_often_for_many_rows_as_for_few(
    wizard, django_assert_max_num_queries
) -> None:
    wizard.paste(HEADER, *UNKNOWN, *[BAD.replace("A-2", f"M-{one}") for one in range(200)])

    with django_assert_max_num_queries(14):
        wizard.get("check/")
