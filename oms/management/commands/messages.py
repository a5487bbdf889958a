"""`manage.py messages extract|check|compile`: the texts of the product and their Chinese."""

from typing import Any

import polib
from django.core.management.base import BaseCommand, CommandError, CommandParser

from oms import translations


class Command(BaseCommand):
    help = "Collect the texts into locale/, check that the Chinese is complete, compile it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["extract", "check", "compile"])
        parser.add_argument(
            "--prune", action="store_true", help="extract: drop the texts no longer used"
        )

    def handle(self, *args: Any, act: str, prune: bool, **options: Any) -> None:
        if act == "compile":
            both = (translations.CATALOGUE, translations.SCRIPTS_CATALOGUE)
            written = [translations.compile_catalogue(one) for one in both]
            self.stdout.write("Compiled." if any(written) else "Up to date.")
            return
        catalogue = polib.pofile(str(translations.CATALOGUE), wrapwidth=100)
        if act == "extract":
            self._extract(catalogue, prune=prune)
        else:
            self._check(catalogue)

    def _extract(self, catalogue: polib.POFile, *, prune: bool) -> None:
        translations.update(catalogue, translations.all_texts(), prune=prune)
        catalogue.save()
        waiting = len(catalogue.untranslated_entries()) + len(catalogue.fuzzy_entries())
        unused = len(catalogue.obsolete_entries())
        self.stdout.write(
            f"{len(catalogue) - unused} texts, {waiting} to translate, {unused} no longer used."
        )

    def _check(self, catalogue: polib.POFile) -> None:
        wrong = translations.problems(catalogue, translations.all_texts())
        for line in wrong:
            self.stderr.write(line)
        if wrong:
            raise CommandError(f"The Chinese is not complete: {len(wrong)} problems.")
        self.stdout.write(f"Complete: {len(catalogue)} texts.")
