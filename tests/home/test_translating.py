"""The words of public pages: as Django says them, remembered per language."""

from __future__ import annotations

import pytest
from django.utils import translation
from django.utils.translation import trans_real
from markupsafe import Markup

from home.wording.translating import gettext, markup, pgettext
from publishing.environment import say

CONTEXT = ("language of the interface", "zh-hans")


@pytest.mark.parametrize("language", ["zh-hans", "en", "zh-hant", "ug"])
def test_words_are_those_of_django(language: str) -> None:
    with translation.override(language):
        for _time in range(2):
            assert gettext("首页") == translation.gettext("首页")
            assert pgettext(*CONTEXT) == translation.pgettext(*CONTEXT)


def test_languages_are_kept_apart() -> None:
    with translation.override("zh-hans"):
        assert gettext("首页") == "首页"
    with translation.override("en"):
        assert gettext("首页") == "Home"


def test_catalogs_that_are_read_again_are_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with translation.override("en"):
        gettext("首页")
    monkeypatch.setattr(trans_real, "_translations", {})
    with translation.override("en"):
        trans_real.catalog()._catalog._catalogs[0]["首页"] = "Start"
        assert gettext("首页") == "Start"


def test_words_of_a_template_are_formatted_and_safe() -> None:
    with translation.override("zh-hans"):
        for _time in range(2):
            assert markup("100%%<br>") == Markup("100%<br>")
            assert say("%(name)s：", name="<b>") == Markup("&lt;b&gt;：")
