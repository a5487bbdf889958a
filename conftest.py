"""Every test run, whole or of one file, gets servers of its own before Django is set up."""

import os

import django

from oms.servers import testing

testing.enter()
os.environ["DJANGO_SETTINGS_MODULE"] = "oms.settings"
django.setup()

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
