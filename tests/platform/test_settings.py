"""Settings are read in processes of their own, as a server reads them."""

import os
import sys

import pytest

from tests.platform.system import run
from tests.platform.test_env import GOOD_SECRET

PRODUCTION = {
    "OMS_ENV": "production",
    "OMS_SECRET_KEY": GOOD_SECRET,
    "OMS_DATA_KEY": GOOD_SECRET,
    "OMS_ALLOWED_HOSTS": "orders.example.com",
}


def in_production(*command: str, **changes: str):
    servers = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}
    return run(sys.executable, *command, **(PRODUCTION | servers | changes))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"OMS_DEBUG": "1"}, "OMS_DEBUG is on in production"),
        ({"OMS_SECRET_KEY": ""}, "OMS_SECRET_KEY is not set"),
        ({"OMS_SECRET_KEY": "development-only-never-in-production"}, "OMS_SECRET_KEY is too short"),
        ({"OMS_ALLOWED_HOSTS": ""}, "OMS_ALLOWED_HOSTS must name the hosts"),
        ({"OMS_ALLOWED_HOSTS": "*"}, "OMS_ALLOWED_HOSTS must name the hosts"),
        ({"OMS_ALLOWED_HOSTS": "a.example.com,*"}, "OMS_ALLOWED_HOSTS must name the hosts"),
        ({"DATABASE_URL": ""}, "DATABASE_URL is not set"),
        ({"DATABASE_URL": "mysql://u@h/d"}, "DATABASE_URL must start with postgres://"),
        ({"DATABASE_URL": "postgres://u@h/"}, "DATABASE_URL names no database"),
        ({"REDIS_URL": ""}, "REDIS_URL is not set"),
        ({"OMS_TIME_ZONE": "Mars/Base"}, "OMS_TIME_ZONE='Mars/Base' is no time zone"),
        ({"OMS_WEB_PROCESSES": "many"}, "OMS_WEB_PROCESSES='many' is not a whole number"),
        ({"OMS_ENV": "prod"}, "OMS_ENV='prod' is unknown"),
    ],
)
def test_production_refuses_a_bad_setting_and_says_what_to_set(changes, message):
    done = in_production("-c", "import oms.settings, oms.gunicorn_config", **changes)

    assert done.returncode != 0
    assert message in done.stdout


def test_the_web_server_refuses_without_a_traceback():
    done = in_production("-m", "oms.launch.serve", "web", OMS_DEBUG="1")

    assert done.returncode == 1
    assert done.stdout == "error: OMS_DEBUG is on in production. Unset it or set OMS_DEBUG=0.\n"


def test_the_deploy_check_is_clean_in_production():
    done = in_production("manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert (done.returncode, done.stdout) == (
        0,
        "System check identified no issues (0 silenced).\n",
    )


def test_the_deploy_check_complains_outside_production():
    done = in_production(
        "manage.py", "check", "--deploy", "--fail-level", "WARNING", OMS_ENV="development"
    )

    assert done.returncode == 1
    assert "oms.W001" in done.stdout
