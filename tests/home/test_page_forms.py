"""A chooser's hidden input takes any number: what is another portal's is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import streamfield

from articles.models import ArticlePage, QuestionPage
from home.models import HomePage, PublisherIdentity
from home.publication import PublicationError
from media.models import PortalDocument
from tests.factories import PortalFixture, TwoPortals, stream
from tests.home.pages import body_data, create, edit, form_errors, picture

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
    mended. It is not public again before another picture was chosen."""
    foreign = image(portals.baihe)
    page = ArticlePage.objects.get(pk=portals.qingshan.article.pk)
    ArticlePage.objects.filter(pk=page.pk).update(cover_id=foreign)
    page.refresh_from_db()
    revision = page.save_revision()

    response = edit(editor, page, slug="zhengqian", cover=foreign)

    assert response.status_code == 302
    with pytest.raises(PublicationError, match="图片已被删除"):
        revision.publish()


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
