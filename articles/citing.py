"""Pages that cite statutes: what they cite is found at save and stored as data."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from home import streams
from home.indexing import IndexEntry
from home.links import language_path
from home.models import ContentPage, Portal
from statutes.citing import store_citations


class CitingPage(ContentPage):
    # Translated plain texts that may cite a statute, beside the streams.
    citing_texts: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def stored(self, field: str) -> list[dict[str, Any]]:
        """The stored blocks of a stream that exists once for all languages."""
        value = getattr(self, field, None)
        return list(value.raw_data) if value else []

    def citation_sources(self, language: str) -> list[tuple[str, streams.References]]:
        """(role, what it says) of each part of the page that may cite a statute."""
        found = [("basis", streams.references(self.stored("legal_basis")))]
        for field in self.stream_fields:
            refs = streams.references(self.stream_data(field, language))
            found.append(("block", streams.References(citations=refs.citations)))
            found.append(("text", streams.References(texts=refs.texts)))
        texts = [str(self.text(field, language)) for field in self.citing_texts]
        return [*found, ("text", streams.References(texts=texts))]

    def save(self, clean: bool = True, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(clean=clean, **kwargs)
            # A draft saves nothing but its revision; the stored citations are those
            # of the public text.
            if self.live and kwargs.get("update_fields") is None:
                self.store_citations()

    def store_citations(self) -> None:
        for language, _name in settings.LANGUAGES:
            texts = [
                (role, text)
                for role, refs in self.citation_sources(language)
                for text in (*refs.citations, *refs.texts)
            ]
            store_citations(self, language, texts)

    def build_search_entry(
        self, portal: Portal, language: str, **texts: Any
    ) -> IndexEntry:
        published = self.first_published_at or timezone.now()
        local_day = timezone.localtime(published).date()
        return IndexEntry(
            key=f"{self.kind}:{self.pk}:{language}",
            kind=self.kind,
            portal_id=portal.pk,
            language=language,
            title=self.text("heading", language),
            path=language_path(self.public_path(portal), language),
            topics=tuple(topic.slug for topic in self.topics.all()),
            year=local_day.year,
            published_on=local_day,
            **texts,
        )
