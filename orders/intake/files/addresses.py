"""Places as exports write them: countries by name or code, Chinese addresses in one piece."""

import re

# English names (and what traders write) → ISO 3166. What is not here is kept as text, never guessed.
COUNTRIES: dict[str, str] = {
    "australia": "AU", "austria": "AT", "bahrain": "BH", "belgium": "BE", "brazil": "BR", "canada": "CA",
    "china": "CN", "cyprus": "CY", "czech republic": "CZ", "denmark": "DK", "eire": "IE", "finland": "FI",
    "france": "FR", "germany": "DE", "greece": "GR", "hong kong": "HK", "iceland": "IS", "india": "IN",
    "ireland": "IE", "israel": "IL", "italy": "IT", "japan": "JP", "lebanon": "LB", "lithuania": "LT",
    "luxembourg": "LU", "macau": "MO", "malaysia": "MY", "malta": "MT", "mexico": "MX", "netherlands": "NL",
    "new zealand": "NZ", "norway": "NO", "poland": "PL", "portugal": "PT", "rsa": "ZA", "russia": "RU",
    "saudi arabia": "SA", "singapore": "SG", "south africa": "ZA", "south korea": "KR", "spain": "ES",
    "sweden": "SE", "switzerland": "CH", "taiwan": "TW", "thailand": "TH", "turkey": "TR", "uk": "GB",
    "united arab emirates": "AE", "united kingdom": "GB", "united states": "US", "usa": "US", "vietnam": "VN",
    "中国": "CN", "中国大陆": "CN", "中国香港": "HK", "中国台湾": "TW", "中国澳门": "MO", "美国": "US", "日本": "JP",
}  # fmt: skip

_CODE = re.compile(r"[A-Z]{2}")
_MUNICIPALITIES = ("北京", "上海", "天津", "重庆")
_CHINESE = re.compile(
    r"(?P<province>(?:北京|上海|天津|重庆)市?|内蒙古自治区?|广西(?:壮族自治区)?|西藏(?:自治区)?|宁夏(?:回族自治区)?"
    r"|新疆(?:维吾尔自治区)?|[\u4e00-\u9fff]{2,3}省|(?:香港|澳门)特别行政区)\s*"
    r"(?P<city>[\u4e00-\u9fff]{2,10}?(?:自治州|地区|盟|市))?\s*"
    r"(?P<district>[\u4e00-\u9fff]{1,12}?(?:区|县|旗|市))?\s*(?P<street>.*)",
    re.DOTALL,
)
_POSTCODE = re.compile(r"[(（]\s*(\d{6})\s*[)）]\s*$")


def country_code(name: str) -> str:
    """The ISO code of a country's name or code; "" when it is neither."""
    text = name.strip()
    if _CODE.fullmatch(text.upper()) and text.upper() != "UK":
        return text.upper()
    return COUNTRIES.get(text.lower(), "")


def split_address(text: str) -> tuple[str, str, str, str, str]:
    """A Chinese address as (province, city, district, street, postcode); what is not recognised stays in the street."""
    postcode = _POSTCODE.search(text)
    rest = text[: postcode.start()] if postcode else text
    rest = rest.strip().removeprefix("中国").strip()
    match = _CHINESE.match(rest)
    found = postcode[1] if postcode else ""
    if match is None or not match["street"].strip():
        return "", "", "", rest, found
    province, city, district = (match[part] or "" for part in ("province", "city", "district"))
    if (
        province.startswith(_MUNICIPALITIES)
        and city.endswith("市")
        and not city.startswith(province[:2])
    ):
        city, district = "", district or city
    return province, city or _own_city(province), district, match["street"].strip(), found


def _own_city(province: str) -> str:
    """Beijing, Shanghai, Tianjin and Chongqing are their own city."""
    return f"{province.removesuffix('市')}市" if province.startswith(_MUNICIPALITIES) else ""
