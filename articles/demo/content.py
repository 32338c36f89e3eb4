"""Articles, questions and the home page of a demo portal, made as an editor makes them:
a draft, then its text, then publication. Two passes, because pages refer to each other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from tqdm import tqdm

from articles.demo import sources
from articles.demo.bodies import Raw, Targets, block_id, convert
from articles.demo.files import documents_for, images_for, used_files
from articles.demo.portals import home_columns
from articles.demo.sources import Row
from articles.models import ArticlePage, QuestionPage
from home.models import (
    Audience,
    BasePage,
    ColumnPage,
    ContentPage,
    HomePage,
    Portal,
    Topic,
    localized,
)

QUESTION_COLUMN = "wenda"
DEFAULT = settings.LANGUAGE_CODE
QUESTION_TEXTS = ("heading", "answer", "whom", "bring", "time_limit", "cost")
# A review has a day; the questions of one day come out one after the other.
FIRST_HOUR = time(9, 0)
STEP = timedelta(minutes=7)


@dataclass(slots=True)
class Workshop:
    """One portal while its pages are being made."""

    portal: Portal
    pages: dict[str, int] = field(default_factory=dict)  # address → id
    questions: dict[str, int] = field(default_factory=dict)  # slug → id
    topics: dict[str, Topic] = field(default_factory=dict)
    audiences: dict[str, Audience] = field(default_factory=dict)

    @classmethod
    def open(cls, portal: Portal) -> Workshop:
        topics = {topic.slug: topic for topic in Topic.objects.all()}
        names = localized("name", DEFAULT)
        audiences = {getattr(one, names): one for one in Audience.objects.all()}
        found = cls(portal, topics=topics, audiences=audiences)
        home = portal.site.root_page
        for path, pk in home.get_descendants().values_list("url_path", "pk"):
            found.pages[path[len(home.url_path) :].strip("/")] = pk
        for slug, pk in QuestionPage.objects.descendant_of(home).values_list(
            "slug", "pk"
        ):
            found.questions[slug] = pk
        return found

    def targets(self, rows: Iterable[Row]) -> Targets:
        wanted = {used for row in rows for used in used_files(row)}
        return Targets(
            pages=self.pages,
            questions=self.questions,
            images=images_for(
                self.portal, (k for kind, k in wanted if kind == "image")
            ),
            documents=documents_for(
                self.portal, (k for kind, k in wanted if kind == "document")
            ),
        )


def create_pages(portal: Portal, slug: str) -> int:
    """Make the articles and questions that the portal lacks; how many."""
    shop = Workshop.open(portal)
    drafts: list[tuple[Row, ContentPage]] = []
    for number, row in enumerate(sources.questions()):
        if slug in row["portals"] and f"{QUESTION_COLUMN}/{row['slug']}" not in (
            shop.pages
        ):
            drafts.append((row, _draft_question(shop, row, number)))
    for row in sources.articles():
        if (
            slug in row["portals"]
            and f"{row['column']}/{row['slug']}" not in shop.pages
        ):
            drafts.append((row, _draft_article(shop, row)))
    targets = shop.targets(row for row, _page in drafts)
    for row, page in tqdm(
        drafts, desc=portal.region_name, unit="页", disable=None, leave=False
    ):
        fill = _fill_article if isinstance(page, ArticlePage) else _fill_question
        fill(page, row, targets, portal)
        publish(page, row)
    return len(drafts)


# --- drafts ------------------------------------------------------------------------------


def _column(shop: Workshop, row: Row, address: str) -> ColumnPage:
    if address not in shop.pages:
        raise row.wrong("column", f"“{address}” is no column of {shop.portal.host}")
    return ColumnPage.objects.get(pk=shop.pages[address])


def _draft(shop: Workshop, row: Row, address: str, page: ContentPage) -> None:
    parent = _column(shop, row, address)
    page.live = False
    page.last_published_at = page.first_published_at
    page.topics = [shop.topics[slug] for slug in row["topics"]]
    page.audiences = [shop.audiences[name] for name in row["audiences"]]
    try:
        parent.add_child(instance=page)
    except ValidationError as error:
        raise row.wrong("page", "; ".join(error.messages)) from error
    shop.pages[f"{address}/{page.slug}"] = page.pk


def _draft_question(shop: Workshop, row: Row, number: int) -> QuestionPage:
    page = QuestionPage(
        slug=row["slug"],
        source=row.get("source", ""),
        area=row["area"],
        reviewer=row["reviewer"],
        reviewed_on=_day(row, "reviewed_on"),
        review_due=_day(row, "review_due"),
        needs_check=row["needs_check"],
        **{localized("heading", DEFAULT): row["heading"]},
    )
    reviewed = datetime.combine(_day(row, "reviewed_on") or date.today(), FIRST_HOUR)
    page.first_published_at = timezone.make_aware(reviewed + number * STEP)
    _draft(shop, row, QUESTION_COLUMN, page)
    shop.questions[page.slug] = page.pk
    return page


def _draft_article(shop: Workshop, row: Row) -> ArticlePage:
    page = ArticlePage(
        slug=row["slug"],
        source=row["source"],
        author=row["author"],
        place=row["place"] or "",
        reprint_source=row.get("reprint_source") or "",
        reprint_url=row.get("reprint_url") or "",
        original_date=_day(row, "original_date"),
        **{localized("heading", DEFAULT): row["heading"]},
    )
    try:
        page.first_published_at = datetime.fromisoformat(str(row["published"]))
    except ValueError as error:
        raise row.wrong("published", error) from error
    _draft(shop, row, row["column"], page)
    return page


def _day(row: Row, key: str) -> date | None:
    value = row.get(key)
    if not value or isinstance(value, date):
        return value or None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise row.wrong(key, error) from error


# --- texts -------------------------------------------------------------------------------


def _versions(row: Row, portal: Portal) -> Mapping[str, Row]:
    """The texts of a page in the languages that its portal uses."""
    found = {DEFAULT: row, **row.translations()}
    return {code: texts for code, texts in found.items() if code in portal.languages}


def set_stream(page: BasePage, name: str, raw: Raw, row: Row, key: str) -> None:
    """Put blocks into a stream, checked as the admin's form checks them."""
    block = page._meta.get_field(name).stream_block
    value = block.to_python(raw)
    try:
        block.clean(value)
    except ValidationError as error:
        raise row.wrong(key, _sentences(error)) from error
    setattr(page, name, json.dumps(raw))


