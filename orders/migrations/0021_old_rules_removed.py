from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0020_rules_kept_as_versions")]

    operations = [
        migrations.RemoveField(
            model_name="rulecondition",
            name="rule",
        ),
        migrations.RemoveField(
            model_name="reviewrule",
            name="is_active",
        ),
        migrations.RemoveField(
            model_name="reviewrule",
            name="outcome",
        ),
        migrations.RemoveField(
            model_name="reviewrule",
            name="reason",
        ),
        migrations.RemoveField(
            model_name="reviewrule",
            name="version",
        ),
        migrations.AddConstraint(
            model_name="reviewrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("live__isnull", False), ("mode__in", ["off", "retired"]), _connector="OR"
                ),
                name="review_rule_in_force_has_a_version",
            ),
        ),
        migrations.DeleteModel(
            name="RuleCondition",
        ),
    ]
