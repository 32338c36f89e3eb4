"""Every block: with the least, with everything, unfinished; and one template for all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.blocks import Block, StreamBlock

from articles.models import ArticlePage
from home import streams
from home.models import HomePage, Portal
from media.models import PortalDocument
from publishing.block_rendering import render_block
from tests.factories import TwoPortals, stream
from tests.home.block_values import everything, item, least, make_things
from tests.home.front_pages import TODAY
from tests.home.pages import picture

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

pytestmark = pytest.mark.django_db

BODY: StreamBlock = ArticlePage._meta.get_field("body").stream_block
HOME: StreamBlock = HomePage._meta.get_field("body").stream_block
ALL = {**HOME.child_blocks, **BODY.child_blocks}


CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def shared_ids(
    shared_portals: TwoPortals, django_db_blocker: DjangoDbBlocker
) -> dict[str, int]:
    """What the blocks below refer to, all of it 青山's."""
    with django_db_blocker.unblock():
        return make_things(shared_portals.qingshan)


@pytest.fixture
def ids(portals: TwoPortals, shared_ids: dict[str, int]) -> dict[str, int]:
    return shared_ids


@pytest.fixture(autouse=True)
def in_may() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


def request_of(portals: TwoPortals) -> HttpRequest:
    """As the middleware leaves it: the portal is read anew."""
    request = RequestFactory().get("/")
    portal = Portal.objects.with_identity().get(pk=portals.qingshan.portal.pk)
    request.portal = portal  # type: ignore[attr-defined]  # ours
    return request


def rendered(portals: TwoPortals, kind: str, value: Any) -> str:
    return render_block(kind, value, {"request": request_of(portals)})


KINDS = sorted(ALL)


def test_every_block_is_tried(ids: dict[str, int]) -> None:
    assert least(ids).keys() == everything(ids).keys() == ALL.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_block_with_the_least_swallows_nothing(
    portals: TwoPortals, ids: dict[str, int], kind: str
) -> None:
    value, readable = least(ids)[kind]

    assert readable in rendered(portals, kind, value)


@pytest.mark.parametrize("kind", KINDS)
def test_block_with_the_least_is_accepted_by_the_editor(
    ids: dict[str, int], kind: str
) -> None:
    block = ALL[kind]
    value, _readable = least(ids)[kind]

    block.clean(block.to_python(value))


@pytest.mark.parametrize("kind", KINDS)
def test_block_with_everything_shows_everything(
    portals: TwoPortals, ids: dict[str, int], kind: str
) -> None:
    value, readable = everything(ids)[kind]
    ALL[kind].clean(ALL[kind].to_python(value))

    html = rendered(portals, kind, value)

    for text in readable:
        assert text in html


@pytest.mark.parametrize("kind", KINDS)
def test_block_renders_itself_as_the_public_page_does(
    portals: TwoPortals, ids: dict[str, int], kind: str
) -> None:
    block: Block = ALL[kind]
    value, _readable = everything(ids)[kind]

    html = block.render(block.to_python(value), {"request": request_of(portals)})

    # What the editor stores may spell out defaults; the words on the page are the same.
    assert html == rendered(portals, kind, block.get_prep_value(block.to_python(value)))
    assert html == rendered(portals, kind, value)


@pytest.mark.parametrize("kind", KINDS)
def test_block_of_an_unfinished_draft_can_be_previewed(
    portals: TwoPortals, kind: str
) -> None:
    """A draft may be saved with a block in which nothing was chosen or written yet."""
    block = ALL[kind]
    raw = [
        {"type": kind, "value": block.get_prep_value(block.get_default()), "id": "1"}
    ]

    rendered(portals, kind, raw[0]["value"])

    found = streams.references(raw)
    assert None not in found.images | found.documents | found.pages
    assert streams.plain_text_of(raw) is not None


# A table is a grid and never empty; the others show what there is.
COMPLETE_AT_ONCE = {
    "table",
    "counties",
    "campaign",
    "guides",
    "cases",
    "documents",
}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind in COMPLETE_AT_ONCE])
def test_block_that_asks_for_nothing_is_accepted_at_once(kind: str) -> None:
    ALL[kind].clean(ALL[kind].get_default())


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind not in COMPLETE_AT_ONCE]
)
def test_required_fields_are_asked_for_in_chinese(
    editor: Client, portals: TwoPortals, kind: str
) -> None:
    block = ALL[kind]

    with pytest.raises(ValidationError) as refusal:
        block.clean(block.get_default())

    assert any(CHINESE.search(text) for text in sentences(refusal.value))


def sentences(error: ValidationError) -> Iterator[str]:
    """All that a refused block says, in whatever depth."""
    yield from error.messages
    children = getattr(error, "block_errors", None) or {}
    for child in children.values() if isinstance(children, dict) else children:
        if child is not None:
            yield from sentences(child)


