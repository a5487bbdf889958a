"""One company for all permission tests: things of our own warehouse, things of another, and nothing."""

from dataclasses import asdict, dataclass, field, replace

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from customers.models import Address, Contact, Customer
from inventory.models import (
    ChannelKept,
    Lot,
    Sku,
    Stock,
    StockAdjustment,
    Warehouse,
    WarehouseStaff,
)
from oms.models import ApiToken, Channel, ShownError, User
from oms.roles import ROLES
from oms.scopes import SCOPES
from orders.intake.place import place_order
from orders.models import (
    AllocationPolicy,
    ApprovalLimit,
    BulkJob,
    Carrier,
    CarrierRate,
    CarrierRule,
    ExceptionKeeper,
    ImportBatch,
    ImportDraft,
    ImportDraftRow,
    ImportRow,
    Mention,
    Order,
    OrderException,
    ReviewRule,
    SavedView,
    Tag,
    WarehouseRate,
)
from orders.review.rules.models import RemoteArea, RiskSignal
from orders.review.rules.text import all_of
from orders.transition import record
from tests.fixtures import flow
from tests.fixtures.company import create_sku, draft
from tests.fixtures.lasting import lasting
from tests.fixtures.people import create_user
from tests.fixtures.rules import rule
from tests.permissions.goods_world import purchase, warehouse_work

LETTERS = dict(zip("CRWPFMAU", ROLES, strict=True))


@dataclass(frozen=True, slots=True)
class Thing:
    """Everything an address can be about, as one person's own, another warehouse's, or absent."""

    number: str
    order_id: int
    shipment_id: int
    customer_id: int
    code: str
    product_id: int
    warehouse_id: int
    warehouse_code: str
    batch_id: int = 0
    entry_id: int = 0
    job_id: int = 0
    mention_id: int = 0
    draft_id: int = 0
    other_id: int = 0
    slug: str = "none"
    exception_id: int = 0
    reservation_id: int = 0
    stock_id: int = 0
    block: int = 0
    bin_code: str = "A-01"
    transfer: str = "TR999999"
    sheet: str = "CS999999"
    purchase: str = "PO-NONE"


ABSENT = Thing(
    "SO0000000000", 10**9, 10**9, 10**9, "NO-SUCH-SKU", 10**9, 10**9, "NOWHERE", 10**9, 10**9, 10**9,
    10**9, 10**9, stock_id=10**9, block=10**9,
)  # fmt: skip


@dataclass(slots=True)
class World:
    """`own` lies in warehouse HZ, `foreign` in GZ; `limited` people work in HZ only."""

    own: Thing
    foreign: Thing
    people: dict[str, User] = field(default_factory=dict)
    limited: dict[str, User] = field(default_factory=dict)
    tokens: dict[int, str] = field(default_factory=dict)
    clients: dict[int, Client] = field(default_factory=dict)
    jobs: dict[int, int] = field(default_factory=dict)
    mentions: dict[int, int] = field(default_factory=dict)

    def own_of(self, user: User) -> Thing:
        """What is `own`, with what belongs to `user` alone."""
        return replace(
            self.own,
            job_id=self.jobs[user.pk],
            mention_id=self.mentions[user.pk],
            slug=f"view{user.pk}",
        )

    def browser(self, user: User) -> Client:
        """The browser in which `user` is logged in."""
        return self.clients[user.pk]


def build() -> World:
    Channel.objects.create(code="web", name="Web shop")
    own = _thing("HZ", "CUP-HZ", "13800138001")
    foreign = _thing("GZ", "CUP-GZ", "13800138002")
    world = World(own, foreign)
    for letter, role in LETTERS.items():
        world.people[letter] = _person(role, f"{role}-everywhere")
        world.limited[letter] = _person(role, f"{role}-in-hz")
        WarehouseStaff.objects.create(user=world.limited[letter], warehouse_id=own.warehouse_id)
    for user in [*world.people.values(), *world.limited.values()]:
        world.tokens[user.pk] = _token(user, SCOPES)
        world.mentions[user.pk] = _mention(user, own)
        SavedView.objects.create(user=user, slug=f"view{user.pk}", name="Mine")
        world.jobs[user.pk] = BulkJob.objects.create(user=user, act="tag", reason="x").pk
        # Here and not when first asked for: what happens within a test is rolled back after it.
        world.clients[user.pk] = Client(raise_request_exception=False)
        world.clients[user.pk].force_login(user)
    batch_id = _rows_to_look_at(own)
    entry_id = _contact_and_address(own)
    # An import concerns no warehouse.
    other_id = Customer.objects.create(name="A twin").pk
    draft_id = _import_draft(world.people["C"])
    world.own = replace(
        own, batch_id=batch_id, entry_id=entry_id, other_id=other_id, draft_id=draft_id
    )
    world.foreign = replace(foreign, batch_id=batch_id, draft_id=draft_id)
    return world


def _thing(warehouse_code: str, code: str, phone: str) -> Thing:
    warehouse = Warehouse.objects.create(code=warehouse_code, name=warehouse_code)
    sku = create_sku(code)
    flow.receive(sku, warehouse, 10)
    wanted = draft((code, 1))
    wanted.customer.phone = phone
    placed = place_order(wanted, actor=None, door="test")
    order = flow.approve(Order.objects.get(pk=placed.id))
    assert order.customer_id
    problem = OrderException.objects.create(
        kind="address", cause="address_incomplete", order=order, deadline_at=timezone.now()
    )
    return Thing(
        order.number,
        order.pk,
        flow.shipments_of(order)[0],
        order.customer_id,
        code,
        sku.product_id,
        warehouse.pk,
        warehouse_code,
        exception_id=problem.pk,
        reservation_id=order.shipments.get().lines.get().pk,
        purchase=purchase(sku, warehouse),
        **warehouse_work(warehouse, sku),
    )


