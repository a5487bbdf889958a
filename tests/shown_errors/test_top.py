"""The ten most frequent error texts, on the first page of the administration."""

from datetime import timedelta

import pytest
from django.utils import timezone

from oms.models import ShownError
from oms.shown_errors.top import most_frequent

pytestmark = pytest.mark.django_db


def shown(field, count, *, days_ago=0, words="Fill this in."):
    now = timezone.now()
    ShownError.objects.create(
        day=timezone.localdate() - timedelta(days=days_ago),
        screen="orders:new",
        field=field,
        words=words,
        count=count,
        last_shown_at=now,
    )


def test_the_most_frequent_come_first_and_there_are_ten():
    for number in range(1, 13):
        shown(f"f{number}", number)

    assert [(one.field, one.count) for one in most_frequent()] == [
        (f"f{number}", number) for number in range(12, 2, -1)
    ]


def test_days_are_added_up_and_those_before_the_last_thirty_do_not_count():
    shown("a", 2)
    shown("a", 3, days_ago=29)
    shown("b", 4)
    shown("a", 100, days_ago=30)

    assert [(one.field, one.count) for one in most_frequent()] == [("a", 5), ("b", 4)]


@pytest.mark.parametrize("role", ["admin", "auditor"])
def test_the_administration_shows_them(client, make_user, role):
    shown("phone", 7)
    client.force_login(make_user(role))

    page = client.get("/admin/").content.decode()

    assert "Error texts shown most often in 30 days" in page
    assert "<td>Fill this in.</td><td>phone</td><td>orders:new</td>" in page


def test_in_chinese_the_texts_are_chinese(client, make_user):
    shown("phone", 7)
    client.force_login(make_user("admin"))
    client.cookies["django_language"] = "zh-hans"

    page = client.get("/admin/").content.decode()

    assert "近30天显示最多的错误提示" in page
    assert "Fill this in." not in page


def test_staff_without_the_right_see_no_list_of_them(client, make_user):
    shown("phone", 7)
    clerk = make_user("clerk")
    clerk.is_staff = True
    clerk.save()
    client.force_login(clerk)

    assert "frequent-errors" not in client.get("/admin/").content.decode()
    assert client.get("/admin/oms/shownerror/").status_code == 403


def test_the_whole_list_is_to_read_only(client, make_user):
    shown("phone", 7)
    client.force_login(make_user("admin"))

    page = client.get("/admin/oms/shownerror/").content.decode()

    assert "Fill this in." in page
    assert client.get("/admin/oms/shownerror/add/").status_code == 403
