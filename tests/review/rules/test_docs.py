"""docs/rules.md names everything that rules can ask about, as the editor calls it."""

from pathlib import Path

from orders.review.rules.fields import FIELDS

PAGE = Path(__file__).parents[3] / "docs" / "rules.md"


def test_every_field_is_described() -> None:
    page = PAGE.read_text()

    missing = [one.name for one in FIELDS.values() if f"`{one.name}`" not in page]
    misnamed = [str(one.label) for one in FIELDS.values() if f"| {one.label}" not in page]
    assert (missing, misnamed) == ([], [])
