import pytest
from django.template import Context, Template

from oms.icons import UnknownIconError, icon_markup
from oms.status import SHAPES, STATUS, different_looks, status_look
from orders.fulfilment.models import ShipmentStatus
from orders.states import OrderStatus


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize("status", list(OrderStatus))
def test_each_order_status_has_a_look_and_its_own_word(status):
    assert STATUS[status].word == status.label


@pytest.mark.parametrize("status", list(ShipmentStatus))
def test_each_shipment_status_has_a_look_and_its_own_word(status):
    assert STATUS[status].word == status.label


def test_a_tag_says_its_status_by_shape_and_word():
    tag = render('{% status_tag "on_hold" %}')

    assert '<span class="st st-warn">' in tag
    assert icon_markup("st-triangle") in tag
    assert tag.endswith("On hold</span>")


def test_an_unknown_status_is_shown_under_its_own_name():
    assert status_look("lost_at_sea").word == "lost at sea"


def test_every_shape_is_drawn():
    assert all(icon_markup(shape) for shape in SHAPES.values())


def test_a_misspelt_icon_is_an_error():
    with pytest.raises(UnknownIconError):
        icon_markup("no-such-icon")


def test_the_legend_shows_every_word_once():
    words = [str(status_look(status).word) for status in different_looks()]

    assert len(words) == len(set(words)) == len({str(look.word) for look in STATUS.values()})
