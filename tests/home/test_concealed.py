"""A form that comes back with errors does not tell what stands behind typed numbers."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from articles.models import ArticlePage, InterpretationPage
from tests.factories import PortalFixture, TwoPortals
from tests.home.admin_asking import text_of
from tests.home.pages import body_data, create, picture
from tests.policy_factories import PolicyDocumentPageFactory

pytestmark = pytest.mark.django_db
TITLE = "还没有公开的通知"
BUTTONS: tuple[dict[str, str], ...] = (
    {},
    {"action-publish": "1"},
    {"action-submit": "1"},
)


def draft_of(fixture: PortalFixture) -> int:
    page = PolicyDocumentPageFactory(
        parent=fixture.column, heading_zh_hans=TITLE, live=False
    )
    return int(page.pk)


def interpret(client: Client, portals: TwoPortals, number: int, **values: Any) -> Any:
    return create(
        client,
        InterpretationPage,
        portals.qingshan.column,
        **{
            "form": "text",
            "document": str(number),
            "body_zh_hans": body_data(),
            "body_en": body_data(),
            **values,
        },
    )


@pytest.mark.parametrize("buttons", BUTTONS, ids=["draft", "publish", "submit"])
def test_name_of_a_foreign_draft_is_not_told(
    editor: Client, portals: TwoPortals, buttons: dict[str, str]
) -> None:
    answer = interpret(editor, portals, draft_of(portals.baihe), **buttons)
    assert answer.status_code == 200
    assert TITLE not in text_of(answer)


def test_name_of_an_own_draft_is_told(editor: Client, portals: TwoPortals) -> None:
    own = draft_of(portals.qingshan)
    answer = interpret(editor, portals, own, **{"action-publish": "1"})
    assert answer.status_code == 200
    assert TITLE in text_of(answer)


def test_name_of_a_foreign_draft_is_not_told_beside_another_error(
    editor: Client, portals: TwoPortals
) -> None:
    for county, is_told in ((portals.baihe, False), (portals.qingshan, True)):
        number = draft_of(county)
        answer = interpret(editor, portals, number, slug="不是网址")
        assert answer.status_code == 200
        assert (TITLE in text_of(answer)) is is_told


@pytest.mark.parametrize("kind", ["page", "picture"])
@pytest.mark.parametrize("whose", ["foreign", "own"])
def test_titles_in_a_body_are_told_of_own_things_only(
    editor: Client, portals: TwoPortals, kind: str, whose: str
) -> None:
    county = portals.baihe if whose == "foreign" else portals.qingshan
    if kind == "page":
        county.question.draft_title = "Secret heading"
        county.question.save(update_fields=["draft_title"])
        block: tuple[str, Any] = ("question_link", county.question.pk)
    else:
        image = picture(county.portal, title="Secret heading")
        block = ("picture", {"image": image.pk, "caption": ""})
    answer = create(
        editor,
        ArticlePage,
        portals.qingshan.column,
        heading_zh_hans="借用",
        slug="不是网址",
        body_zh_hans=body_data(block),
    )
    assert answer.status_code == 200
    assert ("Secret heading" in text_of(answer)) is (whose == "own")
