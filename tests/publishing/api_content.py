"""Content for the tests of the API, and a client that holds every answer to the contract."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client
from openapi_core import Config, OpenAPI
from openapi_core.contrib.django import DjangoOpenAPIRequest, DjangoOpenAPIResponse
from wagtail.models import PageViewRestriction

from articles.models import ArticlePage
from home.models import Portal
from media.models import Consent, PortalDocument, PortalImage
from publishing.api.problems import CONTENT_TYPE
from publishing.api.schema import document
from statutes.importing import ImportOptions, import_files
from statutes.models import Statute
from statutes.register import DATA
from statutes.sources import read_sources
from tests.factories import (
    ArticlePageFactory,
    PortalFixture,
    TwoPortals,
    make_portal,
    stream,
)
from tests.media import samples
from tests.media.factories import PortalDocumentFactory, PortalImageFactory

DRAFT, PRIVATE, FOREIGN = "草稿记号", "不公开记号", "白河记号"
CITED = "《云岭市农村法治宣传教育条例》第二条"


@lru_cache(maxsize=1)
def contract() -> OpenAPI:
    config = Config(extra_media_type_deserializers={CONTENT_TYPE: json.loads})
    return OpenAPI.from_dict(
        {**document(), "servers": [{"url": "/api/v2"}]}, config=config
    )


@dataclass(slots=True)
class ApiClient:
    """Asks one portal; an answer that is not as the contract says is an error."""

    client: Client
    host: str

    def get(self, path: str, **options: Any) -> Any:
        address = path if path.startswith("/") else f"/api/v2/{path}"
        headers = {"host": self.host, **options.pop("headers", {})}
        response = self.client.get(address, headers=headers, **options)
        if response.status_code != 304:
            contract().validate_response(
                DjangoOpenAPIRequest(response.wsgi_request),
                DjangoOpenAPIResponse(response),
            )
        return response

    def json(self, path: str) -> Any:
        response = self.get(path)
        assert response.status_code == 200, response.content.decode()
        return response.json()

    def problem(self, path: str, status: int) -> dict[str, Any]:
        response = self.get(path)
        assert response.status_code == status, response.content.decode()
        assert response["Content-Type"] == "application/problem+json"
        return dict(response.json())


@dataclass(slots=True)
class Library:
    """What stands in ``qingshan`` besides the two pages of the factory."""

    prefecture: Portal
    statute: Statute
    picture: PortalImage
    attachment: PortalDocument
    rich: ArticlePage
    hidden_pages: list[ArticlePage]
    hidden_pictures: list[PortalImage]
    hidden_attachments: list[PortalDocument]


def add_library(two: TwoPortals) -> Library:
    """A prefecture with its regulation, a page with every block, and what is hidden."""
    own = two.qingshan
    prefecture = make_portal("yunling", "云岭市", "000001", level="prefecture")
    own.portal.parent = prefecture
    own.portal.save()
    import_files(read_sources([DATA / "demo"]), ImportOptions(portal=prefecture))
    picture = _picture(own.portal)
    attachment = PortalDocumentFactory(
        title="欠薪投诉表", collection=own.portal.collection
    )
    rich = _rich_article(own, picture, attachment)
    _fill_home(own)
    return Library(
        prefecture=prefecture,
        statute=Statute.objects.get(portal=prefecture),
        picture=picture,
        attachment=attachment,
        rich=rich,
        **_hide(two),
    )


def _picture(portal: Portal, **values: Any) -> PortalImage:
    found: PortalImage = PortalImageFactory(
        collection=portal.collection, with_renditions=True, **values
    )
    return found


def _rich_article(
    own: PortalFixture, picture: PortalImage, attachment: PortalDocument
) -> ArticlePage:
    video = PortalDocumentFactory(
        title="宣讲",
        file=ContentFile(samples.mp4(), "xuanjiang.mp4"),
        collection=own.portal.collection,
    )
    blocks = [
        (
            "text",
            f'<p>见{CITED}和<a linktype="page" id="{own.article.pk}">这里</a>。</p>',
        ),
        ("heading", {"text": "怎么办", "level": "h3"}),
        ("picture", {"image": picture.pk, "caption": "村口"}),
        ("attachment", {"document": attachment.pk, "title": ""}),
        ("gallery", {"pictures": [{"image": picture.pk, "caption": "村口"}] * 2}),
        (
            "video",
            {"title": "宣讲", "video": video.pk, "transcript": "先投诉，再仲裁。"},
        ),
        ("contact", {"name": "法律援助中心", "phone": "12348", "hours": "每天"}),
        ("quote", {"text": "有理走遍天下。", "source": "老话"}),
        ("table", {"data": [["事", "找谁"], ["欠薪", "人社局"]]}),
        ("alert", {"kind": "deadline", "text": "<p>一年之内。</p>"}),
        ("citation", CITED),
        ("citation", "《民法典》第一千零四十六条"),
        ("question_link", own.question.pk),
    ]
    page: ArticlePage = ArticlePageFactory(
        parent=own.column,
        slug="quanbu",
        heading_zh_hans="每种内容都有的文章",
        body_zh_hans=stream(*blocks),
        cover=picture,
        reprint_source="法治日报",
        reprint_url="https://news.example.com/1",
        original_date="2026-03-01",
    )
    return page


def _fill_home(own: PortalFixture) -> None:
    home = own.home.specific
    home.body_zh_hans = stream(
        ("notice", {"text": "放假通知", "page": own.article.pk}),
        ("top_tasks", {"items": [_task(phone="12348"), _task(page=own.question.pk)]}),
        ("questions_by_topic", {"heading": "常问", "topics": ["qianxin"], "count": 2}),
        ("latest", {"heading": "最新", "column": own.column.pk, "count": 2}),
        ("links", {"heading": "网站", "items": _links()}),
    )
    home.save()


def _task(**target: Any) -> dict[str, Any]:
    return {"label": "要工钱", "hint": "", "icon": "wage", **target}


def _links() -> list[dict[str, str]]:
    return [
        {"label": "司法部", "url": "https://www.moj.gov.cn/"},
        {"label": "法治网", "url": "https://www.example.com/"},
    ]


def _hide(two: TwoPortals) -> dict[str, list[Any]]:
    """Pages, pictures and files that no answer to ``qingshan`` may hold."""
    own, other = two.qingshan, two.baihe
    only_in_draft = _picture(own.portal, alt_text_zh_hans=DRAFT)
    withdrawn = _picture(own.portal, alt_text_zh_hans=PRIVATE)
    of_other = _picture(other.portal, alt_text_zh_hans=FOREIGN)
    draft_file = PortalDocumentFactory(title=DRAFT, collection=own.portal.collection)
    other_file = PortalDocumentFactory(
        title=FOREIGN, collection=other.portal.collection
    )
    draft = _article(own, DRAFT, only_in_draft, draft_file, live=False)
    private = _article(own, PRIVATE, withdrawn, None)
    PageViewRestriction.objects.create(
        page=private, restriction_type=PageViewRestriction.LOGIN
    )
    _article(other, FOREIGN, of_other, other_file)
    _article(own, "同意书收回的图", withdrawn, None)
    # Somebody in the picture takes back their consent when the page is long public.
    withdrawn.consent = Consent.UNCLEAR
    withdrawn.save()
    # A live page of ours that somebody has begun to change.
    own.article.heading_zh_hans = f"{own.marker}{DRAFT}"
    own.article.save_revision()
    own.article.refresh_from_db()
    return {
        "hidden_pages": [draft, private],
        "hidden_pictures": [only_in_draft, withdrawn, of_other],
        "hidden_attachments": [draft_file, other_file],
    }


def _article(
    place: PortalFixture,
    marker: str,
    picture: PortalImage,
    attachment: PortalDocument | None,
    **values: Any,
) -> ArticlePage:
    blocks: list[tuple[str, Any]] = [
        ("text", f"<p>{marker}，{CITED}</p>"),
        ("picture", {"image": picture.pk, "caption": marker}),
    ]
    if attachment is not None:
        blocks.append(("attachment", {"document": attachment.pk, "title": marker}))
    page: ArticlePage = ArticlePageFactory(
        parent=place.column,
        heading_zh_hans=f"{marker}文章",
        summary_zh_hans=marker,
        body_zh_hans=stream(*blocks),
        topics=list(place.article.topics.all()),
        **values,
    )
    return page
