"""Publishing from the page form: problems are said first, and nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import streamfield

from articles.models import ArticlePage, QuestionPage
from home.forms import BasePageForm
from home.models import BasePage, ColumnPage, HomePage
from tests.factories import PortalFixture, TwoPortals, stream
from tests.home.pages import body_data, create, edit, form_data, form_errors, picture

pytestmark = pytest.mark.django_db

PUBLISH = {"action-publish": "1"}


def image(fixture: PortalFixture, **values: Any) -> int:
    return picture(fixture.portal, **values).pk


def undescribed(portals: TwoPortals) -> dict[str, Any]:
    block = {"image": image(portals.qingshan, alt_text_zh_hans=""), "caption": ""}
    return body_data(("text", "<p>写了很久的正文</p>"), ("picture", block))


def test_publishing_with_an_undescribed_picture_says_why_and_loses_nothing(
    editor: Client, portals: TwoPortals
) -> None:
    response = create(
        editor,
        ArticlePage,
        portals.qingshan.column,
        heading_zh_hans="新文章",
        body_zh_hans=undescribed(portals),
        **PUBLISH,
    )

    assert response.status_code == 200
    html = response.content.decode()
    assert "图片“现场”没有替代文字，请在图片库中用一句话说明画面内容。" in html
    kept = response.context["form"]["body_zh_hans"].value()
    assert "写了很久的正文" in str(kept.get_prep_value()[0]["value"])
    assert 'value="新文章"' in html
    assert not ArticlePage.objects.filter(heading_zh_hans="新文章").exists()


def test_public_page_stays_as_it_is_when_its_new_text_is_refused(
    editor: Client, portals: TwoPortals
) -> None:
    page = ArticlePage.objects.get(pk=portals.qingshan.article.pk)
    revisions = page.revisions.count()

    response = edit(
        editor, page, slug="zhengqian", body_zh_hans=undescribed(portals), **PUBLISH
    )

    assert response.status_code == 200
    assert "没有替代文字" in form_errors(response)
    stored = ArticlePage.objects.get(pk=page.pk)
    assert stored.heading_zh_hans == page.heading_zh_hans
    assert "青山记号的正文" in str(stored.body_zh_hans.raw_data[0])
    assert stored.revisions.count() == revisions


def test_undescribed_picture_may_wait_in_a_draft(
    editor: Client, portals: TwoPortals
) -> None:
    """Also of a page that is public: a draft is seen by nobody."""
    page = ArticlePage.objects.get(pk=portals.qingshan.article.pk)

    response = edit(editor, page, slug="zhengqian", body_zh_hans=undescribed(portals))

    assert response.status_code == 302
    stored = ArticlePage.objects.get(pk=page.pk)
    draft = stored.get_latest_revision_as_object()
    assert "写了很久" in str(draft.body_zh_hans.raw_data[0])
    assert stored.live
    assert "写了很久" not in str(stored.body_zh_hans.raw_data[0])


def test_author_hears_of_the_problem_when_submitting_and_not_weeks_later(
    portals: TwoPortals,
) -> None:
    client = Client(headers={"host": portals.qingshan.host})
    client.force_login(portals.qingshan.author)

    response = create(
        client,
        ArticlePage,
        portals.qingshan.column,
        body_zh_hans=undescribed(portals),
        **{"action-submit": "1"},
    )

    assert response.status_code == 200
    assert "没有替代文字" in form_errors(response)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"answer_zh_hans": ""}, "请填写“一句话回答”。"),
        ({"legal_basis": streamfield([])}, "请至少写一条法律依据。"),
    ],
)
def test_question_is_published_with_answer_and_legal_basis_only(
    editor: Client, portals: TwoPortals, values: dict[str, Any], sentence: str
) -> None:
    refused = create(editor, QuestionPage, portals.qingshan.column, **values, **PUBLISH)
    draft = create(editor, QuestionPage, portals.qingshan.column, **values)

    assert sentence in form_errors(refused)
    assert draft.status_code == 302


def test_column_needs_description_and_keywords(
    editor: Client, portals: TwoPortals
) -> None:
    """They become ColumnDescription and ColumnKeywords (checklist 2.2)."""
    response = create(
        editor,
        ColumnPage,
        portals.qingshan.home,
        summary_zh_hans="",
        keywords_zh_hans="",
        **PUBLISH,
    )

    assert {"summary_zh_hans", "keywords_zh_hans"} <= set(
        response.context["form"].errors
    )


def test_citation_of_a_provision_that_does_not_exist_is_refused_in_chinese(
    editor: Client, portals: TwoPortals
) -> None:
    response = create(
        editor,
        QuestionPage,
        portals.qingshan.column,
        legal_basis=streamfield([("citation", "《民法典》第九千条")]),
    )

    assert response.status_code == 200
    (error,) = response.context["form"].errors["legal_basis"].as_data()
    (sentence,) = error.block_errors[0].messages
    assert "第九千条" in sentence


def test_bulk_publishing_of_a_page_with_problems_is_explained_and_undone(
    editor: Client, portals: TwoPortals
) -> None:
    """Wagtail publishes without the form here; it once ended in a server error."""
    page = ArticlePage(
        heading_zh_hans="草稿",
        live=False,
        body_zh_hans=stream(
            ("picture", {"image": image(portals.qingshan, consent="unclear")})
        ),
    )
    portals.qingshan.column.add_child(instance=page)
    page.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    response = editor.post(f"{address}?id={page.pk}", follow=True)

    assert response.redirect_chain[-1][0] == reverse(
        "wagtailadmin_pages:edit", args=[page.pk]
    )
    assert "没有发布：图片“现场”里的人物肖像还没有弄清楚" in response.content.decode()
    assert not Page.objects.get(pk=page.pk).live


# --- languages --------------------------------------------------------------------------


def test_text_of_a_language_that_was_switched_off_survives_a_save(
    editor: Client, portals: TwoPortals
) -> None:
    page = ArticlePage.objects.get(pk=portals.qingshan.article.pk)
    page.heading_ug = "ئىش ھەققى"
    page.body_ug = stream(("text", "<p>تېكىست</p>"))
    page.save()
    page.save_revision()

    response = edit(editor, page, heading_zh_hans="改了", slug="zhengqian", **PUBLISH)

    assert response.status_code == 302
    stored = ArticlePage.objects.get(pk=page.pk)
    assert (stored.heading_zh_hans, stored.heading_ug) == ("改了", "ئىش ھەققى")
    assert "تېكىست" in str(stored.body_ug.raw_data[0])


def test_posted_text_of_a_language_that_is_off_is_not_taken(
    editor: Client, portals: TwoPortals
) -> None:
    response = create(
        editor,
        ArticlePage,
        portals.qingshan.column,
        heading_zh_hans="只有中文",
        heading_ug="ئىش",
        body_ug=body_data(("text", "<p>ئىش</p>")),
    )

    assert response.status_code == 302
    assert not ArticlePage.objects.get(heading_zh_hans="只有中文").heading_ug


def test_form_offers_the_languages_of_the_page_s_portal_and_not_of_the_host(
    portals: TwoPortals, admin_client: Client
) -> None:
    """The superuser works on 白河 (Chinese alone) from 青山's host (English as well)."""
    address = reverse("wagtailadmin_pages:edit", args=[portals.baihe.article.pk])

    form = admin_client.get(address, headers={"host": portals.qingshan.host}).context[
        "form"
    ]

    assert "heading_zh_hans" in form.fields
    assert "heading_en" not in form.fields


@pytest.mark.parametrize("model", [HomePage, ColumnPage, ArticlePage, QuestionPage])
def test_every_page_type_uses_the_form_of_portals(model: type[BasePage]) -> None:
    assert issubclass(model.get_edit_handler().get_form_class(), BasePageForm)


def test_edit_form_takes_what_it_has_shown_without_a_change(
    editor: Client, portals: TwoPortals
) -> None:
    home = portals.qingshan.home

    response = editor.post(
        reverse("wagtailadmin_pages:edit", args=[home.pk]),
        form_data(HomePage, heading_zh_hans="青山普法", slug="qingshan", **PUBLISH),
    )

    assert response.status_code == 302
    assert HomePage.objects.get(pk=home.pk).heading_zh_hans == "青山普法"
