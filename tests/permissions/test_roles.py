import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from oms import roles
from oms.roles import ROLES, UnknownPermission, sync_roles

WRITING = ("add", "change", "delete")


def _held(role):
    rows = Group.objects.get(name=role).permissions.values_list(
        "content_type__app_label", "codename"
    )
    return {f"{app}.{codename}" for app, codename in rows}


@pytest.fixture
def no_groups(db):
    """A database that was only migrated."""
    Group.objects.all().delete()


@pytest.mark.usefixtures("no_groups")
def test_every_group_holds_exactly_what_the_table_gives():
    call_command("sync_roles", verbosity=0)

    assert {role: _held(role) for role in ROLES} == ROLES


@pytest.mark.django_db
def test_a_right_added_by_hand_is_gone_after_the_next_sync(clerk):
    sync_roles()
    Group.objects.get(name="clerk").permissions.add(
        *Group.objects.get(name="admin").permissions.all()
    )

    sync_roles()

    assert _held("clerk") == ROLES["clerk"]


@pytest.mark.usefixtures("no_groups")
def test_groups_of_other_names_are_left_alone():
    Group.objects.create(name="interns")

    sync_roles()

    assert Group.objects.count() == 9


@pytest.mark.django_db
def test_what_is_right_already_is_not_written_again(django_assert_num_queries):
    sync_roles()

    # The transaction's two, then: permissions, groups (made unless there), groups, what they hold.
    with django_assert_num_queries(6):
        sync_roles()


@pytest.mark.django_db
def test_a_permission_that_no_model_has_is_named(monkeypatch):
    monkeypatch.setitem(roles.ROLES, "clerk", frozenset({"orders.fly"}))

    with pytest.raises(UnknownPermission, match="orders.fly"):
        sync_roles()


def test_the_auditor_can_only_look():
    assert {name.split(".")[1].split("_")[0] for name in ROLES["auditor"]} == {"view"}


LEDGERS = ("order", "orderline", "orderevent", "stock", "stockmovement", "reservation")


@pytest.mark.parametrize("table", LEDGERS)
def test_no_role_may_write_a_ledger_by_hand(table):
    written = {name for rights in ROLES.values() for name in rights if ".view_" not in name}

    assert not [n for n in written if n.endswith(tuple(f".{a}_{table}" for a in WRITING))]
