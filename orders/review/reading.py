"""What the conditions of rules read of an order, each as a true sentence: "Order total 2,380 ≥ 2,000"."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from orders.review.rules.book import Rule
from orders.review.rules.compile import Compiled, compile_condition
from orders.review.rules.facts import as_text
from orders.review.rules.fields import FIELDS
from orders.review.rules.fields.field import RuleField
from orders.review.rules.logic import Truth, all_true, joined_truth
from orders.review.rules.operators import Kind, Operator
from orders.review.rules.text import Condition, Group, Needs
from orders.review.rules.words import (
    Labels,
    joined,
    labels_of,
    rule_title,
    shown_value,
    sign,
    wanted_value,
    wish_words,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A condition, what it read (None: not known), and whether it holds (None: nobody can say).

    `is_hidden` keeps the value from the reader. `now` is what it would read today, where that is something else.
    """

    condition: Condition
    value: str | None
    holds: Truth
    is_hidden: bool = False
    labels: Labels = field(default_factory=dict)
    now: str | None = None

    @property
    def field(self) -> str:
        return self.condition.field

    @property
    def asked(self) -> RuleField:
        return FIELDS[self.field]

    @property
    def wish(self) -> str:
        """What is asked for, whether it is so or not."""
        return wish_words(self.condition, self.labels)

    @property
    def shown(self) -> str:
        """What was read, as this reader may see it."""
        if self.is_hidden:
            return _("not shown")
        if self.value is None:
            return _("not known")
        return shown_value(self.asked, self.value, self.labels) if self.value else _("empty")

    @property
    def words(self) -> str:
        said = self._said()
        if self.now is None or self.is_hidden:
            return said
        value = shown_value(self.asked, self.now, self.labels) if self.now else _("empty")
        return _("%(words)s (now %(value)s)") % {"words": said, "value": value}

    def _said(self) -> str:
        asked = self.asked
        if self.is_hidden:
            return str(asked.label)
        if self.value is None:
            return _("%(field)s is not known") % {"field": asked.label}
        if asked.kind == Kind.YESNO:
            said = _("%(field)s: yes") if self.value == "true" else _("%(field)s: no")
            return said % {"field": asked.label}
        if self.field == "earlier_orders" and self.value == "0":
            return _("First order of the customer")
        compared = sign(self.condition.operator, holds=bool(self.holds))
        if not self.value or not compared:
            words = _("%(field)s is filled in") if self.value else _("%(field)s is empty")
            return words % {"field": asked.label}
        return _("%(field)s %(value)s %(sign)s %(wanted)s") % {
            "field": asked.label,
            "value": shown_value(asked, self.value, self.labels),
            "sign": compared,
            "wanted": wanted_value(self.condition, self.labels),
        }


@dataclass(frozen=True, slots=True)
class GroupReading:
    """What the conditions of a group read."""

    readings: list[Reading]
    needs: str = Needs.ALL

    @property
    def holds(self) -> Truth:
        return joined_truth([one.holds for one in self.readings], self.needs)

    def holding(self, truths: Mapping[Condition, Truth]) -> Truth:
        """Whether it would hold if its conditions were as `truths` say."""
        return joined_truth([truths[one.condition] for one in self.readings], self.needs)

    @property
    def missed(self) -> list[Reading]:
        return [] if self.holds else [one for one in self.readings if not one.holds]

    @property
    def distance(self) -> int:
        """How many conditions at least would have to be otherwise for it to hold."""
        if self.holds:
            return 0
        return 1 if self.needs == Needs.ANY else len(self.missed)

    @property
    def missed_words(self) -> str:
        """Each missed condition, and whether one of them is enough."""
        words = joined([one.words for one in self.missed])
        if self.needs == Needs.ANY and len(self.missed) > 1:
            return _("%s (one of them otherwise is enough)") % words
        return words