def test_task_that_leads_nowhere_any_more_is_left_out(portals: TwoPortals) -> None:
    task = {"label": "讨薪", "page": 4711, "icon": "wage"}
    phone = {"label": "热线", "phone": "12348"}

    html = rendered(portals, "top_tasks", {"items": [item(task), item(phone)]})

    assert "讨薪" not in html
    assert "热线" in html


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("question_link", "question"),
        ("picture", "image"),
        ("gallery", "images"),
        ("video", "video"),
        ("notice", "article"),
        ("latest", "column"),
    ],
)
def test_foreign_thing_in_a_block_shows_nothing_of_it(
    portals: TwoPortals, kind: str, value: str
) -> None:
    theirs = portals.baihe
    image = picture(theirs.portal, alt_text_zh_hans="白河记号").pk
    document = PortalDocument(
        title="白河宣讲", file="documents/b.mp4", collection=theirs.portal.collection
    )
    PortalDocument.objects.bulk_create([document])
    foreign = {
        "question": theirs.question.pk,
        "image": {"image": image},
        "images": {"pictures": [item({"image": image})] * 2},
        "video": {"title": "宣讲", "video": document.pk, "transcript": "话"},
        "article": {"text": "通知", "page": theirs.article.pk},
        "column": {"heading": "最新", "column": theirs.column.pk},
    }[value]

    html = rendered(portals, kind, foreign)

    assert "白河" not in html
    assert "zhengqian" not in html


@pytest.mark.parametrize(
    ("field", "wrong"), [("video", "document"), ("captions", "video")]
)
def test_video_of_another_type_of_file_is_refused_by_the_editor(
    ids: dict[str, int], field: str, wrong: str
) -> None:
    block = ALL["video"]
    value, _readable = everything(ids)["video"]

    with pytest.raises(ValidationError) as refusal:
        block.clean(block.to_python({**value, field: ids[wrong]}))

    assert refusal.value.block_errors.keys() == {field}


def test_video_whose_file_was_exchanged_for_something_else_is_left_out(
    portals: TwoPortals, ids: dict[str, int]
) -> None:
    value, _readable = least(ids)["video"]

    html = rendered(portals, "video", {**value, "video": ids["document"]})

    assert html.strip() == ""


def test_video_without_a_poster_shows_its_first_frame(
    portals: TwoPortals, ids: dict[str, int]
) -> None:
    html = rendered(portals, "video", least(ids)["video"][0])

    assert 'preload="metadata"' in html
    assert "poster=" not in html


def test_picture_that_is_gone_leaves_the_others_of_its_group(
    portals: TwoPortals, ids: dict[str, int]
) -> None:
    pictures = [item({"image": 4711}), item({"image": ids["image"], "caption": "在"})]

    html = rendered(portals, "gallery", {"pictures": pictures})

    assert html.count("data-large") == 1
    assert "在" in html


def test_contact_nobody_can_reach_is_refused_by_the_editor() -> None:
    block = ALL["contact"]

    with pytest.raises(ValidationError) as refusal:
        block.clean(block.to_python({"name": "法律援助中心"}))

    assert refusal.value.block_errors.keys() == {"phone"}


@pytest.mark.parametrize(
    ("targets", "where"),
    [({}, "page"), ({"phone": "12348", "place": "/laws/"}, "phone")],
)
def test_task_needs_exactly_one_target(
    ids: dict[str, int], targets: dict[str, str], where: str
) -> None:
    block = ALL["top_tasks"].child_blocks["items"].child_block

    with pytest.raises(ValidationError) as refusal:
        block.clean(block.to_python({"label": "讨薪", "icon": "wage", **targets}))

    assert refusal.value.block_errors.keys() == {where}


def test_topics_are_chosen_from_those_that_exist(ids: dict[str, int]) -> None:
    block = ALL["questions_by_topic"]
    value, _readable = least(ids)["questions_by_topic"]

    block.clean(block.to_python(value))
    with pytest.raises(ValidationError):
        block.clean(block.to_python({**value, "topics": [item("meiyou")]}))


# --- references ---------------------------------------------------------------------------


def test_references_of_a_body_name_all_that_it_shows(ids: dict[str, int]) -> None:
    link = (
        f'<p><a linktype="page" id="{ids["article"]}">页</a>'
        f'<a id="{ids["document"]}" linktype="document">件</a>'
        '<a href="https://example.com/?a=1&amp;b=2">外</a></p>'
    )
    page = ArticlePage(
        body_zh_hans=stream(("text", link), ("picture", {"image": ids["image"]})),
        body_bo=stream(("question_link", ids["question"])),
    )

    found = page.all_references()

    assert found.pages == {ids["article"], ids["question"]}
    assert found.documents == {ids["document"]}
    assert found.images == {ids["image"]}
    assert found.urls == {"https://example.com/?a=1&b=2"}


# --- the editor's list of blocks ------------------------------------------------------------


@pytest.mark.parametrize(
    "kind",
    [
        "text",
        "heading",
        "quote",
        "table",
        "alert",
        "contact",
        "notice",
        "links",
        "citation",
    ],
)
def test_block_shows_a_sample_before_it_is_chosen(
    editor: Client, portals: TwoPortals, kind: str
) -> None:
    block = ALL[kind]
    assert block.is_previewable

    response = editor.get(
        reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix}
    )

    html = response.content.decode()
    sample = rendered(portals, kind, block.get_prep_value(block.get_preview_value()))
    assert sample.strip()
    assert sample in html
    assert "css/content.css" in html
