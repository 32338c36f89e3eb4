"""Brings parsed statutes into the database.

Each statute is one transaction: after a failure it is as it was, with all of its
versions, while the statutes before it stay imported. The same files give the same
rows again; rows keep their keys, so that search entries and links stay valid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.db import transaction
from django.utils import timezone

from home.models import Portal
from home.outbox import record_change

from .lifecycle import choose_current
from .markdown import parse_statute
from .models import Division, Provision, Statute, StatuteName, StatuteVersion
from .names import COUNTRY, derived_names, name_key, without_country
from .parsed import MarkdownError, ParsedDivision, ParsedStatute
from .register import Register, load_register, read_aliases
from .slugs import statute_slug
from .sources import SourceFile
from .splitting import assign_parts
from .versions import StatuteTexts, group_statutes

# Raised whenever the parser reads the same file differently: then a file that did not
# change is imported anew.
READER_VERSION = 1
_LONGEST_NAME = 300

Outcome = Literal["new", "changed", "unchanged"]
Progress = Callable[[StatuteTexts], None]


@dataclass(frozen=True, slots=True)
class ImportOptions:
    dry_run: bool = False
    only: frozenset[str] = frozenset()  # titles or short names; empty: all
    portal: Portal | None = None  # owner of what is imported; None: shared
    source: str = ""  # for texts that the register does not know
    source_url: str = ""
    today: date | None = None


@dataclass(slots=True)
class ImportSummary:
    files: int = 0
    notes: int = 0  # files that are no texts
    statutes: int = 0
    versions: int = 0
    provisions: int = 0
    outcomes: dict[Outcome, int] = field(
        default_factory=lambda: {"new": 0, "changed": 0, "unchanged": 0}
    )
    copies: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def collect_statutes(
    files: Iterable[SourceFile], options: ImportOptions, summary: ImportSummary
) -> list[StatuteTexts]:
    """Parse the files and group them; what cannot be read goes into the errors."""
    parsed: dict[str, list[ParsedStatute]] = {}
    broken: set[str] = set()
    wanted = _wanted_titles(options)
    for file in files:
        if not file.is_text:
            summary.notes += 1
            continue
        summary.files += 1
        if wanted and not wanted(file):
            continue
        try:
            statute = parse_statute(file.data, file.path)
        except MarkdownError as error:
            summary.errors.append(str(error))
            broken.add(_title_line(file))
            continue
        parsed.setdefault(statute.title, []).append(statute)
    found: list[StatuteTexts] = []
    for title in sorted(parsed):
        # With one of its files broken, a statute would lose a version or a book.
        if title in broken:
            continue
        try:
            found.extend(group_statutes(parsed[title]))
        except MarkdownError as error:
            summary.errors.append(str(error))
    for texts in found:
        summary.copies.extend(texts.copies)
        for version in texts.versions:
            summary.warnings.extend(version.warnings)
    return found


def _title_line(file: SourceFile) -> str:
    first = file.data.split(b"\n", 1)[0].decode("utf-8", errors="replace")
    return first.lstrip("#\ufeff").strip()


def _wanted_titles(options: ImportOptions) -> Callable[[SourceFile], bool] | None:
    if not options.only:
        return None
    keys = {name_key(name) for name in options.only}
    names = load_register().names
    keys |= {name_key(names.title(names.slug(name) or "")) for name in options.only}

    def is_wanted(file: SourceFile) -> bool:
        title = _title_line(file)
        return not keys.isdisjoint({name_key(title), name_key(without_country(title))})

    return is_wanted


def import_files(
    files: Iterable[SourceFile],
    options: ImportOptions | None = None,
    progress: Callable[[Sequence[StatuteTexts]], Iterable[StatuteTexts]] | None = None,
) -> ImportSummary:
    """Import everything in ``files``; nothing is written with ``dry_run``."""
    options = options or ImportOptions()
    summary = ImportSummary()
    statutes = collect_statutes(files, options, summary)
    for texts in progress(statutes) if progress else statutes:
        try:
            outcome = import_statute(texts, options)
        except ImportConflict as error:
            summary.errors.append(str(error))
            continue
        summary.statutes += 1
        summary.outcomes[outcome] += 1
        summary.versions += len(texts.versions)
        summary.provisions += sum(len(item.provisions) for item in texts.versions)
    return summary


class ImportConflict(Exception):
    """A text that cannot take the place of what the database holds."""


def import_statute(texts: StatuteTexts, options: ImportOptions) -> Outcome:
    """One statute with all its versions, in one transaction."""
    today = options.today or timezone.localdate()
    with transaction.atomic():
        known = Statute.objects.filter(title=texts.title).first()
        if known is not None and known.portal_id != _portal_id(options):
            raise ImportConflict(
                f"{texts.latest.paths[0]}:1: “{texts.title}” is in the library already "
                "and belongs to another owner"
            )
        held = (
            {row.version_on: row for row in known.versions.filter(language="zh-hans")}
            if known
            else {}
        )
        pending = [item for item in texts.versions if not _is_held(item, held)]
        if known is not None and not pending:
            return "unchanged"
        outcome: Outcome = "changed" if known else "new"
        if options.dry_run:
            return outcome
        register = load_register()
        statute = _store_statute(known, texts, options, register)
        for parsed in pending:
            _store_version(statute, parsed, options, register)
        choose_current(statute, today)
        record_change(None, "statute", statute.pk)
    return outcome


def _portal_id(options: ImportOptions) -> int | None:
    return options.portal.pk if options.portal else None


def _version_on(parsed: ParsedStatute) -> date:
    if parsed.version_on is None:
        raise ImportConflict(
            f"{parsed.paths[0]}:1: neither the head nor the file name gives a date"
        )
    return parsed.version_on


def _is_held(parsed: ParsedStatute, held: dict[date, StatuteVersion]) -> bool:
    row = held.get(_version_on(parsed))
    return (
        row is not None
        and row.source_hash == parsed.sha256
        and row.reader_version == READER_VERSION
    )


def _store_statute(
    known: Statute | None,
    texts: StatuteTexts,
    options: ImportOptions,
    register: Register,
) -> Statute:
    latest = texts.latest
    if known is not None:
        # What an editor corrected stays; only facts of the text are renewed.
        return known
    registered = register.statute(texts.title)
    if registered is not None and registered.title == texts.title:
        slug = registered.slug
    else:
        taken = {item.slug for item in register.statutes}
        taken.update(Statute.objects.values_list("slug", flat=True))
        slug = statute_slug(texts.title, taken)
    statute = Statute.objects.create(
        title=texts.title,
        slug=slug,
        short_name=without_country(texts.title) if COUNTRY in texts.title else "",
        category=latest.category,
        branch=latest.branch,
        issuer=latest.issuer,
        portal=options.portal,
    )
    _store_names(statute, register)
    return statute


def _store_names(statute: Statute, register: Register) -> None:
    """The names that lead to this statute and to no other."""
    names = dict.fromkeys(derived_names(statute.title), ("", False))
    for alias in read_aliases():
        if alias.title == statute.title:
            names[alias.name] = (alias.reason, alias.marked)
    held = set(
        StatuteName.objects.filter(name__in=names).values_list("name", flat=True)
    )
    StatuteName.objects.bulk_create(
        StatuteName(statute=statute, name=name, reason=reason, only_in_marks=marked)
        for name, (reason, marked) in names.items()
        if name not in held
        and len(name) <= _LONGEST_NAME
        and register.names.slug(name) in (None, statute.slug)
    )


def _store_version(
    statute: Statute,
    parsed: ParsedStatute,
    options: ImportOptions,
    register: Register,
) -> None:
    is_registered = parsed.sha256 in register.hashes()
    parts = assign_parts(parsed)
    version_on = _version_on(parsed)
    version, _created = StatuteVersion.objects.update_or_create(
        statute=statute,
        language="zh-hans",
        version_on=version_on,
        defaults={
            "in_force_from": parsed.in_force_from or version_on,
            "promulgated_on": parsed.promulgated_on,
            "amended_on": parsed.amended_on,
            "effective_on": parsed.effective_on,
            "is_split": bool(parts),
            "note": parsed.note,
            "provision_count": len(parsed.provisions),
            "events": [
                [event.date.isoformat() if event.date else "", event.text]
                for event in parsed.events
            ],
            "source": register.source if is_registered else options.source,
            "source_url": register.source_url if is_registered else options.source_url,
            "collected_on": register.collected_on if is_registered else None,
            "source_path": "\n".join(parsed.paths),
            "source_hash": parsed.sha256,
            "reader_version": READER_VERSION,
            "imported_at": timezone.now(),
        },
    )
    divisions = _store_divisions(version, parsed, parts)
    _store_provisions(version, parsed, parts, divisions)


def _store_divisions(
    version: StatuteVersion, parsed: ParsedStatute, parts: dict[str, str]
) -> dict[str, int]:
    """Write the divisions; their keys by anchor."""
    rows = [
        Division(
            version=version,
            level=part.level,
            number=part.number,
            label=part.label,
            heading=part.heading,
            anchor=part.anchor,
            part=parts.get(part.anchor, ""),
            order=order,
            text="\n".join(part.text),
        )
        for order, part in enumerate(parsed.divisions, start=1)
    ]
    version.divisions.exclude(anchor__in=[row.anchor for row in rows]).delete()
    Division.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["version", "anchor"],
        update_fields=["level", "number", "label", "heading", "part", "order", "text"],
    )
    keys = dict(version.divisions.values_list("anchor", "pk"))
    _store_parents(parsed.root, keys)
    return keys


def _store_parents(root: ParsedDivision, keys: dict[str, int]) -> None:
    pairs = [
        (child.anchor, part.anchor)
        for part in root.walk()
        for child in part.children
        if part.anchor
    ]
    Division.objects.bulk_update(
        [Division(pk=keys[child], parent_id=keys[parent]) for child, parent in pairs],
        ["parent"],
        batch_size=200,
    )


def _store_provisions(
    version: StatuteVersion,
    parsed: ParsedStatute,
    parts: dict[str, str],
    divisions: dict[str, int],
) -> None:
    rows = [
        Provision(
            version=version,
            division_id=divisions.get(part.anchor),
            number=provision.number,
            suffix=provision.suffix,
            label=provision.label,
            anchor=provision.anchor,
            part=parts.get(part.anchor, ""),
            order=provision.number * 100 + provision.suffix,
            text=provision.text,
        )
        for part in parsed.root.walk()
        for provision in part.provisions
    ]
    present = {(row.number, row.suffix) for row in rows}
    gone = [
        key
        for key, number, suffix in version.provisions.values_list(
            "pk", "number", "suffix"
        )
        if (number, suffix) not in present
    ]
    version.provisions.filter(pk__in=gone).delete()
    Provision.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["version", "number", "suffix"],
        update_fields=["division", "label", "anchor", "part", "order", "text"],
        batch_size=500,
    )
