"""Checks a citation that an editor typed against the register and the library."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .citations import CitationMatch, find_citations, format_pinpoint, provision_label
from .models import Provision, StatuteVersion
from .names import NameIndex
from .naming import FindPortal, name_index
from .paragraphs import has_place
from .pinpoints import Pinpoint
from .register import load_register


def check_citation(
    text: str, find_portal: FindPortal = lambda: None
) -> list[CitationMatch]:
    """The citations in ``text``; raises ValidationError with what is wrong.

    The provision must exist; 款 and 项 are checked where the text is in the library.
    """
    text = text.strip()
    names = name_index(find_portal)
    matches = find_citations(text, names)
    if not matches:
        raise ValidationError(
            _(
                "看不懂这条引用。请写成《民法典》第一千零四十六条 这样的形式，"
                "并核对法律名称是否正确。"
            ),
            code="unreadable",
        )
    errors = [
        message
        for match in matches
        for message in _check_match(match, names.title(match.statute_slug))
    ]
    rest = _unread(text, matches)
    if rest:
        errors.append(_("引用中有看不懂的部分：“%(rest)s”。") % {"rest": rest})
    if errors:
        raise ValidationError(errors, code="unknown_place")
    return matches


def _unread(text: str, matches: list[CitationMatch]) -> str:
    """What is left of ``text`` beside the citations and the signs between them."""
    end, parts = 0, []
    for match in matches:
        parts.append(text[end : match.start])
        end = match.end
    parts.append(text[end:])
    between = "、，,；;。和及以及与或 　\n"
    return next((part for part in (p.strip(between) for p in parts) if part), "")


def _check_match(match: CitationMatch, title: str) -> list[str]:
    if not match.pinpoints:
        return [_("请写明《%(title)s》的第几条。") % {"title": title}]
    library = _read_libraries([match]).get(match.statute_slug)
    errors: list[str] = []
    for pinpoint in match.pinpoints:
        errors.extend(_check_pinpoint(match.statute_slug, title, pinpoint, library))
    return errors


@dataclass(frozen=True, slots=True)
class _Library:
    """What the library holds of the provisions that citations name."""

    version_on: date
    texts: dict[tuple[int, int], str]


def wrong_places(
    matches: Iterable[CitationMatch], names: NameIndex
) -> list[tuple[CitationMatch, str]]:
    """The citations of provisions that do not exist, each with a sentence; of many
    citations at once, with two queries. A citation of an older edition, or of a law as
    a whole, is right. ``names``: those by which they were found."""
    named = [match for match in matches if match.pinpoints and not match.year]
    libraries = _read_libraries(named)
    return [
        (match, error)
        for match in named
        for pinpoint in match.pinpoints
        for error in _check_pinpoint(
            match.statute_slug,
            names.title(match.statute_slug),
            pinpoint,
            libraries.get(match.statute_slug),
        )
    ]


def _read_libraries(matches: Iterable[CitationMatch]) -> dict[str, _Library]:
    """The current text of the cited provisions of each statute that is imported."""
    numbers: dict[str, set[int]] = {}
    for match in matches:
        wanted = numbers.setdefault(match.statute_slug, set())
        wanted.update(pinpoint.number for pinpoint in match.pinpoints)
        wanted.update(pinpoint.end_number for pinpoint in match.pinpoints)
    if not numbers:
        return {}
    versions = StatuteVersion.objects.filter(
        statute__slug__in=numbers, is_current=True, language="zh-hans"
    )
    days = dict(versions.values_list("statute__slug", "version_on"))
    if not days:
        return {}
    texts: dict[str, dict[tuple[int, int], str]] = {slug: {} for slug in days}
    rows = Provision.objects.filter(
        version__in=versions, number__in=set().union(*numbers.values())
    )
    for slug, number, suffix, text in rows.values_list(
        "version__statute__slug", "number", "suffix", "text"
    ):
        texts[slug][number, suffix] = text
    return {slug: _Library(day, texts[slug]) for slug, day in days.items()}


def _check_pinpoint(
    slug: str, title: str, pinpoint: Pinpoint, library: _Library | None
) -> list[str]:
    if _is_outdated(slug, library):
        # The law has changed since: neither text nor register can refuse anything.
        return []
    places = [(pinpoint.number, pinpoint.suffix)]
    if pinpoint.is_range:
        places.append((pinpoint.end_number, pinpoint.end_suffix))
    missing = [place for place in places if not _exists(slug, place, library)]
    if missing:
        return [
            _("《%(title)s》没有%(label)s。")
            % {"title": title, "label": provision_label(*place)}
            for place in missing
        ]
    text = library.texts.get(places[0]) if library else None
    if text is not None and not has_place(text, pinpoint):
        return [
            _("《%(title)s》没有%(place)s：%(label)s里找不到这一款、项。")
            % {
                "title": title,
                "place": format_pinpoint(pinpoint),
                "label": provision_label(*places[0]),
            }
        ]
    return []


def _is_outdated(slug: str, library: _Library | None) -> bool:
    """Whether the law is known to have changed since the text that we hold."""
    registered = load_register().statute(slug)
    if registered is None:
        return False
    version_on = library.version_on if library else registered.latest.version_on
    return any(
        change.kind != "repealed" and change.concerns(version_on)
        for change in registered.changes
    )


def _exists(slug: str, place: tuple[int, int], library: _Library | None) -> bool:
    if library is not None:
        return place in library.texts
    return load_register().exists(slug, *place)
