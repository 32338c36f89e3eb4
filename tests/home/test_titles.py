"""``title`` and slug follow the Chinese heading, however a page comes about."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from articles.models import ArticlePage
from home.models import ColumnPage
from home.models.base import SYSTEM_SLUGS
from home.slugs import pinyin_slug
from tests.factories import TwoPortals, stream
from tests.home.pages import create, edit, form_errors

pytestmark = pytest.mark.django_db

HEADING = "老板不给工钱怎么办？"
SLUG = "lao-ban-bu-gei-gong-qian-zen-me-ban"


def article(heading: str = HEADING, **values: Any) -> ArticlePage:
    values.setdefault("body_zh_hans", stream(("text", "<p>正文</p>")))
    return ArticlePage(heading_zh_hans=heading, **values)


def names(page: Page) -> tuple[str, str, str]:
    """(title, draft title, heading) as the database has them now."""
    stored = ArticlePage.objects.get(pk=page.pk)
    return stored.title, stored.draft_title, stored.heading_zh_hans


# --- in every way a page can be made ----------------------------------------------------


def test_page_made_with_the_form_is_named_by_its_heading(
    editor: Client, portals: TwoPortals
) -> None:
    response = create(
        editor, ArticlePage, portals.qingshan.column, heading_zh_hans=HEADING
    )

    page = ArticlePage.objects.latest("pk")
    assert response.status_code == 302
    assert names(page) == (HEADING, HEADING, HEADING)
    assert page.slug == SLUG


def test_heading_changed_with_the_form_changes_the_title_and_keeps_the_address(
    editor: Client, portals: TwoPortals
) -> None:
    page = portals.qingshan.article

    edit(
        editor,
        page,
        heading_zh_hans="新标题",
        slug="zhengqian",
        **{"action-publish": "1"},
    )

    assert names(page) == ("新标题", "新标题", "新标题")
    assert ArticlePage.objects.get(pk=page.pk).slug == "zhengqian"


def test_slug_emptied_in_the_form_is_made_from_the_heading(
    editor: Client, portals: TwoPortals
) -> None:
    page = portals.qingshan.article

    edit(editor, page, heading_zh_hans=HEADING, slug="", **{"action-publish": "1"})

    assert ArticlePage.objects.get(pk=page.pk).slug == SLUG


def test_copy_takes_the_new_title_of_the_copy_form_as_its_heading(
    editor: Client, portals: TwoPortals
) -> None:
    """Wagtail's copy form knows only ``title``."""
    page = portals.qingshan.article

    response = editor.post(
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        {
            "new_title": "副本的标题",
            "new_slug": "fuben",
            "new_parent_page": portals.qingshan.column.pk,
        },
    )

    copy = ArticlePage.objects.get(slug="fuben")
    assert response.status_code == 302
    assert names(copy) == ("副本的标题", "副本的标题", "副本的标题")
    assert copy.get_latest_revision_as_object().heading_zh_hans == "副本的标题"
    assert ArticlePage.objects.get(pk=page.pk).heading_zh_hans == page.heading_zh_hans


def test_recursive_copy_retitles_the_column_and_leaves_the_pages_below(
    portals: TwoPortals,
) -> None:
    column = ColumnPage.objects.get(pk=portals.qingshan.column.pk)

    copy = column.copy(
        recursive=True, update_attrs={"title": "另一个栏目", "slug": "lingyige"}
    )

    assert ColumnPage.objects.get(pk=copy.pk).heading_zh_hans == "另一个栏目"
    copied = {page.specific.heading_zh_hans for page in copy.get_children()}
    assert copied == {
        portals.qingshan.article.heading_zh_hans,
        portals.qingshan.question.heading_zh_hans,
    }
    assert all(page.title in copied for page in copy.get_children())


def test_alias_is_named_as_its_page_and_follows_it(portals: TwoPortals) -> None:
    page = ArticlePage.objects.get(pk=portals.qingshan.article.pk)
    alias = page.create_alias(update_slug="bieming")

    page.heading_zh_hans = "改过的标题"
    page.save_revision().publish()

    assert names(alias) == ("改过的标题", "改过的标题", "改过的标题")
    assert ArticlePage.objects.get(pk=alias.pk).slug == "bieming"


