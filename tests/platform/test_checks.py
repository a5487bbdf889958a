import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from oms.checks import database_is_suitable, no_demo_users
from oms.models import User

DEFAULT = ["default"]


@pytest.fixture
def demo_user(db):
    return User.objects.create(username="clerk", is_demo=True)


def test_an_active_demo_user_is_an_error(demo_user):
    [error] = no_demo_users(None, databases=DEFAULT)

    assert error.id == "oms.E002"
    assert "clerk" in error.msg


def test_a_deactivated_demo_user_is_no_error(demo_user):
    User.objects.update(is_active=False)

    assert no_demo_users(None, databases=DEFAULT) == []


def test_the_check_at_web_start_names_the_demo_user(demo_user):
    with pytest.raises(SystemCheckError, match=r"Demo log-ins are active: clerk"):
        call_command("check", deploy=True, databases=DEFAULT, fail_level="ERROR")


def test_without_a_database_named_nothing_is_asked():
    assert no_demo_users(None, databases=None) == []


@pytest.mark.django_db
def test_our_own_database_is_suitable():
    assert database_is_suitable(None, databases=DEFAULT) == []
