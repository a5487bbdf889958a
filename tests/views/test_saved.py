"""A list under a name: its address says everything, also when it is changed, foreign, or gone."""

from typing import Any

import pytest

from oms.errors import InvalidInput, NotPossible
from oms.models import User
from orders.desk.asked import asked_text
from orders.desk.saved.models import SavedView
from orders.desk.saved.save import ViewDraft, change_view, delete_view, save_view
from orders.desk.saved.sight import Known, desk_of
from orders.review.decide import hold_orders
from tests.fixtures.company import Place


def saved(
    user: User, name: str = "Large", asked: str = "q=amount%3A%3E500", **fields: Any
) -> SavedView:
    return save_view(ViewDraft(name, asked, **fields), actor=user)


def known(user: User, view: SavedView) -> Known:
    return next(one for one in desk_of(user).views if one.pk == view.pk)


def tabs(response: Any) -> list[tuple[str, bool, str]]:
    return [(tab.label, tab.is_current, tab.mark) for tab in response.context["tabs"][9:]]


def test_a_list_is_saved_and_opened_by_its_address(clerk: User, signed_in: Any):
    browser = signed_in(clerk)
    data = {
        "name": " My  large ",
        "asked": "tab=review&q=amount:>500&after=7&x=1",
        "columns": "number,city",
    }

    response = browser.post("/orders/saved/new/", data)

    view = SavedView.objects.get()
    assert (response.status_code, response.url) == (302, f"/orders/?view={view.slug}")
    assert (view.name, view.asked) == ("My large", "tab=review&q=amount%3A%3E500")
    page = browser.get(response.url)
    assert page.context["asked"].text == "amount:>500"
    assert [column.name for column in page.context["look"].columns] == ["number", "city"]
    assert tabs(page) == [("My large", True, "")]


def test_a_shared_view_shows_each_reader_what_they_may_see(
    manager: User, packer: User, signed_in: Any
):
    view = saved(manager, is_shared=True, columns=["payment", "city"])

    page = signed_in(packer).get(f"/orders/?view={view.slug}")

    assert [column.name for column in page.context["look"].columns] == ["number", "city"]
    assert tabs(page) == [("Large", True, "")]
    assert "shared by manager" in page.content.decode()


def test_a_private_view_of_a_colleague_is_as_one_that_is_gone(
    manager: User, clerk: User, signed_in: Any, place: Place
):
    place()
    view = saved(manager)

    for slug in (view.slug, "nothing", "x" * 300, "a\x00b"):
        page = signed_in(clerk).get("/orders/", {"view": slug})
        assert page.status_code == 200
        assert "not there any more" in page.content.decode()
        assert len(page.context["rows"]) == 1
        assert tabs(page) == []


def test_an_edited_query_marks_the_view_as_changed(clerk: User, signed_in: Any):
    view = saved(clerk)
    browser = signed_in(clerk)

    same = browser.get(f"/orders/?view={view.slug}&q=amount:>500&tab=all&size=50")
    changed = browser.get(f"/orders/?view={view.slug}&q=amount:>900")
    emptied = browser.get(f"/orders/?view={view.slug}&q=")

    assert tabs(same) == [("Large", True, "")]
    assert tabs(changed) == tabs(emptied) == [("Large", True, "changed")]
    assert emptied.context["asked"].text == ""
    for word in ("Save as …", "Reset", f"/orders/saved/{view.slug}/keep/"):
        assert word in changed.content.decode()


def test_taking_the_last_chip_away_is_not_the_view_again(clerk: User, signed_in: Any):
    view = saved(clerk)

    (chip,) = signed_in(clerk).get(f"/orders/?view={view.slug}").context["chips"]

    assert chip.remove_url == f"?view={view.slug}&q="


