"""The portal snapshot as a reader of one language sees it.

A reader holds the tree (``publishing.tree``) and what was prepared for a batch of
pages: their pictures, files and cited provisions, each read in one query however many
pages the batch has. Presenters of all apps get their data from here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils import timezone, translation
from markupsafe import Markup

from home.directory.words import Vocabulary
from home.links import AddressForm, language_path
from home.models import BasePage, Portal, PortalRecord, words_of
from home.models.regions import RegionData, own_prefix
from home.outward import is_foreign, leave_path
from home.presentation import (
    Card,
    CitedProvision,
    PortalLink,
    TopicData,
)
from home.streams import References
from media.attachments import attachments_for
from media.pictures import pictures_for
from media.presentation import Attachment, Picture
from publishing.identity import peer_base, portal_data, publisher_name, publisher_phone
from publishing.light_rows import PageRow
from publishing.qr import qr_svg
from publishing.richtext import render_plain_text, render_rich_text
from publishing.tree import Tree
from statutes.citations import CitationMatch, find_citations
from statutes.pinpoints import provision_label
from statutes.reading import ProvisionText, provisions_for

if TYPE_CHECKING:
    from statutes.names import NameIndex

Record = TypeVar("Record", bound=PortalRecord)
ProvisionKey = tuple[str, int, int]
# 第十条至第九十条 would print half a law below a page.
LONGEST_RANGE = 10


@dataclass(slots=True)
class Prepared:
    """What was read from the database for a batch of pages."""

    pictures: dict[int, Picture] = field(default_factory=dict)
    attachments: dict[int, Attachment] = field(default_factory=dict)
    provisions: dict[ProvisionKey, ProvisionText] = field(default_factory=dict)


@dataclass(slots=True)
class Trace:
    """What a rendered page turned out to use; an export follows it."""

    media: set[str] = field(default_factory=set)
    urls: set[str] = field(default_factory=set)  # foreign: leaving pages
    provisions: set[ProvisionKey] = field(default_factory=set)
    assets: set[str] = field(default_factory=set)  # static files, by name


class SnapshotReader:
    """Implements ``home.presentation.Reader``."""

    def __init__(
        self,
        portal: Portal,
        portals: Sequence[Portal],
        tree: Tree,
        language: str,
        form: AddressForm,
        source: str,
        prepared: Prepared | None = None,
        overlay: BasePage | None = None,
    ) -> None:
        """``source``: the logical path of the page being made; ``overlay``: the edited
        page of a preview, which stands in for its public row."""
        self.portal_row = portal
        self.portal = portal_data(portal, language)
        self.all_portals = portals
        self.tree = tree
        self.language = language
        self.form = form
        self.source = source
        self.prepared = prepared or Prepared()
        self.overlay = overlay
        self.trace = Trace()
        self.publisher_name = publisher_name(portal, language)
        self.publisher_phone = publisher_phone(portal)
        self.own_hosts = frozenset({portal.host})
        self.today = timezone.localdate()

    # --- preparing ---------------------------------------------------------------------

    def prepare(self, pages: Iterable[BasePage]) -> None:
        """Read what these pages show, in at most three queries."""
        needs = References()
        citing: list[str] = []
        for page in pages:
            found = page.all_references()
            needs.update(found)
            citing += page_texts(page, self.language)
        publisher = getattr(self.portal_row.site, "publisheridentity", None)
        if publisher is not None and publisher.logo_id:
            needs.images.add(publisher.logo_id)
        own = self.portal_row.collection.path
        if needs.images:
            self.prepared.pictures = pictures_for(
                needs.images,
                self.language,
                ready_only=self.overlay is None,
                collection_path=own,
            )
        if needs.documents:
            self.prepared.attachments = attachments_for(
                needs.documents, collection_path=own
            )
        self.prepare_citations([*citing, *needs.texts, *needs.citations])

    def prepare_citations(self, texts: Iterable[str]) -> None:
        """Read the provisions that texts cite, in one query."""
        keys = set(self._provision_keys(texts))
        if keys:
            # Labels such as 现行有效 are words of the page's language.
            with translation.override(self.language):
                self.prepared.provisions = provisions_for(keys, self.portal.id)

    def _provision_keys(self, texts: Iterable[str]) -> Iterator[ProvisionKey]:
        for text in texts:
            for match in self._citations(text):
                yield from provision_keys(match)

    @property
    def names(self) -> NameIndex:
        return self.tree.names

    def _citations(self, text: str) -> Sequence[CitationMatch]:
        return find_citations(text, self.names)

    # --- pages ---------------------------------------------------------------------------

    def card(self, page_id: int) -> Card | None:
        return self.tree.card(page_id, self.language)

    def cards(
        self,
        *,
        kind: str = "",
        under: int | None = None,
        topic: int | None = None,
        limit: int | None = None,
    ) -> Sequence[Card]:
        start = under if under is not None else self.tree.home.id
        found = self.tree.card_list(start, self.language).select(kind, topic)
        return self.tree.cards(islice(found, limit), self.language)

    def updated_at(self, page_id: int) -> datetime | None:
        """When the page's text was last published."""
        row = self.tree.rows[page_id]
        return row.updated_at or row.published_at

    def children(self, page_id: int) -> Sequence[Card]:
        """Public pages directly below a page, in the order of the tree."""
        return self._cards_of(self.tree.children.get(page_id, []))

    def facts(self, page_id: int) -> Mapping[str, Any]:
        if page_id not in self.tree.rows:
            return {}
        return self.tree.details.facts(page_id, self.language)

    def every(self, kind: str) -> Sequence[Card]:
        return self._cards_of(self.tree.of_kind(kind))

    def referring(self, kind: str, page_id: int) -> Sequence[Card]:
        rows = self.tree.of_kind(kind)
        return self._cards_of(row for row in rows if row.target_id == page_id)

    def _cards_of(self, rows: Iterable[PageRow]) -> Sequence[Card]:
        return [card for row in rows if (card := self.card(row.id)) is not None]

    # --- records and places ---------------------------------------------------------------

    def records(self, model: type[Record]) -> Sequence[Record]:
        return self.tree.details.records(model)  # type: ignore[return-value]  # rows of it

    def region(self, region_id: int | None) -> RegionData | None:
        found = self._regions().get(region_id) if region_id else None
        return found[self.language] if found else None

    def regions(self) -> Sequence[RegionData]:
        return [by_code[self.language] for by_code in self._regions().values()]

    def words(self, group: str) -> Vocabulary:
        return words_of(self.portal_row, group)

    def _regions(self) -> Mapping[int, dict[str, RegionData]]:
        below = [
            portal.region_code
            for portal in self.all_portals
            if portal.parent_id == self.portal.id
        ]
        own = own_prefix(self.portal_row.region_code)
        return self.tree.details.regions([own, *below])

    def siblings(self, page_id: int) -> tuple[Card | None, Card | None]:
        older, newer = self.tree.siblings(page_id, self.language)
        return (
            self.card(older) if older is not None else None,
            self.card(newer) if newer is not None else None,
        )

    def related(self, page_id: int, limit: int = 5, kind: str = "") -> Sequence[Card]:
        own = self._topic_ids(page_id)
        if not own:
            return []
        # One more than is wanted: the page itself is among them.
        nearest = self.tree.nearest(own, self.language, kind, limit + 1)
        others = [other for other in nearest if other != page_id]
        return self.tree.cards(others[:limit], self.language)

    # --- vocabulary -------------------------------------------------------------------------

    def topic(self, topic_id: int) -> TopicData | None:
        terms = self.tree.topics.get(topic_id)
        return terms[self.language] if terms else None

    def topics(self) -> Sequence[TopicData]:
        return [terms[self.language] for terms in self.tree.topics.values()]

    def _topic_ids(self, page_id: int) -> tuple[int, ...]:
        if self.overlay is not None and self.overlay.pk == page_id:
            return tuple(topic.pk for topic in self.overlay.topics.all())
        return self.tree.page_topics.get(page_id, ())

    def topics_of(self, page: Any) -> tuple[TopicData, ...]:
        found = map(self.topic, self._topic_ids(page.pk))
        return tuple(topic for topic in found if topic is not None)

    def audience_names(self, page: Any) -> tuple[str, ...]:
        if self.overlay is not None and self.overlay.pk == page.pk:
            ids = tuple(audience.pk for audience in page.audiences.all())
        else:
            ids = self.tree.page_audiences.get(page.pk, ())
        return tuple(
            self.tree.audiences[pk][self.language]
            for pk in ids
            if pk in self.tree.audiences
        )

    # --- media ----------------------------------------------------------------------------------

    def picture(self, image_id: int | None) -> Picture | None:
        picture = self.prepared.pictures.get(image_id) if image_id else None
        if picture is not None and not self.form.channel.holds_pictures:
            return replace(picture, is_left_out=True)
        if picture is not None:
            self.trace.media.add(picture.path)
            for source in picture.sources:
                self.trace.media.update(path for path, _width in source.candidates)
        return picture

    def attachment(self, document_id: int | None) -> Attachment | None:
        found = self.prepared.attachments.get(document_id) if document_id else None
        channel = self.form.channel
        if found is not None and not channel.holds_file(found.extension, found.size):
            return replace(found, is_left_out=True)
        if found is not None:
            self.trace.media.add(found.path)
        return found

    # --- statutes ---------------------------------------------------------------------------------

    def cite(self, raw: str) -> Sequence[CitedProvision]:
        return [
            provision
            for match in self._citations(raw)
            for key in provision_keys(match)
            if (provision := self._cited_provision(key)) is not None
        ]

    def _cited_provision(self, key: ProvisionKey) -> CitedProvision | None:
        text = self.prepared.provisions.get(key)
        if text is not None:
            self.trace.provisions.add(key)
            return at_place(text.cited(), key)
        found = register_only(key, self.names)
        return at_place(found, key) if found is not None else None

    def cited(self, page: Any) -> tuple[CitedProvision, ...]:
        seen: dict[ProvisionKey, CitedProvision] = {}
        found = page.all_references()
        texts = [*found.citations, *found.texts, *page_texts(page, self.language)]
        for key in self._provision_keys(texts):
            if key not in seen and (provision := self._cited_provision(key)):
                seen[key] = provision
        return tuple(seen.values())

    def citation_links(self, text: str) -> Iterator[tuple[int, int, str]]:
        for match in self._citations(text):
            for key in provision_keys(match)[:1]:
                provision = self.prepared.provisions.get(key)
                if provision is not None:
                    self.trace.provisions.add(key)
                    href = self.link(provision.path, provision.anchor)
                    yield match.start, match.end, href

    # --- links and texts ---------------------------------------------------------------------------

    def link(self, path: str, fragment: str = "") -> str:
        return self.form.href(path, source=self.source, fragment=fragment)

    def absolute(self, path: str) -> str:
        return self.form.absolute(path)

    def outward(self, url: str) -> dict[str, str]:
        if is_foreign(url, self.own_hosts):
            self.trace.urls.add(url)
            return {"path": language_path(leave_path(url), "zh-hans"), "href": ""}
        return {"path": "", "href": url}

    def outward_href(self, url: str) -> str:
        target = self.outward(url)
        return self.link(target["path"]) if target["path"] else target["href"]

    def rich_text(self, html: str) -> Markup:
        return render_rich_text(html, self)

    def plain_text(self, text: str) -> Markup:
        return render_plain_text(text, self)

    def portals(self) -> Iterator[PortalLink]:
        for portal in self.all_portals:
            if portal.parent_id == self.portal.id:
                yield self.portal_link(portal)

    def portal_link(self, portal: Portal) -> PortalLink:
        data = portal_data(portal, self.language)
        base = peer_base(portal, self.form)
        return PortalLink(
            name=data.name,
            region_name=data.region_name,
            level=data.level,
            href=f"{base}/" if base else "",
        )

    def qr_svg(self) -> Markup:
        return qr_svg(self.form.absolute(self.source))


