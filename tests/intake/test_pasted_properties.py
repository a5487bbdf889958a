"""What holds for every text that somebody may paste."""

from hypothesis import given, settings
from hypothesis import strategies as st

from orders.intake.pasted.parse import LONGEST, parse
from orders.intake.pasted.sheet import Kind

PIECES = (
    "张三", "欧阳修远", "杭州晨光贸易有限公司", "浙江省", "杭州市", "杭州", "西湖区", "北京", "朝阳", "重庆市", "县",
    "云阳县", "恩施", "义乌市", "文三路1号", "3楼", "13800000000", "０571-88888888", "+86", "-", "转1234", "310012",
    "收货人：", "电话", "地址:", "昵称:", "，", " ", "\n", "\r\n", "/", "(", ")", "收", "·", "中国",
    "请放门卫", "\x00", "\u202d", "😀", "㈱", "ﬁ", "a", "9",
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
)
WORDS = st.text(alphabet="张王文三路号室浙江杭州，。 \nab", max_size=30)


@given(TEXTS)
def test_every_character_lands_in_exactly_one_part(text: str):
    found = parse(text)

    assert "".join(part.text for part in found.parts) == text


@given(TEXTS)
def test_a_field_has_a_value_if_and_only_if_the_text_gave_it_one(text: str):
    found = parse(text)

    kinds = {part.kind for part in found.parts}
    for kind in (Kind.STREET, Kind.NAME, Kind.PHONE, Kind.POSTCODE):
        assert bool(getattr(found, kind)) == (kind in kinds)


@given(WORDS, WORDS)
def test_a_mobile_number_is_found_wherever_it_stands(before: str, after: str):
    assert parse(f"{before}13812345678{after}").phone == "13812345678"


@given(TEXTS)
def test_what_is_passed_over_holds_nothing_but_labels_and_punctuation(text: str):
    passed = "".join(part.text for part in parse(text).parts if part.kind == Kind.BETWEEN)

    for name in ("张三", "杭州", "文三路", "13800000000", "请放门卫", "😀"):
        assert name not in passed


@settings(deadline=None, max_examples=30)
@given(st.sampled_from(PIECES), st.integers(1, LONGEST))
def test_the_same_piece_many_times_is_no_trouble(piece: str, times: int):
    text = (piece * times)[:LONGEST]

    assert "".join(part.text for part in parse(text).parts) == text
