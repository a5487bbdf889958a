"""From what was shown back to the text in the sources."""

import pytest
from django.utils import translation

from oms.shown_errors.words import source_words, spoken


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_text_is_found_in_any_language_and_with_any_value(language):
    with translation.override(language):
        template = translation.gettext("Shorten this to %d characters.")

    for text in (template, template % 80, template % 8000):
        assert source_words(text) == "Shorten this to %d characters."


def test_a_plural_is_its_singular():
    found = source_words("5 fields are wrong; nothing was written.")

    assert found == "%d field is wrong; nothing was written."


@pytest.mark.parametrize("text", ["", "张伟", "13800138001", "a: b", "1 of 2", "No text of ours"])
def test_a_text_that_is_not_ours_has_no_words(text):
    assert source_words(text) == ""


def test_a_reader_gets_the_text_in_their_language():
    with translation.override("zh-hans"):
        assert spoken("Fill this in.") != "Fill this in."
        assert (
            spoken("%d field is wrong; nothing was written.")
            == "有%d个字段不对；没有写入任何内容。"
        )
    assert spoken("") == ""
