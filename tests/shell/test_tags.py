import datetime as dt

from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone


class PhoneForm(forms.Form):
    phone = forms.CharField(help_text="11 digits", error_messages={"required": "Enter a number"})
    reason = forms.ChoiceField(choices=[("1", "One")])

    def clean(self) -> None:
        self.add_error(None, "Choose another day")


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_a_control_points_to_its_hint_and_its_error():
    field = render("{% control form.phone inputmode='tel' %}", form=PhoneForm({}))

    assert 'aria-describedby="id_phone_hint id_phone_error"' in field
    assert 'class="form-control is-invalid"' in field
    assert 'inputmode="tel"' in field
    assert 'aria-invalid="true"' in field


def test_a_choice_looks_like_a_choice():
    assert 'class="form-select"' in render("{% control form.reason %}", form=PhoneForm())


def test_the_summary_lists_every_error_and_leads_to_its_field():
    summary = render('{% include "parts/error_summary.html" %}', form=PhoneForm({"reason": "9"}))

    assert '<a href="#id_phone">Enter a number</a>' in summary
    assert "<li>Choose another day</li>" in summary
    assert "3 things to correct" in summary


def test_without_errors_there_is_no_summary():
    assert render('{% include "parts/error_summary.html" %}', form=PhoneForm()).strip() == ""


def test_a_query_keeps_what_is_not_changed():
    request = RequestFactory().get("/orders/?tab=all&q=张&after=9")

    link = render("{% with_query tab='short' after='' %}", request=request)

    assert link == "?q=%E5%BC%A0&amp;tab=short"


def test_text_from_people_is_escaped_everywhere():
    evil = "<script>alert(1)</script>"
    page = render(
        "{% status_tag evil %}{% tone_tag 'warn' evil %}{% icon 'x' evil %}{{ evil|masked_phone }}",
        evil=evil,
    )

    assert "<script>" not in page


def test_a_moment_carries_its_age():
    then = timezone.now() - dt.timedelta(hours=3, minutes=1)

    assert 'title="3\xa0hours ago"' in render("{{ then|dt }}", then=then)


def test_an_impossible_act_stays_visible_and_says_why():
    act = {"label": "Approve", "url": "/x/", "why_not": "already shipped"}

    button = render('{% include "parts/act_button.html" %}', act=act)

    assert "Approve" in button
    assert "already shipped" in button
    assert "<form" not in button
