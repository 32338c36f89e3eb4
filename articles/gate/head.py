"""What the head tags of a page want and the page does not give (checklist 2.3)."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext

from articles.citing import CitingPage
from home.findings import Finding, Place, Severity
from home.languages import localized, translated_fields
from home.models import BasePage, Portal
from home.portals.states import missing_for_readers

DESCRIPTION, KEYWORDS = "head.description", "head.keywords"
IDENTITY = "head.identity"
IDENTITY_SOURCE = (
    "《政府网站发展指引》（国办发〔2017〕47号）：网站标签，页面底部的主办单位、备案号等"
)
SOURCE = (
    "《政府网站发展指引》（国办发〔2017〕47号）附件：网页标签 Description、Keywords"
)
# What a list and a search engine show of the page, by kind; of others, ``summary``.
_DESCRIBED_BY = {"question": "answer"}


def identity_findings(portal: Portal) -> Iterator[Finding]:
    """What every page of the portal has to say of it and cannot (checklist 2 and 3.1);
    nothing refuses a portal that is not online yet."""
    is_online = portal.state == Portal.State.ONLINE
    severity = Severity.BLOCKING if is_online else Severity.HINT
    for sentence in missing_for_readers(portal):
        yield Finding(IDENTITY, severity, sentence, source=IDENTITY_SOURCE)


def head_findings(page: BasePage) -> Iterator[Finding]:
    """In the main language; the other languages fall back to it."""
    name = _DESCRIBED_BY.get(page.kind, page.summary_field)
    language = settings.LANGUAGE_CODE
    if name in translated_fields(type(page)):
        if not str(page.text(name, language)).strip():
            text = gettext(
                "还没有填写“%(field)s”：列表和搜索引擎（Description）会是空的。"
            )
            label = str(page._meta.get_field(name).verbose_name)
            yield Finding(
                DESCRIPTION,
                Severity.HINT,
                text % {"field": label},
                Place(localized(name, language), (), language, f"“{label}”"),
                source=SOURCE,
            )
    if isinstance(page, CitingPage) and page.pk and not page.topics.all():
        text = gettext("还没有勾选主题：网页的关键词（Keywords）会是空的。")
        yield Finding(KEYWORDS, Severity.HINT, text, Place("topics"), source=SOURCE)
