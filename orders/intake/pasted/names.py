"""Which piece of the text is the recipient's name: a person's, a company's, a foreign one's."""

import re

from orders.intake.pasted.sheet import Kind, Sheet

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦"
    "昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹"
    "姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐"
    "邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁"
    "荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武"
    "符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴鬱胥能苍双闻莘党翟谭贡劳逄姬申扶堵"
    "冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿"
    "满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红"
    "游竺权逯盖益桓公仉督岳帅缑亢况有琴商佘佴伯赏墨哈谯笪年爱阳佟言福闫肖代覃付涂邸苟展修仝"
)
_DOUBLE = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|夏侯|令狐|宇文|长孙|端木|南宫|独孤"
SURNAME = rf"(?:{_DOUBLE}|[{_SURNAMES}])"
_TITLE = r"(?:先生|女士|小姐|老师|经理|同学|师傅|总)"
_PERSON = re.compile(rf"{SURNAME}[\u4e00-\u9fff]{{1,2}}{_TITLE}?|{SURNAME}{_TITLE}")
_FULL_PERSON = re.compile(r"[\u4e00-\u9fff]{2,10}(?:[·•・][\u4e00-\u9fff]{2,10}){1,2}")
_WORD = re.compile(r"[\u4e00-\u9fff]{2,4}")
_LATIN = re.compile(r"[^\W\d_][^\W\d_.'\u2019-]*(?: [^\W\d_][^\W\d_.'\u2019-]*){0,3}")
_HAN = re.compile(r"[\u3400-\u9fff]")
COMPANY = re.compile(
    r".{2,28}(?:公司|集团|工作室|事务所|商行|经营部|医院|学校|大学|中学|小学|幼儿园|厂|店|超市|银行)"
)
ADDRESSED = re.compile(
    r"\d{1,4}(?!\d)|.*(?:[路街巷弄号栋幢楼室村镇乡苑座层组院门口侧面边厅旁区县市省]|单元|花园|大厦|广场|公寓|街道|大道)$"
)
_RECEIVED = re.compile(r"(?<=[\u4e00-\u9fff]{2})\(?(?:亲收|收)\)?$|\[\d{1,6}\]$")
_GLUED = re.compile(rf".*[号室楼栋幢层座户元铺院\d](?P<name>{SURNAME}[\u4e00-\u9fff]{{1,2}})")
ENOUGH = 20

Span = tuple[int, int]


def mark_name(sheet: Sheet, place_end: int) -> str:
    """Take the piece that is most likely the name; returns it, or "" when none is likely."""
    spans = [span for span in _candidates(sheet) if span[0] != place_end]
    # Of two equally likely ones the longer: Anna Müller, not Müller.
    best = max(spans, key=lambda span: (_likelihood(sheet, span), span[1] - span[0]), default=None)
    if best is None or _likelihood(sheet, best) < ENOUGH:
        best = _glued(sheet)
    if best is None:
        return ""
    sheet.mark(*best, Kind.NAME)
    return " ".join(sheet.text[slice(*best)].split())


def _candidates(sheet: Sheet) -> list[Span]:
    """Every free piece, and several Latin words in a row as one."""
    tokens = [_without_received(sheet, span) for span in sheet.tokens()]
    text = sheet.open()
    runs = [match.span() for match in _LATIN.finditer(text) if " " in match[0]]
    return tokens + [span for span in runs if not _HAN.search(text[slice(*span)])]


def _without_received(sheet: Sheet, span: Span) -> Span:
    """Without 收 or (收) behind a name, the number of a relay phone (张三[1234]), brackets around it."""
    text = sheet.folded[slice(*span)]
    if text.startswith("(") and text.endswith(")") and _PERSON.fullmatch(text[1:-1]):
        return span[0] + 1, span[1] - 1
    behind = _RECEIVED.search(text)
    if behind and _PERSON.fullmatch(text[: behind.start()]):
        sheet.mark(span[0] + behind.start(), span[1], Kind.BETWEEN)
        return span[0], span[0] + behind.start()
    return span


def _likelihood(sheet: Sheet, span: Span) -> int:
    text = sheet.folded[slice(*span)]
    points = _looks(text)
    if not points:
        return 0
    phone, province = sheet.span_of(Kind.PHONE), _first_of_place(sheet)
    if phone and (sheet.is_gap(span[1], phone[0]) or sheet.is_gap(phone[1], span[0])):
        points += 6
    if province >= 0 and span[1] <= province:
        points += 5
    return points


def _looks(text: str) -> int:
    if COMPANY.fullmatch(text):
        return 15
    if ADDRESSED.match(text):
        return 0
    if _PERSON.fullmatch(text) or _FULL_PERSON.fullmatch(text):
        return 30
    is_plausible = _WORD.fullmatch(text) or (_LATIN.fullmatch(text) and len(text) > 1)
    return 15 if is_plausible else 0


def _first_of_place(sheet: Sheet) -> int:
    spans = (sheet.span_of(kind) for kind in (Kind.PROVINCE, Kind.CITY, Kind.DISTRICT))
    return min((span[0] for span in spans if span), default=-1)


def _glued(sheet: Sheet) -> Span | None:
    """A name right behind a house number, before the phone or at the end: 文三路1号张三13800000000."""
    phone = sheet.span_of(Kind.PHONE)
    for start, end in sheet.tokens():
        match = _GLUED.fullmatch(sheet.folded, start, end)
        is_last = end == len(sheet.text) or (phone is not None and end == phone[0])
        if match and is_last and not ADDRESSED.match(match["name"]):
            return match.span("name")
    return None
