"""Pages with a finding, for the tests of the gate."""

from __future__ import annotations

from typing import Any

from articles.models import ArticlePage
from home.findings import Finding, findings_of
from tests.factories import ArticlePageFactory, PortalFixture, stream

# A rule that refuses and that somebody may answer for.
RULE = "wording.homophones_of_law"
SLIP = "人民调节"
SENTENCE = f"石桥镇有{SLIP}委员会。"
RIGHT = "石桥镇有人民调解委员会。"


def draft(fixture: PortalFixture, text: str = SENTENCE, **values: Any) -> ArticlePage:
    """A draft with its revision, as the editor leaves it."""
    page = ArticlePageFactory(
        parent=fixture.column,
        live=False,
        first_published_at=None,
        last_published_at=None,
        body_zh_hans=stream(("text", f"<p>{text}</p>")),
        **values,
    )
    page.save_revision()
    return ArticlePage.objects.get(pk=page.pk)


def blocking(page: ArticlePage) -> list[Finding]:
    return [one for one in findings_of(page) if one.is_blocking]
