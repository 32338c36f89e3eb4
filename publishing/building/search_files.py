"""The search index of a site as files; a worker keeps it in memory and changes it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from publishing import offline_search
from publishing.building.workshop import Made, Workshop
from publishing.sites.outputs import Output, output_of
from search.offline.build import OfflineIndex

INDEX = "index"
Indexes = dict[str, OfflineIndex]  # by language


def index_languages(workshop: Workshop) -> list[str]:
    tree = workshop.snapshot.tree
    return [language for language in tree.languages if language in tree.spoken]


def build_indexes(workshop: Workshop) -> Indexes:
    return {
        language: offline_search.index_of(workshop.snapshot, language)
        for language in index_languages(workshop)
    }


def index_files(indexes: Indexes) -> Iterator[Made]:
    for language, index in indexes.items():
        for name, body, content_type in offline_search.index_files(index, language):
            yield Made(_output(name, body, content_type, language), body)


def changed_index_files(
    workshop: Workshop,
    indexes: Indexes,
    pages: Collection[int],
    statutes: Collection[str],
) -> Iterator[Made | str]:
    """The files that may differ, or the names of those that are gone."""
    for language, index in indexes.items():
        found = offline_search.changed_files(
            index, workshop.snapshot, language, pages, statutes
        )
        for name, body in found:
            if body is None:
                yield name
            else:
                output = _output(name, body, offline_search.CONTENT_TYPE, language)
                yield Made(output, body)


def _output(name: str, body: bytes, content_type: str, language: str) -> Output:
    return output_of(name, body, kind=INDEX, type=content_type, language=language)