def _sentences(error: ValidationError) -> str:
    """All messages of an error of nested blocks."""
    data = error.as_json_data() if hasattr(error, "as_json_data") else error.messages
    return json.dumps(data, ensure_ascii=False, default=str)


def _fill_article(
    page: ContentPage, row: Row, targets: Targets, portal: Portal
) -> None:
    scope = f"{portal.host}/{row['slug']}"
    for code, texts in _versions(row, portal).items():
        for key in ("heading", "summary"):
            setattr(page, localized(key, code), texts.get(key, ""))
        raw = convert(texts, "body", targets, f"{scope}/{code}")
        set_stream(page, localized("body", code), raw, texts, "body")
    if row["cover"]:
        if row["cover"] not in targets.images:
            raise row.wrong("cover", f"there is no picture “{row['cover']}”")
        page.cover_id = targets.images[row["cover"]]


def _fill_question(
    page: ContentPage, row: Row, targets: Targets, portal: Portal
) -> None:
    scope = f"{portal.host}/{row['slug']}"
    for code, texts in _versions(row, portal).items():
        for key in QUESTION_TEXTS:
            setattr(page, localized(key, code), texts.get(key, ""))
        wordings = "\n".join(texts.get("wordings") or ())
        setattr(page, localized("wordings", code), wordings)
        raw = convert(texts, "explanation", targets, f"{scope}/{code}")
        set_stream(page, localized("explanation", code), raw, texts, "explanation")
    basis = [
        {"type": "citation", "value": text, "id": block_id(scope, "basis", number)}
        for number, text in enumerate(row["legal_basis"])
    ]
    set_stream(page, "legal_basis", basis, row, "legal_basis")
    known = {one["slug"] for one in sources.questions()}
    if unknown := set(row["related"]) - known:
        raise row.wrong("related", f"“{sorted(unknown)[0]}” is no question")
    # A portal shows those of them that it has.
    related = [
        {
            "type": "question_link",
            "value": targets.questions[slug],
            "id": block_id(scope, "related", slug),
        }
        for slug in row["related"]
        if slug in targets.questions
    ]
    set_stream(page, "related", related, row, "related")


def publish(page: BasePage, row: Row) -> None:
    """Publish as the button does, then set the times that the files give."""
    problems = page.publication_problems()
    if problems:
        raise row.wrong("page", "; ".join(problems))
    moment = page.first_published_at
    page.save_revision().publish()
    if moment is not None:
        type(page).objects.filter(pk=page.pk).update(
            first_published_at=moment,
            last_published_at=moment,
            latest_revision_created_at=moment,
        )


# --- the home page -----------------------------------------------------------------------


def fill_home(portal: Portal, row: Row) -> None:
    """Give the home page its blocks; its links need the other pages first."""
    shop = Workshop.open(portal)
    home = HomePage.objects.get(pk=portal.site.root_page_id)
    targets = shop.targets([])
    for column, key in home_columns(row).items():
        raw = convert(row, key, targets, f"{portal.host}/{column}")
        set_stream(home, column, raw, row, key)
    home.save_revision().publish()
