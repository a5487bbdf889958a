"""The administration: the admin role changes settings, the auditor looks, nobody else comes in."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import reverse

from oms.models import User
from orders.models import ReviewRule
from orders.review.rules.models import RuleChange
from tests.permissions.administration_table import ADMINISTRATION, RULES
from tests.permissions.world import LETTERS, rule_address

pytestmark = pytest.mark.django_db


def _pages(table):
    """Action → its address, for a row that exists."""
    app, model = table.split("_")
    row = apps.get_model(app, model)._default_manager.order_by("pk").first()
    at = [row.pk]
    return {
        "list": reverse(f"admin:{table}_changelist"),
        "history": reverse(f"admin:{table}_history", args=at),
        "change": reverse(f"admin:{table}_change", args=at),
        "add": reverse(f"admin:{table}_add"),
        "delete": reverse(f"admin:{table}_delete", args=at),
    }


@pytest.mark.parametrize("table", ADMINISTRATION)
def test_the_admin_role_is_offered_what_the_table_says(table, world):
    client = world.browser(world.people["A"])

    found = {act: client.get(url).status_code for act, url in _pages(table).items()}

    may = {"list", "history", "change", *ADMINISTRATION[table].split()}
    assert found == {act: 200 if act in may else 403 for act in found}


@pytest.mark.parametrize("table", ADMINISTRATION)
def test_the_auditor_looks_and_changes_nothing(table, world):
    client = world.browser(world.people["U"])
    pages = _pages(table)

    seen = {act: client.get(url).status_code for act, url in pages.items()}
    written = {act: client.post(pages[act], {}).status_code for act in ("add", "change", "delete")}

    assert seen == {"list": 200, "history": 200, "change": 200, "add": 403, "delete": 403}
    assert written == {"add": 403, "change": 403, "delete": 403}


@pytest.mark.parametrize("letter", [letter for letter in LETTERS if letter not in "AU"])
def test_nobody_else_comes_in(letter, world):
    client = world.browser(world.people[letter])
    urls = [reverse("admin:index")]
    for table in ADMINISTRATION:
        urls += _pages(table).values()

    answers = {client.get(url)["Location"].split("?")[0] for url in urls}

    assert answers == {reverse("admin:login")}


@pytest.mark.parametrize("table", [name for name, acts in ADMINISTRATION.items() if not acts])
def test_what_can_only_be_looked_at_cannot_be_posted_to(table, world):
    client = world.browser(world.people["A"])
    pages = _pages(table)

    written = {act: client.post(pages[act], {}).status_code for act in ("add", "change", "delete")}

    assert written == {"add": 403, "change": 403, "delete": 403}


def _ask_of_rules(client, name):
    """Send nothing to an address of rules, for the rule that exists where it is about one."""
    method = RULES[name][0].lower()
    return getattr(client, method)(rule_address(name)).status_code


def _rules():
    """What must be the same after something was refused."""
    return [
        list(ReviewRule.objects.values_list("pk", "mode", "position", "live")),
        RuleChange.objects.count(),
    ]


@pytest.mark.parametrize("name", RULES)
def test_the_acts_on_rules_are_those_of_the_table(name, world):
    rules = _rules()
    asked = {
        letter: _ask_of_rules(world.browser(world.people[letter]), name) for letter in "UCRWPFM"
    }

    _method, answer, may_auditor_too = RULES[name]
    assert asked.pop("U") == (200 if may_auditor_too else 403)
    assert set(asked.values()) == {302}
    assert _rules() == rules
    assert _ask_of_rules(world.browser(world.people["A"]), name) == answer
    assert world.browser(world.people["A"]).get(rule_address(name)).status_code in (200, 405)


def _save(client, user, **changes):
    """Send the form of a user as it is shown, with changes."""
    form = {
        "username": user.username, "first_name": "", "last_name": "", "email": "",
        "is_active": "on", "is_staff": "on", "language": "", "theme": "auto",
        "hotkeys_enabled": "on", "date_joined_0": "2026-01-01", "date_joined_1": "00:00:00",
        "groups": [group.pk for group in user.groups.all()],
    }  # fmt: skip
    url = reverse("admin:oms_user_change", args=[user.pk])
    return client.post(url, form | changes)


def test_an_administrator_cannot_become_a_superuser(world):
    admin = world.people["A"]

    response = _save(world.browser(admin), admin, is_superuser="on", user_permissions=[1, 2, 3])

    admin.refresh_from_db()
    assert response.status_code == 302
    assert (admin.is_superuser, admin.user_permissions.count()) == (False, 0)


def test_nobody_changes_their_own_roles(world):
    admin = world.people["A"]
    powerful = Group.objects.create(name="powerful")

    _save(world.browser(admin), admin, groups=[powerful.pk])

    assert [group.name for group in admin.groups.all()] == ["admin"]


def test_an_administrator_gives_roles_to_others(world):
    admin, clerk = world.people["A"], world.people["C"]
    reviewer = Group.objects.get(name="reviewer")

    _save(world.browser(admin), clerk, groups=[reviewer.pk])

    assert [group.name for group in clerk.groups.all()] == ["reviewer"]


def test_only_a_superuser_opens_a_superuser_for_change(world):
    root = User.objects.create_superuser("root", password="a long enough secret")
    client = world.browser(world.people["A"])
    password = reverse("admin:auth_user_password_change", args=[root.pk])

    assert _save(client, root, email="mine@example.com").status_code == 403
    assert client.get(password).status_code == 403
    assert client.post(password, {"password1": "x", "password2": "x"}).status_code == 403


def test_the_roles_of_the_house_are_not_edited_here(world):
    clerk = Group.objects.get(name="clerk")

    url = reverse("admin:auth_group_change", args=[clerk.pk])

    assert world.browser(world.people["A"]).post(url, {"name": "x"}).status_code == 403
