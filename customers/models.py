import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now, Reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from customers.same import PhoneDigits
from oms.folded import Folded

_STANDS = Q(merged_into__isnull=True)


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

    class Consent(models.TextChoices):
        """What the customer agreed to be told about our offers by."""

        SMS = "sms", _("Text message")
        EMAIL = "email", _("Email")
        PHONE = "phone", _("Call")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, db_default=Kind.PERSON)
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("phone"), max_length=40, blank=True, db_default="")
    email = models.EmailField(_("email"), blank=True, db_default="")
    level = models.CharField(_("level"), max_length=8, choices=Level, db_default=Level.NORMAL)
    tags = ArrayField(
        models.CharField(max_length=40), verbose_name=_("tags"), blank=True, db_default=[]
    )
    note = models.TextField(_("note"), blank=True, db_default="")
    # Written by `customers.block`: why the level is "blocked", and the level from before.
    blocked_reason = models.CharField(
        _("why blocked"), max_length=300, editable=False, db_default=""
    )
    level_before = models.CharField(
        _("level before the block"), max_length=8, editable=False, db_default=Level.NORMAL
    )
    # How much may stay unpaid over all orders; empty for no limit.
    credit_limit = models.DecimalField(
        _("credit limit"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    consents = ArrayField(
        models.CharField(max_length=8, choices=Consent), verbose_name=_("consents"),
        editable=False, db_default=[],
    )  # fmt: skip
    # Somebody entered twice: everything of this row is kept with the other one now.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )
    # The person is forgotten: nothing here names them any more.
    erased_at = models.DateTimeField(null=True, editable=False)
    search_grams = ArrayField(models.CharField(max_length=2), editable=False, db_default=[])
    version = models.PositiveIntegerField(editable=False, db_default=1)
    created_at = models.DateTimeField(_("customer since"), editable=False, db_default=Now())

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        permissions = [
            ("view_full_contact", gettext_noop("Can see whole phone numbers and addresses")),
            ("block_customer", gettext_noop("Can block customers")),
            ("merge_customer", gettext_noop("Can merge customers entered twice")),
            ("export_personal_data", gettext_noop("Can export a customer's personal data")),
            ("erase_personal_data", gettext_noop("Can erase a customer's personal data")),
        ]
        indexes = [
            GinIndex(fields=["search_grams"], name="customer_search_grams"),
            models.Index(OpClass(Reverse("phone"), "text_pattern_ops"), name="customer_phone_tail"),
            # By these somebody who was entered twice is found.
            models.Index(
                PhoneDigits("phone"), condition=_STANDS & ~Q(phone=""), name="customer_same_phone"
            ),
            models.Index(
                Lower("email"), condition=_STANDS & ~Q(email=""), name="customer_same_email"
            ),
            models.Index(Folded("name"), condition=_STANDS, name="customer_same_name"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="customer_has_a_name"),
            models.CheckConstraint(
                condition=Q(credit_limit__gte=0), name="customer_credit_limit_not_negative"
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="customer_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=Q(level="blocked") | Q(blocked_reason=""),
                name="customer_blocked_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_blocked(self) -> bool:
        return self.level == self.Level.BLOCKED


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


class CustomerMerge(models.Model):
    """That one customer was found to be another one: what went over, so that it can go back.

    `fields` maps what was changed of the survivor to [old, new].
    """

    merged = models.ForeignKey(Customer, models.PROTECT, related_name="merges", db_index=False)
    survivor = models.ForeignKey(Customer, models.PROTECT, related_name="gains", db_index=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    actor_name = models.CharField(max_length=80, db_default="")
    merged_at = models.DateTimeField(db_default=Now())
    undone_at = models.DateTimeField(null=True)
    fields = models.JSONField(db_default={})
    order_ids = ArrayField(models.BigIntegerField(), db_default=[])
    return_ids = ArrayField(models.BigIntegerField(), db_default=[])
    contact_ids = ArrayField(models.BigIntegerField(), db_default=[])
    address_ids = ArrayField(models.BigIntegerField(), db_default=[])
    identity_ids = ArrayField(models.BigIntegerField(), db_default=[])
    # Was the default of the merged customer and stepped back before the survivor's own.
    default_address_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("merge of customers")
        verbose_name_plural = _("merges of customers")
        indexes = [
            models.Index(
                fields=["survivor", "-id"], condition=Q(undone_at__isnull=True),
                name="merge_newest_of_survivor",
            ),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at__isnull=True),
                name="customer_merged_once_at_a_time",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.survivor_id}"


class ContactView(models.Model):
    """That somebody saw a customer's whole phone and address: one row a person, customer and day; never changed."""

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="contact_views", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    day = models.DateField()
    first_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("look at a phone")
        verbose_name_plural = _("looks at phones")
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "day", "user"], name="contact_view_once_a_day"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.customer_id}"
