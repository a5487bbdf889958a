"""Owner and tags of many orders: the verbs of the notes, as bulk acts call them."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from oms.errors import FieldError, InvalidInput
from oms.models import User
from orders.desk.notes.assign import assign_orders, give_back_orders
from orders.desk.notes.people import colleagues
from orders.desk.notes.tag import tag_called, tag_name, tag_orders, untag_orders
from orders.outcome import Outcome

ME = "me"


def colleague_named(text: str, actor: User) -> str:
    """The log-in name that `text` is, or `me`. Raises InvalidInput where it is nobody's."""
    name = actor.username if text == ME else text
    if not colleagues().filter(username=name).exists():
        raise InvalidInput([FieldError("reason", "not_found", _("Choose a colleague."), text)])
    return name


def tag_written(text: str, _actor: User) -> str:
    return tag_name(text)


def assign(order_ids: Sequence[int], actor: User, name: str) -> Outcome:
    return assign_orders(order_ids, owner=User.objects.get(username=name), actor=actor)


def give_back(order_ids: Sequence[int], actor: User, name: str) -> Outcome:
    return give_back_orders(order_ids, from_name=name, actor=actor)


def tag(order_ids: Sequence[int], actor: User, word: str) -> Outcome:
    _tag, marked = tag_orders(order_ids, word, actor=actor)
    return _outcome(order_ids, marked, _("It has this tag already."))


def untag(order_ids: Sequence[int], actor: User, word: str) -> Outcome:
    called = tag_called(word)
    taken = untag_orders(order_ids, called, actor=actor) if called else []
    return _outcome(order_ids, taken, _("It does not have this tag."))


def _outcome(order_ids: Sequence[int], changed: Collection[int], otherwise: str) -> Outcome:
    done = set(changed)
    return Outcome(sorted(done), {pk: otherwise for pk in order_ids if pk not in done})
