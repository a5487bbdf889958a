from django.apps import AppConfig

from oms.checks import register_checks


class OmsConfig(AppConfig):
    name = "oms"
    verbose_name = "System"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_checks()
