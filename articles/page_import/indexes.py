"""What is written down about pages besides themselves, for many pages at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex
from wagtail.search.backends import get_search_backends

from articles.models import ArticlePage
from home import streams
from home.models import MediaUse, OutwardLink
from home.outward import url_digest
from statutes.citing import citation_rows
from statutes.models import Citation
from statutes.naming import name_index

BATCH = 500
MAIN = settings.LANGUAGE_CODE


def fill(pages: Sequence[ArticlePage]) -> None:
    """Index what a save of each of these new pages would have indexed.

    The public search index follows the outbox, and is not written here.
    """
    _fill_public_records([page for page in pages if page.live])
    ReferenceIndex.objects.bulk_create(_references(pages), batch_size=BATCH)
    for backend in get_search_backends(with_auto_update=True):
        for start in range(0, len(pages), BATCH):
            backend.add_bulk(ArticlePage, pages[start : start + BATCH])


def _fill_public_records(pages: Sequence[ArticlePage]) -> None:
    """What the public text of these pages shows, links to and cites."""
    links, uses, citations = [], [], []
    names = name_index(lambda: pages[0].portal if pages else None)
    for page in pages:
        body = streams.references(page.stream_data("body", MAIN))
        links += [
            OutwardLink(page_id=page.pk, url=url, digest=url_digest(url))
            for url in sorted(body.urls)
        ]
        for kind, ids in (
            (MediaUse.Kind.IMAGE, body.images),
            (MediaUse.Kind.DOCUMENT, body.documents),
        ):
            uses += [
                MediaUse(page_id=page.pk, kind=kind, media_id=pk) for pk in sorted(ids)
            ]
        said = [("block", text) for text in body.citations]
        said += [("text", text) for text in body.texts]
        citations += citation_rows(page.pk, MAIN, said, names)
    OutwardLink.objects.bulk_create(links, batch_size=BATCH)
    MediaUse.objects.bulk_create(uses, batch_size=BATCH)
    Citation.objects.bulk_create(citations, batch_size=BATCH)


def _references(pages: Sequence[ArticlePage]) -> Iterator[ReferenceIndex]:
    own = ContentType.objects.get_for_model(ArticlePage)
    base = ContentType.objects.get_for_model(Page)
    for page in pages:
        for to_type, to_id, model_path, content_path in sorted(
            set(ReferenceIndex._extract_references_from_object(page))
        ):
            yield ReferenceIndex(
                content_type=own,
                base_content_type=base,
                object_id=str(page.pk),
                to_content_type_id=to_type,
                to_object_id=to_id,
                model_path=model_path,
                content_path=content_path,
                content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
            )