def test_moved_page_keeps_heading_and_slug(portals: TwoPortals) -> None:
    other = ColumnPage(
        heading_zh_hans="普法动态", summary_zh_hans="说明", keywords_zh_hans="词"
    )
    portals.qingshan.home.add_child(instance=other)
    page = ArticlePage.objects.get(pk=portals.qingshan.article.pk)

    page.move(other, pos="last-child")

    moved = ArticlePage.objects.get(pk=page.pk)
    assert names(moved)[0] == page.heading_zh_hans
    assert moved.url_path.endswith("/pu-fa-dong-tai/zhengqian/")


def test_imported_page_is_named_by_its_heading(portals: TwoPortals) -> None:
    data = article().serializable_data()
    assert data["title"] == ""

    page = ArticlePage.from_serializable_data(data)
    portals.qingshan.column.add_child(instance=page)

    assert names(page) == (HEADING, HEADING, HEADING)
    assert page.slug == SLUG


def test_imported_page_with_a_title_alone_takes_it_as_its_heading(
    portals: TwoPortals,
) -> None:
    data = article("").serializable_data() | {"title": "别处来的标题"}

    page = ArticlePage.from_serializable_data(data)
    portals.qingshan.column.add_child(instance=page)

    assert names(page) == ("别处来的标题", "别处来的标题", "别处来的标题")


def test_heading_outweighs_another_title_in_imported_data(portals: TwoPortals) -> None:
    data = article().serializable_data() | {"title": "旧系统的标题"}

    page = ArticlePage.from_serializable_data(data)
    portals.qingshan.column.add_child(instance=page)

    assert names(page) == (HEADING, HEADING, HEADING)


def test_page_of_the_write_api_is_named_by_its_heading(
    editor: Client, portals: TwoPortals
) -> None:
    """API v3 (switched off) builds the page's own admin form, as done here."""
    form_class = ArticlePage.get_edit_handler().get_form_class()
    parent = ColumnPage.objects.get(pk=portals.qingshan.column.pk)
    form = form_class(
        data={
            **{"heading_zh_hans": HEADING, "slug": ""},
            **{"body_zh_hans-count": "0", "body_en-count": "0"},
            **{f"comments-{key}_FORMS": "0" for key in ("TOTAL", "INITIAL")},
        },
        instance=ArticlePage(owner=portals.qingshan.editor, locale=parent.locale),
        parent_page=parent,
        for_user=portals.qingshan.editor,
    )
    assert form.is_valid(), form.errors

    page = form.save(commit=False)
    parent.add_child(instance=page)

    assert names(page) == (HEADING, HEADING, HEADING)
    assert page.slug == SLUG


@pytest.mark.parametrize("clean", [True, False])
def test_page_saved_by_a_program_is_named_by_its_heading(
    portals: TwoPortals, clean: bool
) -> None:
    page = ArticlePage.objects.get(pk=portals.qingshan.article.pk)

    page.heading_zh_hans = "程序改的标题"
    page.save(clean=clean)

    assert names(page)[0] == "程序改的标题"


def test_pages_published_in_bulk_are_named_by_their_headings(
    editor: Client, portals: TwoPortals
) -> None:
    drafts = []
    for number in (1, 2):
        page = article(f"草稿{number}", live=False)
        portals.qingshan.column.add_child(instance=page)
        page.heading_zh_hans = f"定稿{number}"
        page.save_revision()
        drafts.append(page)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    editor.post(f"{address}?" + "&".join(f"id={page.pk}" for page in drafts))

    assert [names(page) for page in drafts] == [
        ("定稿1", "定稿1", "定稿1"),
        ("定稿2", "定稿2", "定稿2"),
    ]


def test_draft_changes_only_the_draft_title(portals: TwoPortals) -> None:
    page = ArticlePage.objects.get(pk=portals.qingshan.article.pk)
    before = page.heading_zh_hans

    page.heading_zh_hans = "还没发布"
    page.save_revision()

    assert names(page) == (before, "还没发布", before)


def test_title_follows_the_chinese_heading_whatever_language_is_active(
    portals: TwoPortals,
) -> None:
    with translation.override("en"):
        page = article(heading_en="My boss does not pay")
        portals.qingshan.column.add_child(instance=page)

    assert names(page)[0] == HEADING


