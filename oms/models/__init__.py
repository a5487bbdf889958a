from oms.models.channel import Channel
from oms.models.idempotency import IdempotencyKey
from oms.models.shown_error import ShownError
from oms.models.token import ApiToken
from oms.models.user import User

__all__ = ["ApiToken", "Channel", "IdempotencyKey", "ShownError", "User"]
