"""The page form: foreign choices refused, problems said before publishing, nothing lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import streamfield

from articles.models import ArticlePage, QuestionPage
from home.forms import BasePageForm
from home.models import BasePage, ColumnPage, HomePage, PublisherIdentity
from media.models import PortalDocument
from tests.factories import PortalFixture, TwoPortals, stream
from tests.home.pages import body_data, create, edit, form_data, form_errors, picture

pytestmark = pytest.mark.django_db

PUBLISH = {"action-publish": "1"}
FOREIGN_PICTURE = "选用的图片不在本门户的图片库里"
FOREIGN_FILE = "选用的文件不在本门户的文件库里"
FOREIGN_PAGE = "链接到的页面不在本门户里"


def document(fixture: PortalFixture) -> PortalDocument:
    row = PortalDocument(
        title="申请表",
        file="documents/none.pdf",
        collection=fixture.portal.collection,
    )
    PortalDocument.objects.bulk_create([row])
    return PortalDocument.objects.latest("pk")


def image(fixture: PortalFixture, **values: Any) -> int:
    return picture(fixture.portal, **values).pk


# --- foreign choices --------------------------------------------------------------------


def foreign_blocks(theirs: PortalFixture) -> dict[str, tuple[tuple[str, Any], str]]:
    link = f'<p><a linktype="page" id="{theirs.article.pk}">页</a></p>'
    file = f'<p><a linktype="document" id="{document(theirs).pk}">件</a></p>'
    return {
        "picture": (
            ("picture", {"image": image(theirs), "caption": ""}),
            FOREIGN_PICTURE,
        ),
        "attachment": (
            ("attachment", {"document": document(theirs).pk, "title": ""}),
            FOREIGN_FILE,
        ),
        "page link": (("text", link), FOREIGN_PAGE),
        "file link": (("text", file), FOREIGN_FILE),
        "question": (("question_link", theirs.question.pk), FOREIGN_PAGE),
    }


@pytest.mark.parametrize(
    "kind", ["picture", "attachment", "page link", "file link", "question"]
)
@pytest.mark.parametrize("buttons", [{}, PUBLISH], ids=["draft", "publish"])
def test_typed_number_of_a_foreign_thing_is_refused_in_a_body(
    editor: Client, portals: TwoPortals, kind: str, buttons: dict[str, str]
) -> None:
    block, sentence = foreign_blocks(portals.baihe)[kind]

    response = create(
        editor,
        ArticlePage,
        portals.qingshan.column,
        heading_zh_hans="借用",
        body_zh_hans=body_data(block),
        **buttons,
    )

    assert response.status_code == 200
    assert sentence in form_errors(response)
    assert not ArticlePage.objects.filter(heading_zh_hans="借用").exists()


@pytest.mark.parametrize(
    "kind", ["picture", "attachment", "page link", "file link", "question"]
)
def test_own_thing_is_accepted_in_a_body(
    editor: Client, portals: TwoPortals, kind: str
) -> None:
    block, _sentence = foreign_blocks(portals.qingshan)[kind]

    response = create(
        editor,
        ArticlePage,
        portals.qingshan.column,
        heading_zh_hans="自家",
        body_zh_hans=body_data(block),
        **PUBLISH,
    )

    assert response.status_code == 302
    assert ArticlePage.objects.get(heading_zh_hans="自家").live


def test_foreign_picture_is_refused_in_another_language_as_well(
    editor: Client, portals: TwoPortals
) -> None:
    block = ("picture", {"image": image(portals.baihe), "caption": ""})

    response = create(
        editor, ArticlePage, portals.qingshan.column, body_en=body_data(block)
    )

    assert FOREIGN_PICTURE in form_errors(response)


def test_foreign_cover_is_refused(editor: Client, portals: TwoPortals) -> None:
    response = create(
        editor, ArticlePage, portals.qingshan.column, cover=image(portals.baihe)
    )

    assert FOREIGN_PICTURE in form_errors(response)


def test_foreign_related_question_is_refused(
    editor: Client, portals: TwoPortals
) -> None:
    related = streamfield([("question_link", portals.baihe.question.pk)])

    response = create(editor, QuestionPage, portals.qingshan.column, related=related)

    assert FOREIGN_PAGE in form_errors(response)


@pytest.mark.parametrize(
    "block",
    [
        lambda theirs: ("notice", {"text": "通知", "page": theirs.article.pk}),
        lambda theirs: (
            "latest",
            {"heading": "最新", "column": theirs.column.pk, "count": 5},
        ),
    ],
    ids=["notice", "latest"],
)
def test_foreign_page_is_refused_on_the_home_page(
    editor: Client, portals: TwoPortals, block: Any
) -> None:
    response = edit(
        editor, portals.qingshan.home, body_zh_hans=body_data(block(portals.baihe))
    )

    assert response.status_code == 200
    assert FOREIGN_PAGE in form_errors(response)


def test_foreign_page_behind_a_task_is_refused() -> None:
    """The list inside the block is read as it is stored."""
    page = HomePage(
        body_zh_hans=stream(
            (
                "top_tasks",
                {"items": [{"type": "item", "value": {"label": "讨薪", "page": 77}}]},
            )
        )
    )

    assert page.all_references().pages == {77}


def test_superuser_may_not_mix_portals_either(
    admin_client: Client, portals: TwoPortals
) -> None:
    response = create(
        admin_client, ArticlePage, portals.qingshan.column, cover=image(portals.baihe)
    )

    assert FOREIGN_PICTURE in form_errors(response)


def test_foreign_thing_that_is_already_there_does_not_stop_other_edits(
    editor: Client, portals: TwoPortals
) -> None:
    """A page moved here from another portal: its pictures show nowhere, its text may be
    mended."""
    foreign = image(portals.baihe)
    page = ArticlePage.objects.get(pk=portals.qingshan.article.pk)
    page.cover_id = foreign
    page.save()
    page.save_revision()

    response = edit(editor, page, slug="zhengqian", cover=foreign)

    assert response.status_code == 302


def test_foreign_logo_is_refused(portals: TwoPortals) -> None:
    identity = PublisherIdentity.objects.get(site=portals.qingshan.portal.site)
    client = Client(headers={"host": portals.qingshan.host})
    client.force_login(portals.qingshan.admin)
    address = reverse(
        "wagtailsettings:edit",
        args=["home", "publisheridentity", identity.site_id],
    )
    values = {
        "name_zh_hans": "青山县司法局",
        "primary_color": "#1c5a8a",
        "accent_color": "#b3261e",
    }

    refused = client.post(address, {**values, "logo": image(portals.baihe)})
    own = image(portals.qingshan)
    accepted = client.post(address, {**values, "logo": own})

    assert refused.status_code == 200
    assert FOREIGN_PICTURE in form_errors(refused)
    assert accepted.status_code == 302
    identity.refresh_from_db()
    assert identity.logo_id == own


# --- publishing -------------------------------------------------------------------------


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
