from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from oms.checks import register_checks


class OmsConfig(AppConfig):
    name = "oms"
    verbose_name = _("System")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_checks()
