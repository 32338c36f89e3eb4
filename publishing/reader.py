"""The portal snapshot as a reader of one language sees it.

A reader answers from the tree (``publishing.portal_facts``) and from what was prepared
for a batch of pages: their pictures, files and cited provisions, each read in one query
however many pages the batch has. Presenters of all apps get their data from here and
nowhere else, and what they ask is recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.utils import translation
from markupsafe import Markup

from home.links import AddressForm, language_path
from home.models import BasePage, Portal
from home.outward import is_foreign, leave_path
from home.presentation import CitedProvision, PortalLink
from home.streams import References
from media.attachments import attachments_for
from media.pictures import pictures_for
from media.presentation import Attachment, Picture
from publishing.facts import Question, fact, note_event
from publishing.identity import PortalWords, peer_base, portal_data, portal_words
from publishing.portal_facts import PortalFacts
from publishing.qr import qr_svg
from publishing.richtext import render_plain_text, render_rich_text
from publishing.shared_parts import SharedParts
from publishing.site_frame import SiteFrame, site_frame
from publishing.tree import Tree
from statutes.citations import CitationMatch, find_citations
from statutes.pinpoints import provision_label
from statutes.reading import ProvisionText, provisions_for

if TYPE_CHECKING:
    from statutes.names import NameIndex

ProvisionKey = tuple[str, int, int]
# 第十条至第九十条 would print half a law below a page.
LONGEST_RANGE = 10


@dataclass(slots=True)
class Prepared:
    """What was read from the database for a batch of pages."""

    pictures: dict[int, Picture] = field(default_factory=dict)
    attachments: dict[int, Attachment] = field(default_factory=dict)
    provisions: dict[ProvisionKey, ProvisionText] = field(default_factory=dict)
    # Of each page: its texts that may cite a statute.
    citing: dict[int, list[str]] = field(default_factory=dict)

    @property
    def weight(self) -> int:
        return len(self.pictures) + len(self.attachments) + len(self.provisions)


@dataclass(slots=True)
class Trace:
    """What a rendered page turned out to use; an export follows it."""

    asked: set[Question] = field(default_factory=set)
    media: set[str] = field(default_factory=set)
    urls: set[str] = field(default_factory=set)  # foreign: leaving pages
    typed: set[str] = field(default_factory=set)  # of government sites: linked straight
    provisions: set[ProvisionKey] = field(default_factory=set)
    assets: set[str] = field(default_factory=set)  # static files, by name
    parts: list[str] = field(default_factory=list)  # of its text (``shared_parts``)


class SnapshotReader(PortalFacts):
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
        answers: dict[Question, Any] | None = None,
        parts: SharedParts | None = None,
        words: PortalWords | None = None,
    ) -> None:
        """``source``: the logical path of the page being made; ``parts``: what many
        pages of one export have in common; ``words``: the portal's, if known."""
        super().__init__(portal, portals, tree, language, overlay, answers)
        known = words or portal_words(portal, language)
        self.portal, self.publisher_name, self.publisher_phone = known
        self.form = form
        self.source = source
        self.root = form.root(source)
        self.parts = parts
        self.prepared = prepared or Prepared()
        self.trace = Trace(asked=self.asked)
        self.own_hosts = frozenset({portal.host})

    # --- preparing ---------------------------------------------------------------------

    def prepare(self, pages: Iterable[BasePage]) -> None:
        """Read what these pages show, in at most three queries."""
        needs = References()
        for page in pages:
            found = page.all_references()
            needs.update(found)
            self.prepared.citing[page.pk] = self._citing(page, found)
        publisher = getattr(self.portal_row.site, "publisheridentity", None)
        if publisher is not None and publisher.logo_id:
            needs.images.add(publisher.logo_id)
        own = self.portal_row.collection.path
        prepared = self.prepared
        if images := needs.images - prepared.pictures.keys():
            prepared.pictures |= pictures_for(
                images,
                self.language,
                ready_only=self.overlay is None,
                collection_path=own,
            )
        if documents := needs.documents - prepared.attachments.keys():
            prepared.attachments |= attachments_for(documents, collection_path=own)
        self.prepare_citations(chain(*self.prepared.citing.values()))

    def _citing(self, page: BasePage, found: References) -> list[str]:
        return [*found.citations, *found.texts, *page_texts(page, self.language)]

    def prepare_citations(self, texts: Iterable[str]) -> None:
        """Read the provisions that texts cite, in one query."""
        held = self.tree.held_statutes
        if not held:
            return
        keys = {key for key in self._provision_keys(texts) if key[0] in held}
        if keys := keys - self.prepared.provisions.keys():
            # Labels such as 现行有效 are words of the page's language.
            with translation.override(self.language):
                self.prepared.provisions |= provisions_for(keys, self.portal.id)

    def _provision_keys(self, texts: Iterable[str]) -> Iterator[ProvisionKey]:
        for text in texts:
            for match in self._citations(text):
                yield from provision_keys(match)

    @property
    def names(self) -> NameIndex:
        return self.statute_names()

    def _citations(self, text: str) -> Sequence[CitationMatch]:
        return _citations_in(text, self.names)

    def note_stored(self, page_id: int) -> None:
        """The page is made from the stored row of this page."""
        note_event(self, "stored", page_id)

    # --- media ----------------------------------------------------------------------------------

    def picture(self, image_id: int | None) -> Picture | None:
        if image_id:
            note_event(self, "picture", image_id)
        picture = self.prepared.pictures.get(image_id) if image_id else None
        if picture is not None and not self.form.channel.holds_pictures:
            return replace(picture, is_left_out=True)
        if picture is not None:
            self.trace.media.add(picture.path)
            for source in picture.sources:
                self.trace.media.update(path for path, _width in source.candidates)
        return picture

    def attachment(self, document_id: int | None) -> Attachment | None:
        if document_id:
            note_event(self, "attachment", document_id)
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
        text = self._provision(key)
        if text is not None:
            return at_place(text.cited(), key)
        found = register_only(key, self.names)
        return at_place(found, key) if found is not None else None

    def _provision(self, key: ProvisionKey) -> ProvisionText | None:
        note_event(self, "provision", *key)
        text = self.prepared.provisions.get(key)
        if text is not None:
            self.trace.provisions.add(key)
        return text

    def note_provision(self, key: ProvisionKey) -> None:
        note_event(self, "provision", *key)

    def note_statute(self, slug: str) -> None:
        """The page shows the text of a statute."""
        note_event(self, "statute", slug)

    def cited(self, page: Any) -> tuple[CitedProvision, ...]:
        seen: dict[ProvisionKey, CitedProvision] = {}
        texts = self.prepared.citing.get(page.pk)
        if texts is None:
            texts = self._citing(page, page.all_references())
        for key in self._provision_keys(texts):
            if key not in seen and (provision := self._cited_provision(key)):
                seen[key] = provision
        return tuple(seen.values())

    def citation_links(self, text: str) -> Iterator[tuple[int, int, str]]:
        for match in self._citations(text):
            for key in provision_keys(match)[:1]:
                provision = self._provision(key)
                if provision is not None:
                    href = self.link(provision.path, provision.anchor)
                    yield match.start, match.end, href

    # --- links and texts ---------------------------------------------------------------------------

    def link(self, path: str, fragment: str = "") -> str:
        if fragment:
            return self.form.href(path, source=self.source, fragment=fragment)
        return self.root + self.form.below_root(path)

    def absolute(self, path: str) -> str:
        return self.form.absolute(path)

    def outward(self, url: str) -> dict[str, str]:
        if is_foreign(url, self.own_hosts):
            self.trace.urls.add(url)
            return {"path": language_path(leave_path(url), "zh-hans"), "href": ""}
        self.trace.typed.add(url)
        return {"path": "", "href": url}

    def outward_href(self, url: str) -> str:
        target = self.outward(url)
        return self.link(target["path"]) if target["path"] else target["href"]

    def rich_text(self, html: str) -> Markup:
        return render_rich_text(html, self)

    def plain_text(self, text: str) -> Markup:
        return render_plain_text(text, self)

    @fact()
    def site(self) -> SiteFrame:
        """What every page says of the portal."""
        return site_frame(self)

    def portals(self) -> Sequence[PortalLink]:
        return self.site().children

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


@lru_cache(maxsize=10_000)
def _citations_in(text: str, names: NameIndex) -> Sequence[CitationMatch]:
    """Asked for when a batch is read, when the text is shown and when it is listed."""
    return find_citations(text, names)


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
