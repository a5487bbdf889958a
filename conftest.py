"""Every test run, whole or of one file, gets servers of its own before Django is set up."""

import os

import django
from hypothesis import HealthCheck, settings

from oms.servers import testing

testing.enter()
os.environ["DJANGO_SETTINGS_MODULE"] = "oms.settings"
django.setup()
# A busy machine makes neither a property nor its examples wrong.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

pytest_plugins = [
    "tests.fixtures.people",
    "tests.fixtures.company",
    "tests.fixtures.flow",
    "tests.fixtures.busy",
    "tests.fixtures.browser",
    "tests.fixtures.clean",
    "tests.fixtures.effort",
    "tests.fixtures.purchasing",
]
