import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Now, Reverse
from django.utils.translation import gettext_lazy as _


class Customer(models.Model):
    """A person or company that orders from us."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        COMPANY = "company", _("Company")

    class Level(models.TextChoices):
        NORMAL = "normal", _("Normal")
        SILVER = "silver", _("Silver")
        GOLD = "gold", _("Gold")
        BLOCKED = "blocked", _("Blocked")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, db_default=Kind.PERSON)
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("phone"), max_length=40, blank=True, db_default="")
    email = models.EmailField(_("email"), blank=True, db_default="")
    level = models.CharField(_("level"), max_length=8, choices=Level, db_default=Level.NORMAL)
    tags = ArrayField(
        models.CharField(max_length=40), verbose_name=_("tags"), blank=True, db_default=[]
    )
    note = models.TextField(_("note"), blank=True, db_default="")
    search_grams = ArrayField(models.CharField(max_length=2), editable=False, db_default=[])
    version = models.PositiveIntegerField(editable=False, db_default=1)
    created_at = models.DateTimeField(_("customer since"), editable=False, db_default=Now())

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        indexes = [
            GinIndex(fields=["search_grams"], name="customer_search_grams"),
            models.Index(OpClass(Reverse("phone"), "text_pattern_ops"), name="customer_phone_tail"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="customer_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class CustomerIdentity(models.Model):
    """How a channel or a telephone number tells us that it is the same customer again.

    `key` is made by `customers.identity`: a telephone number, or the number that a channel gave the customer.
    """

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="identities")
    key = models.CharField(max_length=140, unique=True)

    class Meta:
        verbose_name = _("customer's mark")
        verbose_name_plural = _("customers' marks")

    def __str__(self) -> str:
        return self.key


class Contact(models.Model):
    """A person to call at a customer."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=80, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("email"), blank=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return self.name


class Address(models.Model):
    """A place to send to: province, city and district in China; region and town elsewhere."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="addresses")
    name = models.CharField(_("recipient"), max_length=120)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    country = models.CharField(_("country"), max_length=2, default="CN")
    province = models.CharField(_("province"), max_length=80, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    district = models.CharField(_("district"), max_length=80, blank=True)
    street = models.CharField(_("street"), max_length=200)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    is_default = models.BooleanField(_("default"), default=False)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["customer"],
                condition=models.Q(is_default=True),
                name="one_default_address_per_customer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.city} {self.street}"


class CustomerEvent(models.Model):
    """Something that was changed about a customer: who, when, what. Never changed afterwards.

    `kind` ends in a past participle (`edited`, `contact_added`); see `customers.event`. `actor` is null
    when no person acted.
    """

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="events", db_index=False)
    kind = models.CharField(max_length=30)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    actor_name = models.CharField(max_length=80, db_default="")
    data = models.JSONField(db_default={})
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("customer event")
        verbose_name_plural = _("customer events")
        indexes = [models.Index(fields=["customer", "-id"], name="customer_event_timeline")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
