"""A preview shows the draft, to those who may edit it, while the public page does not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from articles.models import ArticlePage, QuestionPage
from home.models import ColumnPage, HomePage
from tests.factories import stream
from tests.publishing.markup import Markup
from tests.publishing.world import County, World

pytestmark = pytest.mark.django_db
BACKEND = "home.auth.DemoAwareBackend"
DRAFT = "只在草稿里"


@pytest.fixture
def editor(county: County, client: Client) -> Client:
    client.force_login(county.base.editor, backend=BACKEND)
    return client


def view_draft(client: Client, page: Page, language: str = "zh-hans") -> HttpResponse:
    address = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    found: HttpResponse = client.get(
        address, {"mode": language}, headers={"host": "qingshan.localhost"}
    )
    return found


def public(client: Client, county: County, path: str) -> str:
    response = client.get(path, headers={"host": county.host})
    return response.content.decode()


def save_draft(page: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision()


# --- changed pages ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "path", "values"),
    [
        (
            "article",
            "/dongtai/zhengqian/",
            {"body_zh_hans": stream(("text", f"<p>{DRAFT}</p>"))},
        ),
        ("question", "/dongtai/laoban/", {"answer_zh_hans": DRAFT}),
        ("column", "/dongtai/", {"summary_zh_hans": DRAFT}),
        ("home", "/", {"body_zh_hans": stream(("text", f"<p>{DRAFT}</p>"))}),
    ],
)
def test_a_preview_shows_the_change_and_the_public_page_does_not(
    county: County, editor: Client, kind: str, path: str, values: Mapping[str, Any]
) -> None:
    pages: dict[str, Page] = {
        "article": ArticlePage.objects.get(pk=county.base.article.pk),
        "question": QuestionPage.objects.get(pk=county.base.question.pk),
        "column": ColumnPage.objects.get(pk=county.column.pk),
        "home": HomePage.objects.get(pk=county.home.pk),
    }
    before = public(editor, county, path)
    save_draft(pages[kind], **values)
    response = view_draft(editor, pages[kind])
    assert response.status_code == 200
    assert DRAFT in response.content.decode()
    assert public(editor, county, path) == before
    assert DRAFT not in before


@pytest.mark.parametrize(
    ("language", "tag", "words"),
    [("zh-hans", "zh-Hans", "草稿中文"), ("en", "en", "English draft")],
)
def test_each_language_has_its_preview(
    county: County, editor: Client, language: str, tag: str, words: str
) -> None:
    page = ArticlePage.objects.get(pk=county.base.article.pk)
    save_draft(page, heading_zh_hans="草稿中文", heading_en="English draft")
    html = view_draft(editor, page, language).content.decode()
    shown = Markup(html)
    assert shown.all("html")[0]["lang"] == tag
    assert words in html.partition("<h1")[2].partition("</h1>")[0]


def test_the_languages_of_the_portal_are_offered(county: County) -> None:
    page = ArticlePage.objects.get(pk=county.base.article.pk)
    assert [code for code, _label in page.preview_modes] == ["zh-hans", "en"]


def test_a_page_that_was_never_published_has_a_preview(
    county: County, editor: Client
) -> None:
    for reason, slug in (("草稿", "mimi-1"), ("定时", "mimi-2"), ("撤回", "mimi-3")):
        page = ArticlePage.objects.descendant_of(county.home).get(slug=slug)
        words = county.secrets[reason]
        page.go_live_at = timezone.now() + timedelta(days=1)
        page.save_revision()
        assert words in view_draft(editor, page).content.decode()
        assert words not in public(editor, county, f"/dongtai/{slug}/")


def test_a_draft_shows_its_pictures_and_topics(county: County, editor: Client) -> None:
    page = ArticlePage.objects.get(pk=county.base.article.pk)
    image, document = county.unused_media
    page.topics = []
    save_draft(
        page,
        body_zh_hans=stream(
            ("picture", {"image": image.pk}), ("attachment", {"document": document.pk})
        ),
    )
    shown = Markup(view_draft(editor, page).content.decode())
    assert [a for a in shown.all("img") if a.get("alt") == image.alt_text_zh_hans]
    assert [link for link in shown.links() if link.startswith("/media/documents/")]
    assert "/topics/qianxin/" not in shown.links()


def test_a_draft_column_has_a_preview(county: County, editor: Client) -> None:
    column = ColumnPage(
        slug="neu",
        heading_zh_hans="新栏目",
        summary_zh_hans=DRAFT,
        keywords_zh_hans="普法",
        live=False,
    )
    county.home.add_child(instance=column)
    column.save_revision()
    assert DRAFT in view_draft(editor, column).content.decode()
    response = editor.get("/neu/", headers={"host": county.host})
    assert response.status_code == 404


def test_the_preview_of_a_private_page_stays_in_the_admin(
    county: County, editor: Client
) -> None:
    page = ArticlePage.objects.descendant_of(county.home).get(slug="mimi-4")
    page.save_revision()
    assert county.secrets["加密"] in view_draft(editor, page).content.decode()
    assert county.secrets["加密"] not in public(editor, county, "/dongtai/mimi-4/")


# --- the form as it stands ------------------------------------------------------------------------


def form_of(**values: Any) -> dict[str, Any]:
    fields = {
        "slug": "vorschau",
        "heading_zh_hans": "还没保存的标题",
        "summary_zh_hans": "",
        "body_zh_hans": streamfield([("text", rich_text(f"<p>{DRAFT}</p>"))]),
        "body_en": streamfield([]),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
    }
    return nested_form_data({**fields, **values})


def test_a_page_that_was_never_saved_has_a_preview(
    county: County, editor: Client
) -> None:
    address = reverse(
        "wagtailadmin_pages:preview_on_add",
        args=["articles", "articlepage", county.column.pk],
    )
    pages = Page.objects.count()
    answer = editor.post(address, form_of(), headers={"host": county.host})
    assert answer.json() == {"is_valid": True, "is_available": True}
    response = editor.get(address, {"mode": "zh-hans"}, headers={"host": county.host})
    html = response.content.decode()
    assert "还没保存的标题" in html and DRAFT in html
    assert "no-store" in response["Cache-Control"]
    assert Page.objects.count() == pages


def test_a_column_that_was_never_saved_has_a_preview(
    county: County, client: Client
) -> None:
    client.force_login(county.base.admin, backend=BACKEND)
    address = reverse(
        "wagtailadmin_pages:preview_on_add",
        args=["home", "columnpage", county.home.pk],
    )
    form = nested_form_data(
        {
            "slug": "vorschau",
            "heading_zh_hans": "还没保存的栏目",
            "summary_zh_hans": DRAFT,
            "keywords_zh_hans": "普法",
            "column_type": "工作动态",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        }
    )
    answer = client.post(address, form, headers={"host": county.host})
    assert answer.json() == {"is_valid": True, "is_available": True}
    response = client.get(address, {"mode": "zh-hans"}, headers={"host": county.host})
    html = response.content.decode()
    assert "还没保存的栏目" in html and DRAFT in html
    assert "还没保存的栏目" not in public(client, county, "/sitemap/")


def test_a_form_that_is_not_saved_shows_in_the_preview_of_its_page(
    county: County, editor: Client
) -> None:
    page = county.base.article
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    answer = editor.post(address, form_of(), headers={"host": county.host})
    assert answer.json()["is_valid"] is True
    response = editor.get(address, {"mode": "zh-hans"}, headers={"host": county.host})
    assert "还没保存的标题" in response.content.decode()
    assert "还没保存的标题" not in public(editor, county, "/dongtai/zhengqian/")


# --- who, and what comes with it --------------------------------------------------------------------


def test_a_preview_is_kept_nowhere_and_indexed_by_nobody(
    county: County, editor: Client
) -> None:
    response = view_draft(editor, county.base.article)
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_a_preview_has_the_colors_of_its_portal_on_the_host_of_the_admin(
    county: County, editor: Client
) -> None:
    html = view_draft(editor, county.base.article).content.decode()
    theme = public(editor, county, "/theme.css")
    assert theme.strip() and f"<style>{theme}</style>" in html
    assert "/theme.css" not in html


def test_a_preview_runs_no_inline_script_on_public_terms(
    county: County, editor: Client
) -> None:
    response = view_draft(editor, county.base.article)
    directives = response["Content-Security-Policy"].split("; ")
    assert "script-src 'self'" in directives


def test_a_preview_asks_for_a_log_in(county: County, client: Client) -> None:
    response = view_draft(client, county.base.article)
    assert response.status_code == 302
    assert reverse("wagtailadmin_login") in response["Location"]


@pytest.mark.parametrize("role", ["admin", "editor", "author"])
def test_nobody_of_another_county_sees_a_preview(
    world: World, county: County, client: Client, role: str
) -> None:
    client.force_login(getattr(world.other(county).base, role), backend=BACKEND)
    for page in (county.base.article, county.column, county.home):
        response = view_draft(client, page)
        assert response.status_code in {302, 403, 404}
        assert county.marker not in response.content.decode()
    address = reverse(
        "wagtailadmin_pages:preview_on_add",
        args=["articles", "articlepage", county.column.pk],
    )
    answer = client.post(address, form_of(), headers={"host": county.host})
    assert answer.status_code in {302, 403, 404}


def test_a_preview_names_no_page_of_another_portal(
    world: World, county: County, editor: Client
) -> None:
    html = view_draft(editor, county.rich).content.decode()
    assert world.other(county).marker not in html
    assert county.marker in html