@dataclass(frozen=True, slots=True)
class RuleReading:
    """A rule and what it read: its groups, joined as it says, and the channels it is limited to."""

    rule: Rule
    groups: list[GroupReading]
    limit: GroupReading | None = None

    @property
    def readings(self) -> list[Reading]:
        return [one for group in self.all_groups for one in group.readings]

    @property
    def all_groups(self) -> list[GroupReading]:
        return [*self.groups, self.limit] if self.limit else self.groups

    @property
    def applies(self) -> Truth:
        """As `Rule.compiled` says it in SQL."""
        return rule_truth(
            self.rule,
            [group.holds for group in self.groups],
            self.limit.holds if self.limit else True,
        )

    @property
    def shown_groups(self) -> list[tuple[str, list[Reading]]]:
        """The groups, each with how it is joined to those before it and its conditions to each other."""
        shown = []
        for place, group in enumerate(self.all_groups):
            join = Needs.ALL if group is self.limit else self.rule.text.needs
            parts = [_("or") if join == Needs.ANY else _("and")] if place else []
            if len(group.readings) > 1 and (len(self.all_groups) > 1 or group.needs == Needs.ANY):
                parts.append(str(Needs(group.needs).label))
            shown.append((" · ".join(parts), group.readings))
        return shown

    @property
    def title(self) -> str:
        return rule_title(self.rule.text.name, self.rule.number)

    @property
    def words(self) -> str:
        return _("%(rule)s: %(conditions)s") % {
            "rule": self.title,
            "conditions": self._holding or self.rule.text.reason,
        }

    @property
    def _holding(self) -> str:
        """Of what it asks, that which holds."""
        groups = [
            joined([one.words for one in group.readings if one.holds], group.needs)
            for group in self.groups
            if group.holds
        ]
        return joined([words for words in groups if words], self.rule.text.needs)

    @property
    def nearest(self) -> list[GroupReading]:
        """The groups that kept it from applying; where any group is enough, the one that misses by the least."""
        missing = [group for group in self.groups if not group.holds]
        if self.rule.text.needs == Needs.ANY and missing:
            missing = [] if len(missing) < len(self.groups) else [min(missing, key=_distance)]
        if self.limit and not self.limit.holds:
            missing.append(self.limit)
        return missing

    @property
    def missed(self) -> list[Reading]:
        """The conditions that kept the rule from applying."""
        return [one for group in self.nearest for one in group.missed]

    @property
    def distance(self) -> int:
        return sum(group.distance for group in self.nearest)

    @property
    def missed_words(self) -> str:
        return joined([group.missed_words for group in self.nearest])


def _distance(group: GroupReading) -> int:
    return group.distance


def rule_truth(rule: Rule, groups: Sequence[Truth], limit: Truth) -> Truth:
    """Whether a rule applies whose groups and channels are so: the twin of `Rule.compiled`."""
    if rule.is_unreadable:
        return limit if rule.might_stop else False
    return all_true([joined_truth(groups, rule.text.needs), limit]) if groups else False


def reading_sql(rules: Sequence[Rule]) -> Compiled:
    """An array of what every condition reads of the order of a row `f`: pairs (text, holds), through all rules."""
    parts, params = [], list[object]()
    for group in _groups(rules):
        for condition in group.conditions:
            sql, values = compile_condition(condition)
            parts.append(f"json_build_array({as_text(condition.field)}, ({sql}))")
            params += values
    return f"array_to_json(ARRAY[{', '.join(parts)}]::json[])", params


def readings_of(
    rules: Sequence[Rule],
    read: Sequence[tuple[str | None, bool | None]],
    *,
    hidden: Collection[str] = (),
) -> list[RuleReading]:
    """The rules with what `reading_sql` read for them; the values of the fields in `hidden` are not shown."""
    labels = labels_of(one.field for group in _groups(rules) for one in group.conditions)
    left = iter(read)

    def readings(group: Group) -> GroupReading:
        each = [
            Reading(one, *next(left), is_hidden=one.field in hidden, labels=labels)
            for one in group.conditions
        ]
        return GroupReading(each, group.needs)

    return [
        RuleReading(
            rule,
            [readings(group) for group in asked_by(rule)],
            readings(limit) if (limit := limit_of(rule)) else None,
        )
        for rule in rules
    ]


def asked_by(rule: Rule) -> list[Group]:
    """What is read for a rule; nothing for one that cannot be read."""
    return [] if rule.is_unreadable else [one for one in rule.text.groups if one.conditions]


def limit_of(rule: Rule) -> Group | None:
    """The channels to which it is limited, as the condition that this is."""
    channels = rule.text.channels
    return Group((Condition("channel", Operator.ONE_OF, ",".join(channels)),)) if channels else None


def _groups(rules: Sequence[Rule]) -> Iterator[Group]:
    """In the order in which `readings_of` takes them."""
    for rule in rules:
        yield from asked_by(rule)
        if limit := limit_of(rule):
            yield limit
