"""Every preset by name. A new one is a module here and a line below."""

from orders.intake.files.preset import Preset
from orders.intake.files.presets.amazon import AMAZON
from orders.intake.files.presets.douyin import DOUYIN
from orders.intake.files.presets.jd import JD
from orders.intake.files.presets.online_retail import ONLINE_RETAIL
from orders.intake.files.presets.own import OWN
from orders.intake.files.presets.pinduoduo import PINDUODUO
from orders.intake.files.presets.shopify import SHOPIFY
from orders.intake.files.presets.taobao import TAOBAO, TMALL
from orders.intake.files.presets.woocommerce import WOOCOMMERCE

PRESETS: dict[str, Preset] = {
    preset.name: preset
    for preset in (
        OWN, TAOBAO, TMALL, PINDUODUO, JD, DOUYIN, SHOPIFY, AMAZON, WOOCOMMERCE, ONLINE_RETAIL,
    )
}  # fmt: skip
