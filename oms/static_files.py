"""How static files are published: under names that change with their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class PublishedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Our scripts name each other by those names, too: under two names a module would run twice on one page."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", ((r"""(?P<matched>from "(?P<url>\./[\w-]+\.js)")""", 'from "%(url)s"'),)),
    )
