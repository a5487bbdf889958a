"""How fields, comparisons and values of rules are said to people. Pure but for the names of choices."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oms.display import masked_phone, quantity_text
from orders.review.rules.fields import FIELDS
from orders.review.rules.fields.field import RuleField
from orders.review.rules.operators import OF_WORDS, Kind, Operator
from orders.review.rules.text import Condition, Needs
from orders.review.rules.values import range_of, words_of

# How a comparison is said where it holds, and where it does not.
_SAID = {
    Operator.EQUALS: ("=", "≠"),
    Operator.DIFFERS: ("≠", "="),
    Operator.AT_LEAST: ("≥", "<"),
    Operator.AT_MOST: ("≤", ">"),
    Operator.ABOVE: (">", "≤"),
    Operator.BELOW: ("<", "≥"),
    Operator.BETWEEN: (gettext_lazy("is within"), gettext_lazy("is not within")),
    Operator.ONE_OF: (gettext_lazy("is one of"), gettext_lazy("is none of")),
    Operator.NONE_OF: (gettext_lazy("is none of"), gettext_lazy("is one of")),
    Operator.CONTAINS: (gettext_lazy("contains"), gettext_lazy("does not contain")),
    Operator.LACKS: (gettext_lazy("does not contain"), gettext_lazy("contains")),
}
_WITHOUT = {
    Operator.IS_EMPTY: gettext_lazy("%(field)s is empty"),
    Operator.IS_FILLED: gettext_lazy("%(field)s is filled in"),
    Operator.UNKNOWN: gettext_lazy("%(field)s is not known"),
    Operator.YES: gettext_lazy("%(field)s: yes"),
    Operator.NO: gettext_lazy("%(field)s: no"),
}
_LONGEST = 80

Labels = Mapping[str, Mapping[str, str]]
"""What the words of choices are called, by field."""


def labels_of(names: Iterable[str]) -> Labels:
    """Each field's choices are read once."""
    fields = [FIELDS[name] for name in sorted(set(names)) if name in FIELDS]
    return {
        one.name: {word: str(label) for word, label in one.choices()}
        for one in fields
        if one.choices
    }


def sign(operator: str, *, holds: bool = True) -> str:
    """ "≥", "is one of"; with `holds` False what is true then. "" for an operator that compares with nothing."""
    found = _SAID.get(Operator(operator))
    return str(found[0 if holds else 1]) if found else ""


def wish_words(condition: Condition, labels: Labels) -> str:
    """What a condition asks for: "Order total ≥ 2,000". It must make sense (`check_condition`)."""
    asked = FIELDS[condition.field]
    without = _WITHOUT.get(Operator(condition.operator))
    if without:
        return str(without) % {"field": asked.label}
    return _("%(field)s %(sign)s %(wanted)s") % {
        "field": asked.label,
        "sign": sign(condition.operator),
        "wanted": wanted_value(condition, labels),
    }


def wanted_value(condition: Condition, labels: Labels) -> str:
    """What a condition compares with, as people read it."""
    asked = FIELDS[condition.field]
    if condition.operator == Operator.BETWEEN:
        return "–".join(_quoted_less(asked, part) for part in range_of(condition.value))
    if condition.operator in OF_WORDS:
        named = labels.get(asked.name, {})
        return quoted(named.get(word, word) for word in words_of(condition.value))
    return _in_words(asked, condition.value, labels)


def shown_value(asked: RuleField, text: str, labels: Labels) -> str:
    """What was read of a field, as people read it: numbers with their unit, choices by their names, phones masked."""
    return _in_words(asked, masked_phone(text) if asked.is_phone else text, labels)


def _in_words(asked: RuleField, text: str, labels: Labels) -> str:
    if asked.kind in (Kind.NUMBER, Kind.TIME):
        return _quoted_less(asked, text)
    if asked.kind == Kind.YESNO:
        return _("yes") if text == "true" else _("no")
    return quoted([labels.get(asked.name, {}).get(text, text)])


def quoted(words: Iterable[str]) -> str:
    """The words between quotation marks, cut where they are many."""
    text = _("/").join(words)
    return _("“%s”") % (text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


def joined(sentences: Collection[str], needs: str = Needs.ALL) -> str:
    """The sentences as one, with "and" or "or" between them."""
    word = _("%(one)s or %(other)s") if needs == Needs.ANY else _("%(one)s and %(other)s")
    one, *others = [*sentences] or [""]
    for other in others:
        one = word % {"one": one, "other": other}
    return one


def listed(parts: Iterable[str]) -> str:
    """The parts one after the other, commas between them."""
    one, *others = [*parts] or [""]
    for other in others:
        one = _("%(one)s, %(other)s") % {"one": one, "other": other}
    return one


def rule_title(name: str, number: int) -> str:
    """ "Rule “Large” v3"; a text that nobody saved has no number."""
    if not number:
        return _("Rule “%(rule)s”") % {"rule": name}
    return _("Rule “%(rule)s” v%(version)d") % {"rule": name, "version": number}


def _quoted_less(asked: RuleField, text: str) -> str:
    if asked.kind == Kind.TIME:
        return text.strip()[:5]
    number = quantity_text(Decimal(text.strip()))
    if asked.unit == "%":
        return f"{number}%"
    return f"{number} {asked.unit}".strip()