def page_texts(page: BasePage, language: str) -> list[str]:
    """The plain texts of a page that may cite a statute."""
    sources = getattr(page, "citation_sources", None)
    if sources is None:
        return []
    return [
        text
        for _role, found in sources(language)
        for text in (*found.citations, *found.texts)
    ]


def provision_keys(match: CitationMatch) -> list[ProvisionKey]:
    """The provisions a citation names, a range written out."""
    keys: list[ProvisionKey] = []
    for point in match.pinpoints:
        keys.append((match.statute_slug, point.number, point.suffix))
        if point.end_number:
            last = min(point.end_number, point.number + LONGEST_RANGE)
            keys += [
                (match.statute_slug, number, 0)
                for number in range(point.number + 1, last + 1)
            ]
    return list(dict.fromkeys(keys))


def at_place(cited: CitedProvision, key: ProvisionKey) -> CitedProvision:
    slug, number, suffix = key
    return replace(cited, statute_slug=slug, number=number, suffix=suffix)


def register_only(key: ProvisionKey, names: NameIndex) -> CitedProvision | None:
    """A provision of a statute whose text the library does not hold."""
    slug, number, suffix = key
    title = names.title(slug)
    if not title:
        return None
    return CitedProvision(
        label=f"《{title}》{provision_label(number, suffix)}", path="", anchor=""
    )
