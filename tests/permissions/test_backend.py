"""A request's user comes with everything that Django's own backend would look up for them."""

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission

from oms.backend import OneLookBackend
from oms.models import User
from oms.roles import ROLES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ROLES)
def test_it_holds_what_django_would_find(make_user, role):
    person = make_user(role)
    person.user_permissions.add(Permission.objects.get(codename="view_session"))

    user = OneLookBackend().get_user(person.pk)

    django_finds = ModelBackend().get_all_permissions(User.objects.get(pk=person.pk))
    assert user.get_all_permissions() == django_finds == ROLES[role] | {"sessions.view_session"}


def test_it_takes_one_query(clerk, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert OneLookBackend().get_user(clerk.pk).has_perm("orders.view_order")


def test_somebody_who_holds_nothing_may_nothing(make_user):
    assert OneLookBackend().get_user(make_user().pk).get_all_permissions() == set()


def test_a_superuser_may_everything():
    admin = User.objects.create_superuser("root")

    user = OneLookBackend().get_user(admin.pk)

    assert user.get_all_permissions() == ModelBackend().get_all_permissions(admin)


def test_who_left_or_never_was_is_nobody(clerk):
    User.objects.filter(pk=clerk.pk).update(is_active=False)

    assert OneLookBackend().get_user(clerk.pk) is None
    assert OneLookBackend().get_user(0) is None
