import pytest


@pytest.fixture
def specimen(settings):
    """The page with every part, at /specimen/."""
    settings.ROOT_URLCONF = "tests.shell.specimen"
    return "/specimen/?clean=1"
