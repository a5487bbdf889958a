from orders.models.event import OrderEvent
from orders.models.line import OrderLine
from orders.models.order import Order
from orders.models.search import OrderSearch
from orders.models.tally import OrderTally

from orders.allocation.models import AllocationPolicy, WarehouseRate  # isort: skip
from orders.billing.models import FinancialAdjustment, Payment  # isort: skip
from orders.carriers.models import Carrier  # isort: skip
from orders.desk.bulk.models import BulkItem, BulkJob  # isort: skip
from orders.desk.columns.models import ListLayout  # isort: skip
from orders.desk.notes.models import Mention, OrderOwner, OrderTag, Tag  # isort: skip
from orders.desk.saved.models import SavedView  # isort: skip
from orders.exceptions.models import ExceptionKeeper, ExceptionTimer, OrderException, OrderTouched  # isort: skip
from orders.fulfilment.models import Shipment, ShipmentLine  # isort: skip
from orders.delivery.models import TrackingEvent  # isort: skip
from orders.following.models import FollowLink  # isort: skip
from orders.intake.models import ImportBatch, ImportRow  # isort: skip
from orders.intake.unfinished.models import UnfinishedOrder  # isort: skip
from orders.intake.wizard.models import ColumnMemory, ImportDraft, ImportDraftRow  # isort: skip
from orders.parcels.models import Consignment, ShipTogether  # isort: skip
from orders.preparation.models import CarrierRate, CarrierRule, Preparation  # isort: skip
from orders.returns.models import Return, ReturnLine  # isort: skip
from orders.review.models import ApprovalLimit, ReviewClaim, SecondReview  # isort: skip
from orders.review.rules.models import (
    RemoteArea,
    ReviewRule,
    RiskSignal,
    RuleChange,
    RuleHit,
    RuleVersion,
)  # isort: skip

from orders.truth.models import TruthPass, TruthState  # isort: skip

__all__ = [
    "AllocationPolicy",
    "ApprovalLimit",
    "BulkItem",
    "BulkJob",
    "Carrier",
    "CarrierRate",
    "CarrierRule",
    "ColumnMemory",
    "Consignment",
    "ExceptionKeeper",
    "ExceptionTimer",
    "FinancialAdjustment",
    "FollowLink",
    "ImportBatch",
    "ImportDraft",
    "ImportDraftRow",
    "ImportRow",
    "ListLayout",
    "Mention",
    "Order",
    "OrderEvent",
    "OrderException",
    "OrderLine",
    "OrderOwner",
    "OrderSearch",
    "OrderTag",
    "OrderTally",
    "OrderTouched",
    "Payment",
    "Preparation",
    "RemoteArea",
    "Return",
    "ReturnLine",
    "ReviewClaim",
    "ReviewRule",
    "RiskSignal",
    "RuleChange",
    "RuleHit",
    "RuleVersion",
    "SavedView",
    "SecondReview",
    "ShipTogether",
    "Shipment",
    "ShipmentLine",
    "Tag",
    "TrackingEvent",
    "TruthPass",
    "TruthState",
    "UnfinishedOrder",
    "WarehouseRate",
]
