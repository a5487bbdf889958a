from oms.settings import *  # noqa: F403

ROOT_URLCONF = "tests.shell.specimen"
