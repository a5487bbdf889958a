"""One order under every rule: what each condition reads, what is decided now and what would be with the text typed."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from oms.models import User
from orders.models import Order
from orders.review.explain import Explained, explain_orders
from orders.review.reading import RuleReading
from orders.review.rules.admin.shown_trial import outcome_words
from orders.review.rules.book import Rule, current_book
from orders.review.rules.check import check_text
from orders.review.rules.text import RuleText


@dataclass(frozen=True, slots=True)
class UnderRule:
    """What a rule read of the order, whether it applies to it and decides it; `is_typed`: the one in the editor."""

    reading: RuleReading
    applies: bool
    decides: bool
    is_typed: bool


@dataclass(frozen=True, slots=True)
class OnOrder:
    """`typed` is the number as it was given; `trouble` says why there is nothing to show."""

    typed: str
    order: Order | None = None
    trouble: str = ""
    now: Explained | None = None
    then: Explained | None = None
    rule_id: int = 0

    @property
    def decided_now(self) -> str:
        return outcome_words(self.now.decision.outcome) if self.now else ""

    @property
    def decided_then(self) -> str:
        return outcome_words(self.then.decision.outcome) if self.then else ""

    @property
    def rules(self) -> list[UnderRule]:
        """The rule in the editor first, then the others in their order."""
        if self.then is None:
            return []
        decision = self.then.decision
        applied = {*decision.rules, *decision.overruled, *decision.shadow}
        found = [
            UnderRule(
                one, one.rule in applied, one.rule in decision.rules, one.rule.id == self.rule_id
            )
            for one in self.then.readings
        ]
        return sorted(found, key=lambda one: not one.is_typed)


def on_order(typed: str, text: RuleText, *, rule_id: int, user: User) -> OnOrder:
    """`text` stands in the place of what is in force of its rule, or at the end. Three statements."""
    number = typed.replace("\x00", "").strip()[:40]
    if not number:
        return OnOrder(number, trouble=_("Give the number of an order."))
    order = Order.objects.visible_to(user).filter(number=number.upper()).first()
    if order is None:
        return OnOrder(number, trouble=_("There is no order %s that you may see.") % number)
    if check_text(text):
        return OnOrder(number, order, _("Correct the rule first; then look at orders under it."))
    may_see_money = user.has_perm("orders.view_payment")
    book = current_book()
    tried = Rule(text, rule_id)
    others = [one for one in book.rules if one.id != rule_id]
    place = next((at for at, one in enumerate(book.rules) if one.id == rule_id), len(others))
    with_text = book.of([*others[:place], tried, *others[place:]])
    [now] = explain_orders(book, [order.pk], may_see_money=may_see_money).values()
    [then] = explain_orders(with_text, [order.pk], may_see_money=may_see_money).values()
    return OnOrder(number, order, "", now, then, rule_id)
