from django.db import models
from django.utils.translation import gettext_lazy as _


class ShownError(models.Model):
    """How often one error text was shown on one screen on one day. Knows our words, never what was typed."""

    day = models.DateField(_("day"))
    screen = models.CharField(_("screen"), max_length=80, help_text=_("Name of the address"))
    field = models.CharField(_("field"), max_length=80, blank=True)
    code = models.CharField(_("code"), max_length=80, blank=True)
    words = models.TextField(_("error text"), blank=True)
    count = models.PositiveIntegerField(_("how often"))
    last_shown_at = models.DateTimeField(_("last shown"))

    class Meta:
        verbose_name = _("error text shown")
        verbose_name_plural = _("error texts shown")
        constraints = [
            # Many errors have no code of their own: their words tell them apart.
            models.UniqueConstraint(
                fields=["day", "screen", "field", "code", "words"], name="shown_error_once_per_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.screen} {self.field}"
