"""What rules said in columns and rows becomes their first kept version."""

from typing import Any

from django.db import migrations

# Fields that are chosen from a list now, and lists of words: "is" became "is one of".
_CHOSEN = {"channel", "customer_level", "sku"}
_WORDS = {"eq": "in", "ne": "not_in"}


def _condition(row: Any) -> dict[str, str]:
    operator, value = row.operator, row.value
    if row.field in _CHOSEN:
        operator = _WORDS.get(operator, operator)
    if row.field in ("channel", "customer_level"):
        value = value.lower()
        # A word within a code or a level was never sensible; it stays visible as a rule that cannot be read.
    return {"field": row.field, "operator": operator, "value": value}


def keep_as_versions(apps: Any, schema_editor: Any) -> None:
    rules = apps.get_model("orders", "ReviewRule")
    versions = apps.get_model("orders", "RuleVersion")
    changes = apps.get_model("orders", "RuleChange")
    for place, rule in enumerate(rules.objects.order_by("pk"), start=1):
        conditions = [_condition(row) for row in rule.conditions.order_by("pk")]
        kept = {
            "name": rule.name,
            "outcome": rule.outcome,
            "reason": rule.reason,
            "groups": [{"conditions": conditions, "needs": "all"}] if conditions else [],
            "needs": "all",
            "channels": [],
            "valid_from": "",
            "valid_until": "",
            "marks": {
                "tags": [],
                "owner": None,
                "notify": [],
                "priority": None,
                "ship_complete": None,
            },
        }
        version = versions.objects.create(rule=rule, number=rule.version, kept=kept)
        rule.position = place * 10
        rule.live = version
        rule.mode = "on" if rule.is_active and conditions else "off"
        rule.save()
        changes.objects.create(kind="saved", rule=rule, version=version, note="")


class Migration(migrations.Migration):
    dependencies = [("orders", "0019_rules")]

    operations = [migrations.RunPython(keep_as_versions, migrations.RunPython.noop)]
