"""One demo portal while its pages are being made, and what every page needs then."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from wagtail.models import Page

from articles.demo.bodies import Raw, Targets
from articles.demo.files import documents_for, images_for, used_files
from articles.demo.sources import Row
from articles.models import QuestionPage
from home.models import Audience, BasePage, Portal, Topic

DEFAULT = settings.LANGUAGE_CODE


@dataclass(slots=True)
class Workshop:
    """``slug`` names the portal in the files (``qingshan``)."""

    portal: Portal
    slug: str
    pages: dict[str, int] = field(default_factory=dict)  # address → id
    questions: dict[str, int] = field(default_factory=dict)  # slug → id
    topics: dict[str, Topic] = field(default_factory=dict)
    audiences: dict[str, Audience] = field(default_factory=dict)

    @classmethod
    def open(cls, portal: Portal, slug: str) -> Workshop:
        topics = {topic.slug: topic for topic in Topic.objects.all()}
        audiences = {str(one.name): one for one in Audience.objects.all()}
        found = cls(portal, slug, topics=topics, audiences=audiences)
        home = portal.site.root_page
        for path, pk in home.get_descendants().values_list("url_path", "pk"):
            found.pages[path[len(home.url_path) :].strip("/")] = pk
        for name, pk in QuestionPage.objects.descendant_of(home).values_list(
            "slug", "pk"
        ):
            found.questions[name] = pk
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

    def place(self, row: Row, address: str, page: BasePage) -> None:
        """Put a draft below the page at ``address``, with its terms."""
        if address not in self.pages:
            raise row.wrong("column", f"“{address}” is no page of {self.portal.host}")
        parent = Page.objects.get(pk=self.pages[address]).specific
        page.live = False
        page.last_published_at = page.first_published_at
        if page.has_topics:
            page.topics = [self.topics[slug] for slug in row.get("topics") or ()]
            page.audiences = [
                self.audiences[name] for name in row.get("audiences") or ()
            ]
        try:
            parent.add_child(instance=page)
        except ValidationError as error:
            raise row.wrong("page", "; ".join(error.messages)) from error
        self.pages[f"{address}/{page.slug}"] = page.pk


def day(row: Row, key: str) -> date | None:
    value = row.get(key)
    if not value or isinstance(value, date):
        return value or None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise row.wrong(key, error) from error


def versions(row: Row, portal: Portal) -> Mapping[str, Row]:
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
