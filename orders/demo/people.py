"""Customers of the demo company: invented names, addresses and telephone numbers."""

from dataclasses import dataclass
from random import Random

from orders.intake.draft import CustomerDraft, ShipTo

INVENTED = 1800
_COMPANIES = 0.06

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡"
)
_GIVEN = (
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "洋", "艳", "勇", "杰", "娟", "涛", "明", "超", "霞",
    "平", "刚", "桂英", "建华", "文", "玲", "建国", "玉兰", "红梅", "晓东", "海燕", "雪", "梅", "佳怡", "子涵",
    "梓轩", "欣怡", "浩然", "雨桐", "诗涵", "宇航", "思远", "若曦", "俊杰", "晨曦", "一诺", "可欣", "嘉豪", "雅婷",
    "志强", "美玲", "天宇", "春燕", "国栋", "秀英", "立新", "晓雯", "沛然", "知夏", "予安", "清和", "书瑶", "景行",
    "望舒", "怀瑾",
)  # fmt: skip
_TRADES = ("文化", "茶业", "餐饮管理", "酒店管理", "家居", "设计", "教育咨询", "商贸")
_BRANDS = (
    "云栖",
    "知味",
    "半山",
    "清和",
    "拾光",
    "竹里",
    "南风",
    "一方",
    "归园",
    "松间",
    "望川",
    "问茶",
)

# province, city, districts, postcode, how many of our customers live there
_CITIES: tuple[tuple[str, str, str, str, int], ...] = (
    ("浙江省", "杭州市", "西湖区 上城区 拱墅区 滨江区 余杭区", "310000", 14),
    ("浙江省", "宁波市", "海曙区 鄞州区 江北区", "315000", 5),
    ("浙江省", "温州市", "鹿城区 瓯海区", "325000", 3),
    ("上海市", "上海市", "徐汇区 静安区 浦东新区 杨浦区 闵行区", "200000", 14),
    ("江苏省", "南京市", "鼓楼区 玄武区 建邺区 江宁区", "210000", 8),
    ("江苏省", "苏州市", "姑苏区 吴中区 相城区", "215000", 7),
    ("广东省", "广州市", "天河区 越秀区 海珠区 番禺区", "510000", 11),
    ("广东省", "深圳市", "南山区 福田区 龙岗区 宝安区", "518000", 11),
    ("广东省", "佛山市", "禅城区 顺德区 南海区", "528000", 4),
    ("北京市", "北京市", "朝阳区 海淀区 东城区 丰台区 通州区", "100000", 12),
    ("四川省", "成都市", "锦江区 武侯区 青羊区 高新区", "610000", 9),
    ("重庆市", "重庆市", "渝中区 江北区 南岸区", "400000", 5),
    ("湖北省", "武汉市", "武昌区 洪山区 江汉区", "430000", 6),
    ("湖南省", "长沙市", "岳麓区 芙蓉区 雨花区", "410000", 5),
    ("福建省", "厦门市", "思明区 湖里区", "361000", 4),
    ("福建省", "福州市", "鼓楼区 台江区", "350000", 3),
    ("山东省", "青岛市", "市南区 崂山区", "266000", 4),
    ("山东省", "济南市", "历下区 市中区", "250000", 3),
    ("陕西省", "西安市", "雁塔区 碑林区 未央区", "710000", 5),
    ("河南省", "郑州市", "金水区 二七区", "450000", 4),
    ("辽宁省", "大连市", "中山区 沙河口区", "116000", 2),
    ("云南省", "昆明市", "五华区 盘龙区", "650000", 2),
    ("内蒙古自治区", "呼和浩特市", "新城区 赛罕区", "010000", 1),
)  # fmt: skip
_STREETS = (
    "文三路",
    "解放路",
    "人民路",
    "中山路",
    "建设路",
    "学院路",
    "长江路",
    "新华路",
    "和平街",
    "花园路",
    "滨河路",
    "桂花巷",
)
_ESTATES = ("翠苑", "阳光花园", "锦绣家园", "江南里", "书香苑", "湖畔居", "金色时代", "云水居")
# Number ranges long used in examples, not given to subscribers as a rule.
_PHONES = [f"{head}{tail:03d}" for head in ("13800138", "13900139") for tail in range(1000)]


@dataclass(frozen=True, slots=True)
class Person:
    """A customer, where their parcels go, and how eagerly they buy (a weight)."""

    customer: CustomerDraft
    ship_to: ShipTo
    eagerness: float
    is_company: bool


def invent_people(rng: Random) -> list[Person]:
    """Those who may buy: a few often, most once or twice, some never in the three months."""
    phones = rng.sample(_PHONES, INVENTED)
    return [_invent(rng, phone, number) for number, phone in enumerate(phones)]


def _invent(rng: Random, phone: str, number: int) -> Person:
    name = rng.choice(_SURNAMES) + rng.choice(_GIVEN)
    province, city, districts, postcode, _share = rng.choices(
        _CITIES, weights=[row[-1] for row in _CITIES]
    )[0]
    street = f"{rng.choice(_STREETS)} {rng.randint(1, 399)} 号"
    is_company = rng.random() < _COMPANIES
    company = f"{city[:2]}{rng.choice(_BRANDS)}{rng.choice(_TRADES)}有限公司"
    if is_company:
        street += f" {rng.randint(2, 28)} 楼"
    else:
        street += f" {rng.choice(_ESTATES)} {rng.randint(1, 30)} 幢 {rng.randint(1, 25)}{rng.randint(1, 4):02d} 室"
    return Person(
        CustomerDraft(
            name=company if is_company else name, phone=phone, external_no=f"U{100000 + number}"
        ),
        ShipTo(name, phone, "CN", province, city, rng.choice(districts.split()), street, postcode),
        min(rng.paretovariate(1.6), 15) * (2 if is_company else 1),
        is_company,
    )
