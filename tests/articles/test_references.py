"""What the public text of a page refers to is stored with it; its languages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import ArticlePage, QuestionPage
from home.models import MediaUse, OutwardLink, Portal
from home.outward import url_digest
from media.models import PortalDocument
from statutes.models import Citation
from tests.factories import TwoPortals, stream
from tests.home.pages import CITATION, picture

pytestmark = pytest.mark.django_db


def published(portals: TwoPortals, model: type = ArticlePage, **values: Any) -> Any:
    values.setdefault("heading_zh_hans", "一篇")
    page = model(**values)
    portals.qingshan.column.add_child(instance=page)
    return fresh(page)


def fresh(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)


def publish(page: Any, **values: Any) -> None:
    page = fresh(page)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


def text(words: str) -> str:
    return stream(("text", f"<p>{words}</p>"))


def cited(page: Any, language: str = "zh-hans") -> list[tuple[str, str, int]]:
    rows = Citation.objects.filter(page_id=page.pk, language=language)
    return list(rows.order_by("order").values_list("role", "slug", "number"))


def test_citations_of_a_body_are_stored_when_it_is_published(
    portals: TwoPortals,
) -> None:
    page = published(
        portals,
        body_zh_hans=stream(
            ("text", "<p>依据《民法典》第一千零四十二条。</p>"),
            ("citation", CITATION),
            ("table", {"data": [["《民法典》第一千零四十七条"]]}),
        ),
    )

    assert cited(page) == [
        ("block", "minfadian", 1046),
        ("text", "minfadian", 1042),
        ("text", "minfadian", 1047),
    ]


def test_citations_of_an_answer_and_its_basis_are_stored_with_their_roles(
    portals: TwoPortals,
) -> None:
    page = published(
        portals,
        QuestionPage,
        answer_zh_hans="按《民法典》第一千零四十二条办。",
        legal_basis=stream(("citation", CITATION)),
        explanation_zh_hans=text("又见《民法典》第一千零四十七条"),
    )

    assert cited(page) == [
        ("basis", "minfadian", 1046),
        ("text", "minfadian", 1047),
        ("text", "minfadian", 1042),
    ]


def test_citation_that_is_edited_away_is_gone(portals: TwoPortals) -> None:
    page = published(portals, body_zh_hans=text(CITATION))

    publish(page, body_zh_hans=text("没有引用了"))

    assert cited(page) == []


def test_citations_are_those_of_each_language(portals: TwoPortals) -> None:
    page = published(
        portals,
        body_zh_hans=text(CITATION),
        heading_en="One",
        body_en=text("See 《民法典》第一千零四十二条"),
    )

    assert cited(page) == [("text", "minfadian", 1046)]
    assert cited(page, "en") == [("text", "minfadian", 1042)]
    assert cited(page, "ug") == []


def test_draft_changes_no_citation(portals: TwoPortals) -> None:
    page = published(portals, body_zh_hans=text(CITATION))

    page.body_zh_hans = text("《民法典》第一千零四十二条")
    page.save_revision()

    assert cited(page) == [("text", "minfadian", 1046)]


def test_page_that_was_never_published_cites_nothing(portals: TwoPortals) -> None:
    page = published(portals, live=False, body_zh_hans=text(CITATION))

    assert cited(page) == []


def test_deleted_page_cites_nothing(portals: TwoPortals) -> None:
    page = published(portals, body_zh_hans=text(CITATION))
    pk = page.pk

    page.delete()

    assert not Citation.objects.filter(page_id=pk).exists()


def test_scattered_saves_of_a_row_leave_what_it_cites(portals: TwoPortals) -> None:
    """Wagtail saves single columns of a page all the time."""
    page = published(portals, body_zh_hans=text(CITATION))
    page.body_zh_hans = ""

    page.save(update_fields=["show_in_menus"], clean=False)

    assert cited(page) == [("text", "minfadian", 1046)]


# --- pictures, files and links ------------------------------------------------------------


def uses(page: Any) -> set[tuple[str, int]]:
    rows = MediaUse.objects.filter(page_id=page.pk)
    return set(rows.values_list("kind", "media_id"))


def links(page: Any) -> set[str]:
    rows = OutwardLink.objects.filter(page_id=page.pk)
    return set(rows.values_list("url", flat=True))


def test_pictures_of_all_places_and_languages_are_noted_once(
    portals: TwoPortals,
) -> None:
    portal = Portal.objects.get(pk=portals.qingshan.portal.pk)
    cover, first, second = (picture(portal) for _time in range(3))

    page = published(
        portals,
        cover=cover,
        body_zh_hans=stream(
            ("picture", {"image": first.pk}), ("picture", {"image": first.pk})
        ),
        body_en=stream(("picture", {"image": second.pk})),
    )

    assert uses(page) == {("image", pk.pk) for pk in (cover, first, second)}
    assert MediaUse.objects.filter(page_id=page.pk).count() == 3


def test_file_linked_in_a_text_is_noted(portals: TwoPortals) -> None:
    document = PortalDocument(
        title="申请表",
        file="documents/none.pdf",
        collection=portals.qingshan.portal.collection,
    )
    PortalDocument.objects.bulk_create([document])
    pk = PortalDocument.objects.latest("pk").pk

    page = published(
        portals,
        body_zh_hans=text(f'<a linktype="document" id="{pk}">申请表</a>'),
    )

    assert uses(page) == {("document", pk)}


def test_picture_that_is_edited_away_is_not_public_any_more(
    portals: TwoPortals,
) -> None:
    image = picture(portals.qingshan.portal)
    page = published(portals, body_zh_hans=stream(("picture", {"image": image.pk})))

    publish(page, body_zh_hans=text("没有图了"))

    assert uses(page) == set()


def test_picture_of_a_draft_is_not_public(portals: TwoPortals) -> None:
    image = picture(portals.qingshan.portal)
    page = published(portals, body_zh_hans=text("正文"))

    page.body_zh_hans = stream(("picture", {"image": image.pk}))
    page.save_revision()

    assert uses(page) == set()


def test_outward_links_are_noted_with_their_digest(portals: TwoPortals) -> None:
    page = published(
        portals,
        body_zh_hans=text('<a href="https://example.com/?a=1&amp;b=2">外站</a>'),
        reprint_source="法治日报",
        original_date=date(2026, 3, 1),
        reprint_url="https://example.org/1",
    )

    assert links(page) == {"https://example.com/?a=1&b=2", "https://example.org/1"}
    row = OutwardLink.objects.get(page_id=page.pk, url="https://example.org/1")
    assert row.digest == url_digest("https://example.org/1")


def test_outward_link_of_a_draft_is_not_noted(portals: TwoPortals) -> None:
    page = published(portals, body_zh_hans=text("正文"))

    page.body_zh_hans = text('<a href="https://example.com/">外站</a>')
    page.save_revision()

    assert links(page) == set()


def test_alias_notes_what_it_shows_and_follows_its_page(portals: TwoPortals) -> None:
    """Wagtail saves an alias without cleaning it; its picture must be public as well."""
    image = picture(portals.qingshan.portal)
    page = published(portals, body_zh_hans=text(CITATION))
    page.save_revision().publish()
    alias = fresh(page).create_alias(update_slug="bieming")

    publish(page, body_zh_hans=stream(("picture", {"image": image.pk})))

    assert uses(alias) == {("image", image.pk)}
    assert cited(alias) == []


def test_publishing_costs_the_same_however_much_a_page_cites(
    portals: TwoPortals,
) -> None:
    def cost(count: int) -> int:
        page = published(portals, heading_zh_hans=f"引用{count}")
        page.body_zh_hans = text(
            "；".join(f"《民法典》第{n}条" for n in ("一千零四十二",) * count)
        )
        revision = page.save_revision()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            revision.publish()
        return len(queries)

    assert cost(1) == cost(8)


# --- languages --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "exists"),
    [
        ({"heading_en": "One", "body_en": text("Text")}, True),
        ({"heading_en": "One"}, False),
        ({"body_en": text("Text")}, False),
        ({"heading_en": "One", "body_en": "[]"}, False),
    ],
)
def test_article_exists_in_a_language_with_heading_and_body_only(
    values: dict[str, str], exists: bool
) -> None:
    page = ArticlePage(heading_zh_hans="一", body_zh_hans=text("正文"), **values)

    assert page.exists_in("en") is exists
    assert page.exists_in("zh-hans")


def test_question_exists_in_a_language_with_heading_and_answer() -> None:
    page = QuestionPage(heading_en="Why?", answer_en="Because.")

    assert page.exists_in("en")
    assert not page.exists_in("zh-hans")


def test_translations_keep_to_the_languages_of_the_portal(portals: TwoPortals) -> None:
    page = published(
        portals,
        body_zh_hans=text("正文"),
        heading_en="One",
        body_en=text("Text"),
        heading_ug="بىر",
        body_ug=text("تېكىست"),
    )

    assert page.translations() == ["zh-hans", "en"]


def test_draft_has_no_search_entry(portals: TwoPortals) -> None:
    page = published(portals, live=False, body_zh_hans=text("正文"))

    assert page.search_entries() == []


def test_search_entries_are_one_per_language(portals: TwoPortals) -> None:
    question = fresh(portals.qingshan.question)

    entries = {entry.language: entry for entry in question.search_entries()}

    assert entries.keys() == {"zh-hans", "en"}
    chinese = entries["zh-hans"]
    assert chinese.key == f"question:{question.pk}:zh-hans"
    assert chinese.path == "/dongtai/laoban/"
    assert entries["en"].path == "/en/dongtai/laoban/"
    assert chinese.alternatives == ("青山记号工资要不回来", "青山记号拖欠工钱")
    assert "青山记号人社局" in chinese.body
    assert chinese.topics == ("qianxin",)
    assert chinese.portal_id == portals.qingshan.portal.pk
