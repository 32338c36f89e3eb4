"""Pages and form data for the tests of the page tree."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from articles.models import ArticlePage, QuestionPage
from home.models import ColumnPage, HomePage
from media.models import PortalImage

CITATION = "《民法典》第一千零四十六条"


def picture(portal: Any, **values: Any) -> PortalImage:
    """A row of the picture library, with no file behind it: nothing here opens one."""
    values = {
        "title": "现场",
        "alt_text_zh_hans": "调解员在院坝里听两户村民说话",
        "consent": "nobody",
        **values,
    }
    image = PortalImage(
        file="original_images/none.jpg",
        width=10,
        height=10,
        collection=portal.collection,
        **values,
    )
    PortalImage.objects.bulk_create([image])
    return PortalImage.objects.latest("pk")


def body_data(*blocks: tuple[str, Any]) -> dict[str, Any]:
    """A stream as the edit form posts it; texts go through ``rich_text``."""
    return streamfield(
        [
            (kind, rich_text(value) if kind == "text" else value)
            for kind, value in blocks
        ]
    )


def form_data(model: type[Page], **values: Any) -> dict[str, str]:
    """What the browser sends for a page of this type; English is left empty."""
    data: dict[str, Any] = {
        "slug": "",
        "comments": {
            "TOTAL_FORMS": 0,
            "INITIAL_FORMS": 0,
            "MIN_NUM_FORMS": 0,
            "MAX_NUM_FORMS": "",
        },
        "heading_zh_hans": "标题",
    }
    if model is HomePage:
        data |= {"body_zh_hans": body_data(), "body_en": body_data()}
    if model is ColumnPage:
        data |= {
            "summary_zh_hans": "放什么",
            "keywords_zh_hans": "普法",
            "column_type": ColumnPage.ColumnType.NEWS,
        }
    if model is ArticlePage:
        data |= {
            "body_zh_hans": body_data(("text", "<p>正文</p>")),
            "body_en": body_data(),
        }
    if model is QuestionPage:
        data |= {
            "answer_zh_hans": "先投诉。",
            "area": "全国",
            "explanation_zh_hans": body_data(),
            "explanation_en": body_data(),
            "legal_basis": streamfield([("citation", CITATION)]),
            "related": streamfield([]),
        }
    return nested_form_data({**data, **values})


def create_address(model: type[Page], parent: Page) -> str:
    return reverse(
        "wagtailadmin_pages:add",
        args=[model._meta.app_label, model._meta.model_name, parent.pk],
    )


def create(client: Client, model: type[Page], parent: Page, **values: Any) -> Any:
    return client.post(create_address(model, parent), form_data(model, **values))


def edit(client: Client, page: Page, **values: Any) -> Any:
    return client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        form_data(page.specific_class, **values),
    )


def form_errors(response: Any) -> str:
    """Everything that a refused form says, fields and form alike."""
    form = response.context["form"]
    return " ".join(
        message for messages in form.errors.values() for message in messages
    )
