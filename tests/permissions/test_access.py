import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from oms.access import allowed, public


@allowed("orders.place_order")
def _page(request):
    return HttpResponse("in")


def _request(user, method="get", **headers):
    request = getattr(RequestFactory(), method)("/orders/?tab=all", headers=headers)
    request.user = user
    return request


def test_somebody_unknown_goes_to_the_log_in_page_and_comes_back():
    response = _page(_request(AnonymousUser()))

    assert response.status_code == 302
    assert response["Location"] == "/login/?next=/orders/%3Ftab%3Dall"


def test_after_a_refused_post_the_log_in_page_leads_home():
    response = _page(_request(AnonymousUser(), "post"))

    assert response["Location"] == "/login/?next=/"


def test_a_fragment_of_a_page_sends_the_whole_page_to_log_in():
    response = _page(_request(AnonymousUser(), **{"HX-Request": "true"}))

    assert response.status_code == 204
    assert response["HX-Redirect"] == "/login/?next=/"


def test_the_permission_lets_in(clerk):
    assert _page(_request(clerk)).content == b"in"


def test_without_the_permission_the_view_is_forbidden(packer):
    with pytest.raises(PermissionDenied):
        _page(_request(packer))


def test_the_decision_can_be_read_off_the_view():
    assert _page.permissions == ("orders.place_order",)
    assert public(lambda request: None).permissions is None
