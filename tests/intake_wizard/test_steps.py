"""The way of a file: handed in, checked, corrected, taken in. It can be left at every step."""

import pytest

from orders.models import ImportBatch, ImportDraft, Order
from tests.intake_wizard.conftest import BAD, GOOD, HEADER, Wizard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


def test_pasted_rows_are_kept_and_checked_before_anything_is_imported(wizard, clerk) -> None:
    page = wizard.paste(HEADER, GOOD, BAD)

    assert page["Location"] == wizard.at()
    assert wizard.states() == ["good", "bad"]
    assert (wizard.draft.user, wizard.draft.written_in, wizard.draft.preset) == (
        clerk,
        "UTF-8",
        "oms",
    )
    assert not Order.objects.exists()


def test_the_first_rows_show_as_they_were_read(wizard) -> None:
    text = "\n".join([HEADER.replace("\t", ","), GOOD.replace("\t", ",")])
    wizard.send(text.encode("gb18030"))

    page = wizard.get("").content.decode()

    assert "read as GB18030" in page
    assert "文三路1号" in page
    assert "1 can be imported · 0 with problems · 0 already here" in page


def test_a_problem_is_told_with_row_column_value_and_remedy(wizard) -> None:
    wizard.paste(HEADER, GOOD, BAD)

    page = wizard.get("check/")

    (trouble,) = page.context["troubles"]
    assert (trouble.row_no, trouble.heading, trouble.value) == (3, "quantity", "many")
    assert (
        trouble.words
        == "“many” is not a number. Write it with digits and a decimal point, as 1234.50."
    )
    assert trouble.main.name == "cell-3-5"


def test_a_cell_is_set_right_and_everything_goes_in(wizard) -> None:
    wizard.paste(HEADER, GOOD, BAD)
    wizard.correct(cell_3_5="3")
    assert wizard.states() == ["good", "good"]

    page = wizard.take_in()

    batch = ImportBatch.objects.get()
    assert page["Location"] == wizard.at("progress/")
    assert wizard.get("progress/")["Location"] == f"/import/{batch.pk}/"
    assert wizard.states() == ["taken_in", "taken_in"]
    assert dict(Order.objects.values_list("external_no", "total_amount")) == {"A-1": 20, "A-2": 30}


def test_the_row_as_it_came_stays_beside_the_corrected_one(wizard) -> None:
    wizard.paste(HEADER, GOOD, BAD)
    wizard.correct(cell_3_5="3")

    row = wizard.draft.rows.get(row_no=3)

    assert '"many"' in row.raw
    assert '"3"' in row.corrected


def test_good_rows_go_in_though_others_fail_and_the_rest_can_follow(wizard) -> None:
    wizard.paste(HEADER, GOOD, BAD)
    wizard.take_in()
    batch = ImportBatch.objects.get()
    assert Order.objects.get().external_no == "A-1"
    assert (
        f"/import/draft/{wizard.draft.pk}/check/"
        in wizard.client.get(f"/import/{batch.pk}/").content.decode()
    )

    wizard.post("go-on/")
    assert wizard.states() == ["taken_in", "bad"]
    wizard.correct(go="import", cell_3_5="3")

    assert ImportBatch.objects.get().account["documents"]["orders"] == 2
    assert Order.objects.count() == 2


def test_typed_cells_are_saved_before_the_import_begins(wizard) -> None:
    wizard.paste(HEADER, GOOD, BAD)

    wizard.correct(go="import", cell_3_5="3")

    assert Order.objects.count() == 2


def test_sending_import_twice_starts_it_once(wizard) -> None:
    wizard.paste(HEADER, GOOD)
    version = wizard.draft.version
    for _time in range(2):
        wizard.client.post(wizard.at("correct/"), {"version": version, "go": "import"})

    assert (ImportBatch.objects.count(), Order.objects.count()) == (1, 1)


def test_the_same_rows_again_lead_to_where_they_were_left(wizard) -> None:
    wizard.paste(HEADER, GOOD, BAD)

    again = wizard.paste(HEADER, GOOD, BAD)

    assert ImportDraft.objects.count() == 1
    assert again["Location"] == wizard.at("check/")


def test_rows_that_were_imported_lead_to_their_import(wizard) -> None:
    wizard.paste(HEADER, GOOD)
    wizard.take_in()

    again = wizard.paste(HEADER, GOOD)

    assert again["Location"] == f"/import/{ImportBatch.objects.get().pk}/"
    assert Order.objects.count() == 1


def test_what_was_left_is_listed_for_everybody_who_imports(wizard, signed_in, manager) -> None:
    wizard.paste(HEADER, GOOD)

    page = signed_in(manager).get("/import/").content.decode()

    assert wizard.at() in page
    assert Wizard(signed_in(manager)).get("check/").status_code == 200


def test_a_draft_can_be_thrown_away_until_something_was_imported(wizard) -> None:
    wizard.paste(HEADER, GOOD)
    wizard.post("drop/")
    assert not ImportDraft.objects.exists()

    wizard.paste(HEADER, GOOD)
    wizard.take_in()
    wizard.post("drop/")

    assert ImportDraft.objects.count() == 1


def test_one_document_number_set_right_joins_the_other_row(wizard) -> None:
    wizard.paste(HEADER, GOOD, GOOD.replace("A-1", "").replace("\t2\t", "\t1\t"))
    assert wizard.states() == ["good", "bad"]

    wizard.correct(go="import", cell_3_0="A-1")

    assert Order.objects.get().lines.count() == 2
