"""The law texts that the demo rests on, where they are at hand.

They are not part of the project: without them the citations are checked against the
register alone. Only the invented regulation of the prefecture is always there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from django.conf import settings
from tqdm import tqdm

from articles.demo.makers import all_rows
from articles.demo.sources import Row, strings_of
from home.models import Portal
from statutes.citations import find_citations
from statutes.importing import ImportOptions, ImportSummary, import_files
from statutes.models import Statute
from statutes.register import DATA, load_register
from statutes.sources import SourceFile, read_sources
from statutes.versions import StatuteTexts

ARCHIVE = "laws_national.tar.xz"
LOCAL_TEXTS = DATA / "demo"
LOCAL_SOURCE = "本项目编写的演示文本，不是真实的法规"


def cited_titles(rows: Iterable[Row]) -> frozenset[str]:
    """Full titles of the registered statutes that the demo cites anywhere."""
    names = load_register().names
    return frozenset(
        names.title(match.statute_slug)
        for row in rows
        for text in strings_of(row)
        for match in find_citations(text, names)
    )


def import_national() -> ImportSummary | None:
    """The 34 texts of ``XIANGFA_LAWS``, and out of the archive beside it those that the
    demo cites and the folder lacks; None where there is no such folder."""
    folder = Path(settings.XIANGFA_LAWS)
    if not folder.is_dir():
        return None
    summary = _import(read_sources([folder]), ImportOptions())
    archive = folder.parent / ARCHIVE
    missing = cited_titles(all_rows()) - set(
        Statute.objects.values_list("title", flat=True)
    )
    if archive.is_file() and missing:
        more = _import(read_sources([archive]), ImportOptions(only=missing))
        summary.statutes += more.statutes
        summary.provisions += more.provisions
        summary.errors += more.errors
        for outcome, count in more.outcomes.items():
            summary.outcomes[outcome] += count
    return summary


def import_local(portal: Portal) -> ImportSummary:
    """The regulation of the prefecture, which holds in its counties as well."""
    options = ImportOptions(portal=portal, source=LOCAL_SOURCE)
    return _import(read_sources([LOCAL_TEXTS]), options)


def _import(files: Iterable[SourceFile], options: ImportOptions) -> ImportSummary:
    return import_files(files, options, progress=_progress)


def _progress(statutes: Sequence[StatuteTexts]) -> Iterable[StatuteTexts]:
    # Nothing is drawn where standard error is not a terminal.
    return tqdm(statutes, desc="法律法规", unit="部", disable=None, leave=False)
