"""The demo company's people, channels and first review rules."""

from dataclasses import asdict

from django.contrib.auth.models import Group

from customers.models import Address, Contact, Customer
from oms.models import Channel, User
from oms.roles import REVIEWER, ROLES, STAFF_ROLES, sync_roles
from oms.sql import query
from orders.demo.people import Person
from orders.exceptions.models import ExceptionKeeper, ExceptionKind
from orders.models import ApprovalLimit
from orders.review.accept_channel import add_rule
from orders.review.rules.operators import Operator
from orders.review.rules.text import Outcome, RuleText, all_of

STAFF = {
    "clerk": "陈静",
    "reviewer": "林晓雯",
    "warehouse": "赵大勇",
    "purchasing": "吴海燕",
    "finance": "徐敏",
    "manager": "沈立新",
    "admin": "周志强",
    "auditor": "高望舒",
}
CHANNELS = {
    "taobao": ("淘宝旗舰店", 48),
    "pinduoduo": ("拼多多店", 48),
    "douyin": ("抖音小店", 48),
    "web": ("官网商城", 72),
    "phone": ("电话订单", None),
}
"""Code: name and hours within which an order must have left."""
_KEEPERS = {
    ExceptionKind.SHORT: "purchasing",
    ExceptionKind.ADDRESS: "clerk",
    ExceptionKind.PAYMENT: "finance",
    ExceptionKind.DUPLICATE: "clerk",
    ExceptionKind.OVERDUE: "warehouse",
    ExceptionKind.REVIEW: "reviewer",
    ExceptionKind.CARRIER: "clerk",
    ExceptionKind.IMPORT: "clerk",
}
_Conditions = list[tuple[str, str, str]]
_RULES: list[tuple[str, Outcome, str, _Conditions]] = [
    ("已付款的常规订单", Outcome.APPROVE, "已付清，金额正常",
     [("unpaid", Operator.AT_MOST, "0"), ("total", Operator.BELOW, "5000")]),
    ("大额订单", Outcome.HOLD, "金额满 5000 元，请人工确认",
     [("total", Operator.AT_LEAST, "5000")]),
    ("黑名单客户", Outcome.HOLD, "客户已拉黑，请主管确认",
     [("customer_level", Operator.ONE_OF, Customer.Level.BLOCKED)]),
    ("缺少电话", Outcome.HOLD, "没有收货电话，请联系买家", [("phone", Operator.IS_EMPTY, "")]),
    ("缺少街道地址", Outcome.HOLD, "没有街道地址，请联系买家", [("street", Operator.IS_EMPTY, "")]),
    ("备注要求改地址", Outcome.HOLD, "买家要求改地址，请核对后放行",
     [("note", Operator.CONTAINS, "改地址")]),
    ("备注要求晚点发货", Outcome.HOLD, "买家要求晚点发货", [("note", Operator.CONTAINS, "晚点发")]),
]  # fmt: skip
_BLOCKED, _GOLD, _SILVER = 3, 12, 40


def create_staff(password: str) -> dict[str, User]:
    """One log-in per role, all with `password`, marked as demo log-ins."""
    sync_roles()
    groups = {group.name: group for group in Group.objects.filter(name__in=ROLES)}
    staff = {}
    for role, name in STAFF.items():
        staff[role] = User.objects.create_user(
            role, password=password, first_name=name, is_demo=True, is_staff=role in STAFF_ROLES
        )
        staff[role].groups.add(groups[role])
    return staff


def create_channels() -> None:
    Channel.objects.bulk_create(
        Channel(code=code, name=name, ship_within_hours=hours)
        for code, (name, hours) in CHANNELS.items()
    )


def create_keepers(staff: dict[str, User]) -> None:
    """Who looks after which kind of exception."""
    ExceptionKeeper.objects.bulk_create(
        ExceptionKeeper(kind=kind, user=staff[role]) for kind, role in _KEEPERS.items()
    )


def create_rules() -> None:
    """What a trading company starts with; a person decides the rest."""
    for name, outcome, reason, conditions in _RULES:
        add_rule(RuleText(name, outcome, reason, all_of(*conditions)))


def create_limits() -> None:
    """The reviewer decides the ordinary orders; the manager, without limits, the rest."""
    reviewers = Group.objects.get(name=REVIEWER)
    ApprovalLimit.objects.create(
        group=reviewers, currency="CNY", max_amount=20_000, max_discount_percent=30
    )


_BY_TURNOVER = """
SELECT customer_id FROM orders_order WHERE customer_id IS NOT NULL
GROUP BY 1 ORDER BY sum(total_amount) DESC, 1 LIMIT %s
"""


def rate_customers() -> None:
    """The best customers are gold and silver; three that gave trouble are blocked."""
    best = [row[0] for row in query(_BY_TURNOVER, [_GOLD + _SILVER])]
    Customer.objects.filter(pk__in=best[:_GOLD]).update(level=Customer.Level.GOLD)
    Customer.objects.filter(pk__in=best[_GOLD:]).update(level=Customer.Level.SILVER)
    middling = Customer.objects.exclude(pk__in=best).order_by("pk")
    trouble = middling[middling.count() // 3 :][:_BLOCKED]
    Customer.objects.filter(pk__in=list(trouble.values_list("pk", flat=True))).update(
        level=Customer.Level.BLOCKED, blocked_reason="多次无理由拒收，发货前请主管确认"
    )


def keep_addresses(people: list[Person]) -> None:
    """What customer service knows of its customers: where they live, whom to ask for."""
    known = dict(Customer.objects.values_list("phone", "pk"))
    buyers = [(known[one.customer.phone], one) for one in people if one.customer.phone in known]
    Address.objects.bulk_create(
        Address(customer_id=pk, is_default=True, **asdict(person.ship_to)) for pk, person in buyers
    )
    companies = [(pk, person) for pk, person in buyers if person.is_company]
    Contact.objects.bulk_create(
        Contact(customer_id=pk, name=one.ship_to.name, role="采购", phone=one.customer.phone)
        for pk, one in companies
    )
    firms = [pk for pk, _person in companies]
    Customer.objects.filter(pk__in=firms).update(kind=Customer.Kind.COMPANY)
