"""The page for what a role does not include says who can change that."""

import pytest
from django.utils import timezone

pytestmark = pytest.mark.django_db

NOT_FOR_CLERKS = "/review/"


def names_on(page):
    text = page.content.decode()
    return [line.split("</li>")[0] for line in text.split("<li>")[1:]]


def test_it_names_at_most_three_administrators_the_latest_first(client, clerk, make_user):
    for number in range(4):
        admin = make_user("admin", f"admin{number}")
        admin.last_login = timezone.now() - timezone.timedelta(days=number)
        admin.save()
    client.force_login(clerk)

    page = client.get(NOT_FOR_CLERKS)

    assert page.status_code == 403
    assert names_on(page) == ["admin0", "admin1", "admin2"]


def test_it_names_nobody_who_has_left_or_cannot_grant(client, clerk, make_user):
    gone = make_user("admin", "gone")
    gone.is_active = False
    gone.save()
    make_user("manager")
    make_user("auditor")
    client.force_login(clerk)

    page = client.get(NOT_FOR_CLERKS)

    assert page.status_code == 403
    assert names_on(page) == []


def test_it_shows_the_name_a_person_goes_by(client, clerk, make_user):
    admin = make_user("admin")
    admin.first_name, admin.last_name = "Li", "<Na>"
    admin.save()
    client.force_login(clerk)

    assert names_on(client.get(NOT_FOR_CLERKS)) == ["Li &lt;Na&gt;"]