# --- slugs ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        (HEADING, SLUG),
        ("12345热线怎么打", "12345-re-xian-zen-me-da"),
        ("Wi-Fi 诈骗", "wi-fi-zha-pian"),
        ("？！", "ye"),
        ("《民法典》第1046条", "min-fa-dian-di-1046-tiao"),
        ("绿色通道", "lv-se-tong-dao"),
    ],
)
def test_slug_is_the_pinyin_of_the_heading(heading: str, slug: str) -> None:
    assert pinyin_slug(heading) == slug


def test_long_slug_ends_at_a_syllable() -> None:
    slug = pinyin_slug("农村土地承包经营权纠纷调解仲裁办理流程说明及所需材料清单")

    assert slug == "nong-cun-tu-di-cheng-bao-jing-ying-quan-jiu-fen-tiao-jie"
    assert len(slug) <= 60


def test_second_page_of_the_same_heading_gets_a_number(portals: TwoPortals) -> None:
    pages = [article(), article()]

    for page in pages:
        portals.qingshan.column.add_child(instance=page)

    assert [page.slug for page in pages] == [SLUG, f"{SLUG}-2"]


def test_heading_that_spells_a_system_address_gets_another_slug(
    portals: TwoPortals,
) -> None:
    page = article("Search")
    portals.qingshan.column.add_child(instance=page)

    assert page.slug == "search-1"


@pytest.mark.parametrize("slug", sorted(SYSTEM_SLUGS))
def test_system_address_is_refused_as_a_slug(portals: TwoPortals, slug: str) -> None:
    column = ColumnPage(
        heading_zh_hans="栏目",
        summary_zh_hans="说明",
        keywords_zh_hans="词",
        slug=slug,
    )

    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        portals.qingshan.home.add_child(instance=column)

    assert "系统保留" in str(refusal.value)


def test_refused_slug_is_explained_in_the_form(
    editor: Client, portals: TwoPortals
) -> None:
    response = create(editor, ColumnPage, portals.qingshan.home, slug="laws")

    assert response.status_code == 200
    assert "“laws”是系统保留的网址，请换一个。" in form_errors(response)


def test_page_without_a_heading_is_refused_in_the_form_and_not_by_an_error(
    editor: Client, portals: TwoPortals
) -> None:
    """An author's empty draft once ended in a server error: only ``title`` complained."""
    response = create(editor, ArticlePage, portals.qingshan.column, heading_zh_hans="")

    assert response.status_code == 200
    assert "heading_zh_hans" in response.context["form"].errors


def test_page_without_a_heading_is_refused_by_the_model(portals: TwoPortals) -> None:
    with pytest.raises(ValidationError), transaction.atomic():
        portals.qingshan.column.add_child(instance=article("", slug="kong"))


@pytest.mark.parametrize("model", [ArticlePage, ColumnPage])
def test_slug_that_a_neighbor_has_is_refused_in_chinese(
    editor: Client, portals: TwoPortals, model: type[Page]
) -> None:
    response = create(editor, model, portals.qingshan.column, slug="laoban")

    assert "“laoban”在这个栏目里已经有网页用了，请换一个。" in form_errors(response)


def test_slug_that_a_neighbor_has_is_refused_by_the_model(
    portals: TwoPortals,
) -> None:
    with pytest.raises(ValidationError, match="已经有网页用了"), transaction.atomic():
        portals.qingshan.column.add_child(instance=article(slug="laoban"))


def test_slug_of_half_a_heading_does_not_stay(portals: TwoPortals) -> None:
    """The editor saved by itself after the first character, and the public page had an
    address of one syllable."""
    page = article("半")
    portals.qingshan.column.add_child(instance=page)
    assert page.slug == "ban"
    page = page.save_revision().as_object()
    page.heading_zh_hans = "半句话怎么说完"
    page.save_revision().publish()
    assert ArticlePage.objects.get(pk=page.pk).slug == "ban-ju-hua-zen-me-shuo-wan"
    page = ArticlePage.objects.get(pk=page.pk)
    page.heading_zh_hans = "公开以后改标题"
    page.save_revision().publish()
    assert page.slug == "ban-ju-hua-zen-me-shuo-wan"


def test_slug_that_somebody_chose_stays_with_a_draft(portals: TwoPortals) -> None:
    page = article("半", slug="wo-xuan-de")
    portals.qingshan.column.add_child(instance=page)
    page.heading_zh_hans = "整句话"
    page.save_revision()
    assert page.slug == "wo-xuan-de"
