"""Official documents, their interpretations and the catalogue, made quickly."""

from __future__ import annotations

from datetime import date

import factory
from wagtail.test.utils.wagtail_factories import PageFactory

from articles.models import CataloguePage, InterpretationPage, PolicyDocumentPage
from tests.factories import PUBLISHED_AT, stream


class PolicyDocumentPageFactory(PageFactory):
    class Meta:
        model = PolicyDocumentPage

    title = ""
    slug = factory.Sequence(lambda number: f"wenjian-{number}")
    heading_zh_hans = factory.Sequence(lambda number: f"关于某事的通知 {number}")
    summary_zh_hans = "一句话的内容概述"
    body_zh_hans = stream(("text", "<p>各司法所：</p><p>现将有关事项通知如下。</p>"))
    written_on = date(2026, 4, 20)
    subject_class = "gongan-sifa"
    secrecy_reviewer = "审查人"
    secrecy_reviewed_on = date(2026, 4, 21)
    first_published_at = PUBLISHED_AT
    last_published_at = PUBLISHED_AT


class InterpretationPageFactory(PageFactory):
    """Needs ``document``, a public document of the same portal."""

    class Meta:
        model = InterpretationPage

    title = ""
    slug = factory.Sequence(lambda number: f"jiedu-{number}")
    heading_zh_hans = factory.Sequence(lambda number: f"大白话讲通知 {number}")
    summary_zh_hans = "给大家带来什么"
    body_zh_hans = stream(
        ("section", {"part": "background"}), ("text", "<p>为什么要发这个通知。</p>")
    )
    interpreter = "解读人"
    first_published_at = PUBLISHED_AT
    last_published_at = PUBLISHED_AT


class CataloguePageFactory(PageFactory):
    class Meta:
        model = CataloguePage

    title = ""
    slug = "mulu"
    heading_zh_hans = "政府信息公开目录"
    summary_zh_hans = "全部文件"
    first_published_at = PUBLISHED_AT
    last_published_at = PUBLISHED_AT
