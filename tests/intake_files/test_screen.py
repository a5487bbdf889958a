"""The import page: upload, account, rejected rows, template."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from orders.models import ImportBatch, ImportDraft, Order
from tests.intake_files.conftest import HEADER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]

GOOD = "1,22666,<b>BOX,5,2010-12-01 09:00:00,2.95,12345.0,EIRE"
BAD = "2,22666,BOX,<b>,2010-12-01 09:00:00,2.95,12345.0,EIRE"


@pytest.fixture
def browser(signed_in, clerk):
    return signed_in(clerk)


def upload(browser, text: str | bytes, *, name: str = "orders.csv", **fields: str):
    """Hand the file in and, when it was kept, import it at once."""
    content = text if isinstance(text, bytes) else text.encode()
    page = browser.post("/import/upload/", {"file": SimpleUploadedFile(name, content)} | fields)
    if page.status_code != 302 or not page["Location"].startswith("/import/draft/"):
        return page
    draft = ImportDraft.objects.order_by("-pk")[0]
    go = {"go": "import", "version": draft.version}
    return browser.post(f"/import/draft/{draft.pk}/correct/", go, follow=True)


def test_an_upload_shows_its_account_and_its_rejected_rows(browser, clerk) -> None:
    page = upload(browser, "\n".join([HEADER, GOOD, BAD]), name="<i>x</i>.csv")

    batch = ImportBatch.objects.get()
    assert page.redirect_chain[-1] == (f"/import/{batch.pk}/", 302)
    assert (batch.actor, Order.objects.get().events.get().actor) == (clerk, clerk)
    text = page.content.decode()
    assert "14.75" in text
    assert "“&lt;b&gt;” is not a number" in text
    assert "<b>" not in text
    assert "<i>x" not in text
    file = b"".join(browser.get(f"/import/{batch.pk}/rejected.csv").streaming_content).decode(
        "utf-8-sig"
    )
    assert file.splitlines()[1].startswith(BAD)
    assert f"/import/{batch.pk}/" in browser.get("/import/").content.decode()


def test_the_same_upload_twice_is_one_import(browser) -> None:
    for _time in range(2):
        upload(browser, "\n".join([HEADER, GOOD]))

    assert (ImportBatch.objects.count(), Order.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty. Choose another one"),
        (b"%PDF-1.4", "The file is a PDF"),
        (b"MZ" + bytes(50), "The file is a program"),
    ],
)
def test_a_file_that_cannot_be_taken_in_is_told_at_its_field(browser, content, words) -> None:
    page = upload(browser, content)

    assert page.status_code == 422
    assert words in page.context["form"].errors["file"][0]
    assert not ImportBatch.objects.exists()


def test_nothing_chosen_is_told(browser) -> None:
    page = browser.post("/import/upload/")

    assert (page.status_code, page.context["form"].errors["file"]) == (
        422,
        ["Choose a file, or paste rows below"],
    )


def test_large_files_belong_to_the_command(browser, monkeypatch) -> None:
    monkeypatch.setattr("orders.intake.files.forms.MOST_MEGABYTES", 0)
    page = upload(browser, "\n".join([HEADER, GOOD]))

    assert "larger than 0 MB" in page.context["form"].errors["file"][0]
    assert not ImportBatch.objects.exists()


def test_an_interrupted_import_says_how_to_go_on(browser, retail) -> None:
    batch = retail(GOOD)
    ImportBatch.objects.update(status="running", account={}, rows_done=0)

    text = browser.get(f"/import/{batch.pk}/").content.decode()

    assert "import the same file again" in text
    assert browser.get("/import/").status_code == 200


def test_the_template_speaks_the_readers_language(browser) -> None:
    english = browser.get("/import/template.csv").content.decode("utf-8-sig")
    chinese = browser.get("/import/template.csv", headers={"accept-language": "zh-hans"})

    assert english.startswith("order_no,placed_at,customer_no,")
    assert chinese.content.decode("utf-8-sig").startswith("订单号,下单时间,客户编号,")


def test_an_auditor_looks_but_does_not_import(signed_in, auditor) -> None:
    page = signed_in(auditor).get("/import/")

    assert page.status_code == 200
    assert "/import/upload/" not in page.content.decode()
    assert signed_in(auditor).post("/import/upload/").status_code == 403