def _person(role: str, username: str) -> User:
    return create_user(role, username)


def _token(user: User, scopes: tuple[str, ...]) -> str:
    secret = ApiToken.new_secret()
    ApiToken.objects.create(
        user=user, name="test", digest=ApiToken.digest_of(secret), scopes=list(scopes)
    )
    return secret


def narrow_token(user: User, scope: str) -> str:
    """A token with every scope but this one."""
    return _token(user, tuple(one for one in SCOPES if one != scope))


def _rows_to_look_at(own: Thing) -> int:
    """A row for the tables of the administration that would be empty; the import's id."""
    Tag.objects.create(name="urgent")
    ExceptionKeeper.objects.create(kind="short", user=User.objects.get(username="clerk-everywhere"))
    rule("hold", ("total", "gte", "2000"), name="Large", mode="shadow")
    ApprovalLimit.objects.create(group=Group.objects.get(name="auditor"), currency="CNY")
    AllocationPolicy.objects.create(name="Far")
    carrier = Carrier.objects.create(code="own", name="Own van")
    CarrierRule.objects.create(name="All", carrier=carrier)
    CarrierRate.objects.create(carrier=carrier, first_price=8)
    WarehouseRate.objects.create(warehouse_id=own.warehouse_id, country="CN", cost=8)
    RiskSignal.objects.create(name="Far", points=5, kept=asdict(all_of(("remote", "yes", ""))[0]))
    RemoteArea.objects.create(province="西藏自治区")
    Lot.objects.create(sku=Sku.objects.order_by("pk")[0], code="L-1")
    ChannelKept.objects.create(
        stock=Stock.objects.order_by("pk")[0], channel=Channel.objects.get(), quantity=1
    )
    StockAdjustment.objects.create(
        code=own.code, quantity=-1, reference="W-1", status="waiting", happened_at=timezone.now()
    )
    ShownError.objects.create(
        day="2026-11-22", screen="orders:new", count=1, last_shown_at=timezone.now()
    )
    batch = ImportBatch.objects.create(file_name="a.csv", channel=Channel.objects.get())
    ImportRow.objects.create(batch=batch, row_no=1, raw="x", outcome="goods")
    return batch.pk


def _import_draft(user: User) -> int:
    draft = ImportDraft.objects.create(
        user=user,
        changed_by=user,
        file_name="a.csv",
        written_in="UTF-8",
        header=["a"],
        rows_total=1,
    )
    ImportDraftRow.objects.create(draft=draft, row_no=2, raw='["x"]')
    return draft.pk


def _mention(user: User, own: Thing) -> int:
    (event_id,) = record([own.order_id], kind="commented", actor=None, data={"text": "x"})
    return Mention.objects.create(user=user, order_id=own.order_id, event_id=event_id).pk


def _contact_and_address(own: Thing) -> int:
    """One of each with the same id, so that both addresses can be asked with it."""
    Contact.objects.create(pk=1000, customer_id=own.customer_id, name="A")
    Address.objects.create(pk=1000, customer_id=own.customer_id, name="A", street="S")
    return 1000


def rule_address(name: str) -> str:
    """An address of the administration of rules, for the rule there is where it is about one."""
    try:
        return reverse(f"admin:{name}")
    except NoReverseMatch:
        return reverse(f"admin:{name}", args=[ReviewRule.objects.order_by("pk")[0].pk])


# What must be the same before and after something was refused: the name of what, and its rows as they lie.
_STATE = {
    "orders": "SELECT id, status, version, note, priority FROM orders_order",
    "events": "SELECT count(*) FROM orders_orderevent",
    "tags": "SELECT count(*) FROM orders_ordertag",
    "owners": "SELECT order_id, user_id FROM orders_orderowner",
    "unread": "SELECT count(*) FROM orders_mention WHERE read_at IS NULL",
    "drafts": "SELECT id, version, started_at FROM orders_importdraft",
    "views": "SELECT id, name, asked, version FROM orders_savedview",
    "exceptions": "SELECT id, closed_at, waiting_until, owner_id FROM orders_orderexception",
    "parcels": "SELECT id, status, consignment_id, stays_alone FROM orders_shipment",
    "purchases": "SELECT id, status, version FROM inventory_purchaseorder",
    "suppliers": "SELECT id, name FROM inventory_supplier",
    "stock": "SELECT id, on_hand, reserved FROM inventory_stock",
    "places": "SELECT id, blocked, safety_stock, bin_id FROM inventory_stock",
    "transfers": "SELECT id, status, version FROM inventory_transfer",
    "sheets": "SELECT id, status FROM inventory_countsheet",
    "customers": "SELECT id, name, version, merged_into_id FROM customers_customer",
    "told": "SELECT count(*) FROM customers_customerevent",
    "contacts": "SELECT count(*) FROM customers_contact",
    "addresses": "SELECT count(*) FROM customers_address",
    "rules": "SELECT id, mode, position, live_id FROM orders_reviewrule",
    "versions": "SELECT id, published_by_id, seconded_by_id, tried_at FROM orders_ruleversion",
    "signals": "SELECT id, points FROM orders_risksignal",
    "areas": "SELECT count(*) FROM orders_remotearea",
    "limits": "SELECT count(*) FROM orders_approvallimit",
    "products": "SELECT id, name FROM inventory_product",
}


def state() -> dict[str, object]:
    """All of it in one statement: it is asked some thousand times."""
    parts = (
        f"'{name}', (SELECT json_agg(part ORDER BY part) FROM ({rows}) part)"
        for name, rows in _STATE.items()
    )
    ((found,),) = lasting("state", f"SELECT json_build_object({', '.join(parts)})")
    assert isinstance(found, dict)
    return found