def test_the_next_page_of_a_view_spells_out_what_it_asks(
    clerk: User, place: Place, signed_in: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("orders.desk.asked.SIZES", (1,))
    orders = [place(), place(), place()]
    hold_orders([one.pk for one in orders[1:]], actor=clerk, reason="?")
    view = saved(clerk, asked="tab=hold")
    browser = signed_in(clerk)

    first = browser.get(f"/orders/?view={view.slug}")
    second = browser.get(f"/orders/{first.context['pager'].next_url}")

    assert [row.pk for row in first.context["rows"]] == [orders[2].pk]
    assert [row.pk for row in second.context["rows"]] == [orders[1].pk]
    assert tabs(second) == [("Large", True, "")]


def test_saving_again_keeps_the_new_query(clerk: User, signed_in: Any):
    view = saved(clerk)

    signed_in(clerk).post(f"/orders/saved/{view.slug}/keep/", {"asked": "tab=hold", "version": 1})

    view.refresh_from_db()
    assert (view.asked, view.version) == ("tab=hold", 2)


@pytest.mark.parametrize("version", ["", "x", "9" * 5000])
def test_a_version_that_is_none_is_an_old_one(clerk: User, signed_in: Any, version: str):
    view = saved(clerk)

    sent = {"asked": "tab=hold", "version": version}
    answer = signed_in(clerk).post(f"/orders/saved/{view.slug}/keep/", sent)

    assert answer.url == f"/orders/?view={view.slug}&tab=hold"
    assert known(clerk, view).version == 1


def test_what_changed_meanwhile_is_not_overwritten(manager: User, signed_in: Any):
    view = saved(manager)
    change_view(known(manager, view), version=1, actor=manager, name="Other")
    browser = signed_in(manager)

    form = browser.post(f"/orders/saved/{view.slug}/", {"name": "Mine", "version": 1})
    kept = browser.post(f"/orders/saved/{view.slug}/keep/", {"asked": "tab=hold", "version": 1})

    assert form.status_code == 409
    assert 'value="Mine"' in form.content.decode()
    assert kept.url == f"/orders/?view={view.slug}&tab=hold"
    view.refresh_from_db()
    assert (view.name, view.asked) == ("Other", "q=amount%3A%3E500")


def test_only_owner_and_who_may_share_change_a_shared_view(
    manager: User, administrator: User, clerk: User
):
    view = saved(manager, is_shared=True)

    with pytest.raises(NotPossible, match="Only manager"):
        change_view(known(clerk, view), version=1, actor=clerk, name="x")
    with pytest.raises(NotPossible, match="Only manager"):
        delete_view(known(clerk, view), actor=clerk)
    change_view(known(administrator, view), version=1, actor=administrator, name="Ours")

    view.refresh_from_db()
    assert (view.name, view.version) == ("Ours", 2)


def test_a_clerk_may_not_share(clerk: User, signed_in: Any):
    view = saved(clerk)
    browser = signed_in(clerk)

    browser.post(f"/orders/saved/{view.slug}/", {"name": "Mine", "is_shared": "on", "version": 1})
    with pytest.raises(NotPossible, match="sharing"):
        saved(clerk, "Two", is_shared=True)

    assert list(SavedView.objects.values_list("name", "is_shared")) == [("Mine", False)]


def test_others_are_told_whose_it_is_and_cannot_delete_it(
    manager: User, clerk: User, signed_in: Any
):
    view = saved(manager, is_shared=True)
    browser = signed_in(clerk)

    assert "belongs to manager" in browser.get(f"/orders/saved/{view.slug}/").content.decode()
    browser.post(f"/orders/saved/{view.slug}/delete/")
    assert (
        browser.post(f"/orders/saved/{view.slug}/", {"name": "x", "version": 1}).status_code == 409
    )

    assert SavedView.objects.get().name == "Large"


def test_a_deleted_view_is_gone_for_everybody(manager: User, administrator: User, signed_in: Any):
    view = saved(manager, is_shared=True)

    response = signed_in(administrator).post(f"/orders/saved/{view.slug}/delete/")

    assert response.url == "/orders/saved/"
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("name", "asked", "words"),
    [
        ("  ", "", "Write a name"),
        ("x" * 41, "", "Shorten the name to 40"),
        ("ＬＡＲＧＥ", "", "view of this name already"),
        ("ok", "q=" + "x" * 1001, "too long to be kept"),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_field(
    clerk: User, signed_in: Any, name: str, asked: str, words: str
):
    saved(clerk)

    response = signed_in(clerk).post("/orders/saved/new/", {"name": name, "asked": asked})

    assert response.status_code == 422
    assert words in response.content.decode()
    assert SavedView.objects.count() == 1


def test_two_people_may_use_one_name(clerk: User, manager: User):
    assert saved(clerk).slug != saved(manager).slug
    with pytest.raises(InvalidInput):
        saved(clerk, "large")


def test_nobody_has_endless_views(clerk: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("orders.desk.saved.save.MOST_OF_ONE", 1)
    saved(clerk)

    with pytest.raises(NotPossible, match="You have 1 views"):
        saved(clerk, "Two")


def test_six_views_are_tabs_and_the_open_one_always(clerk: User, signed_in: Any):
    views = [saved(clerk, f"View {number}") for number in range(8)]
    browser = signed_in(clerk)

    first = browser.get("/orders/").context
    last = browser.get(f"/orders/?view={views[7].slug}").context

    assert [tab.label for tab in first["more_tabs"]] == ["View 6", "View 7"]
    assert [tab.label for tab in last["tabs"][9:]] == [f"View {n}" for n in (0, 1, 2, 3, 4, 7)]
    assert [tab.label for tab in last["more_tabs"]] == ["View 5", "View 6"]


def test_a_fixed_tab_leaves_the_view(clerk: User, signed_in: Any):
    view = saved(clerk)

    fixed = signed_in(clerk).get(f"/orders/?view={view.slug}").context["tabs"][:9]

    assert [tab.url for tab in fixed[:2]] == [".", "?tab=review"]
    assert not any(tab.is_current for tab in fixed)


def test_the_same_list_is_the_same_text():
    assert asked_text({"q": " a ", "tab": "all", "size": "50", "after": "3"}) == "q=a"


def test_all_views_are_listed_with_whose_they_are(clerk: User, manager: User, signed_in: Any):
    saved(clerk, "Mine")
    saved(manager, "Ours", is_shared=True)
    saved(manager, "Secret")

    rows = signed_in(clerk).get("/orders/saved/").context["rows"]

    assert [(row["view"].name, row["hint"], row["may_change"]) for row in rows] == [
        ("Mine", "", True),
        ("Ours", "shared by manager", False),
    ]


def test_columns_are_saved_for_the_open_view(clerk: User, signed_in: Any):
    view = saved(clerk)
    data = {"column": ["city"], "density": "touch", "view": view.slug, "for_view": "1"}

    signed_in(clerk).post("/orders/columns/", data)

    view.refresh_from_db()
    assert (view.columns, view.density) == (["number", "city"], "touch")
    assert desk_of(clerk).columns == []
