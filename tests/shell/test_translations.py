import re

import polib
import pytest

from oms.translations import CATALOGUE, ROOT, Found, placeholders, problems, texts_of, update


def entry(msgid: str, msgstr: str = "", **more: object) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, msgstr=msgstr, **more)


def catalogue(*entries: polib.POEntry) -> polib.POFile:
    made = polib.POFile()
    made.extend(entries)
    return made


@pytest.fixture
def source(monkeypatch, tmp_path):
    """`source("a.html", "…")` → the texts found in that file."""
    monkeypatch.setattr("oms.translations.ROOT", tmp_path)

    def _write(name: str, content: str) -> list[Found]:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return texts_of(path)

    return _write


def test_texts_are_found_in_python(source):
    found = source(
        "a.py", '_("One" " text")\nngettext("%d row", "%d rows", 2)\npgettext("verb", "Hold")'
    )

    assert [item.key for item in found] == [
        (None, "One text", ""), (None, "%d row", "%d rows"), ("verb", "Hold", ""),
    ]  # fmt: skip


def test_texts_are_found_in_templates(source):
    found = source(
        "a.html",
        '<p>It\'s {% translate "One" %}</p>{{ x|default:_("Two") }}'
        "{% blocktranslate count n=rows|length %}{{ n }} row{% plural %}{{ n }} rows"
        '{% endblocktranslate %}{% translate "Hold" context "verb" %}',
    )

    assert {item.key for item in found} == {
        (None, "One", ""), (None, "Two", ""), (None, "%(n)s row", "%(n)s rows"),
        ("verb", "Hold", ""),
    }  # fmt: skip


def test_a_variable_is_no_text(source):
    assert source("a.py", "_(name)\nlabel('x')") == []


@pytest.mark.parametrize(
    ("known", "complaint"),
    [
        (entry("Other", "别的"), "missing: 'Save' (a.py)"),
        (entry("Save"), "not translated: 'Save'"),
        (entry("Save", "保存", flags=["fuzzy"]), "fuzzy: 'Save'"),
        (entry("Save", "保存 %s"), "placeholders differ: 'Save'"),
        (entry("Save", " 保存"), "space at the ends differs: 'Save'"),
        (entry("Save", "保存", obsolete=True), "no longer used: 'Save'"),
    ],
)
def test_what_is_not_complete_is_named(known, complaint):
    assert complaint in problems(catalogue(known), {(None, "Save", ""): ["a.py"]})


def test_a_complete_catalogue_has_no_problems():
    assert problems(catalogue(entry("Save", "保存")), {(None, "Save", ""): ["a.py"]}) == []


def test_placeholders_may_change_their_order():
    assert placeholders("%(a)s of {b} 100%%") == placeholders("{b} 中的 %(a)s")
    assert placeholders("%(a)s") != placeholders("%(b)s")


def test_an_update_keeps_what_is_translated_and_marks_what_is_not_used():
    known = catalogue(entry("Save", "保存"), entry("Gone", "没了"), entry("Empty"))

    update(known, {(None, "Save", ""): ["a.py"], (None, "New", ""): ["b.py"]}, prune=False)

    assert [(e.msgid, e.msgstr, bool(e.obsolete)) for e in known] == [
        ("New", "", False), ("Save", "保存", False), ("Gone", "没了", True),
    ]  # fmt: skip


def test_a_text_that_returns_is_used_again():
    known = catalogue(entry("Save", "保存", obsolete=True))

    update(known, {(None, "Save", ""): ["a.py"]}, prune=False)

    assert [(e.msgid, e.msgstr, bool(e.obsolete)) for e in known] == [("Save", "保存", False)]


FIXED_WORDS = {
    "Awaiting payment": "待付款", "To review": "待审核", "On hold": "已挂起", "Picking": "拣货中",
    "Ready to ship": "待发货", "Packed": "已打包", "Shipped": "已发货", "Partly shipped": "部分发货",
    "Delivered": "已签收", "Done": "已完成", "Cancelled": "已取消", "Short": "缺货", "Returns": "售后",
    "Approve": "审核通过", "Reject": "驳回", "Hold": "挂起", "Release": "解除", "Merge": "合并",
    "Split": "拆分", "Wave": "波次", "Label": "面单", "Waybill no.": "运单号", "Reprint": "补打",
    "Available": "可用", "Reserved": "占用", "Incoming": "在途", "Back-order": "欠货单",
    "Hand over": "交接", "Exception": "异常", "Finance review": "待财审", "Shadow": "影子",
}  # fmt: skip


def test_the_fixed_words_are_the_same_everywhere():
    entries = [e for e in polib.pofile(str(CATALOGUE)) if not e.obsolete and not e.msgctxt]
    chinese = {e.msgid: e.msgstr for e in entries}

    used = {word: chinese[word] for word in FIXED_WORDS if chinese.get(word)}
    assert used == {word: FIXED_WORDS[word] for word in used}
    assert len(used) >= 10


HAN = r"[\u4e00-\u9fff]"
UNWANTED = {
    "begging and blaming words": "请(?!求)|您|抱歉|无效|非法",
    "full-width letters and digits": r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]",
    "half-width punctuation between Chinese": f"{HAN}[,;:?!]{HAN}?|{HAN}[(]|[)]{HAN}",
    "blanks beside Chinese": f"{HAN} [A-Za-z0-9%]|[A-Za-z0-9)] {HAN}",
}


@pytest.mark.parametrize("pattern", UNWANTED.values(), ids=UNWANTED.keys())
def test_the_chinese_keeps_to_the_house_style(pattern):
    texts = [
        text for e in polib.pofile(str(CATALOGUE)) for text in (e.msgstr, *e.msgstr_plural.values())
    ]

    assert [text for text in texts if re.search(pattern, text)] == []


def test_the_catalogue_lies_where_django_looks():
    assert CATALOGUE.is_relative_to(ROOT / "locale")
