"""Turns rows of one version into the views of ``presentation``. No query here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from home.dates import format_day
from home.presentation import Card

from .models import Division, Provision, StatuteVersion
from .paragraphs import read_paragraphs
from .paths import statute_path
from .presentation import DivisionView, ParagraphView, ProvisionView, VersionLink

CitedBy = Mapping[tuple[int, int], Sequence[Card]]


def paragraph_views(text: str) -> tuple[ParagraphView, ...]:
    return tuple(
        ParagraphView(
            text=part.text,
            items=tuple(
                line for item in part.items for line in (item.text, *item.subitems)
            ),
            table=part.table,
        )
        for part in read_paragraphs(text)
    )


def paragraph_lines(text: str) -> tuple[str, ...]:
    """A provision as plain lines, for a citation's fold-out and for search."""
    return tuple(line for part in read_paragraphs(text) for line in part.lines)


@dataclass(slots=True)
class Structure:
    """The divisions and provisions of a version and where each is shown."""

    base: str  # path of the version's own page
    is_split: bool
    divisions: Sequence[Division]
    provisions: Sequence[Provision]
    cited_by: CitedBy = field(default_factory=dict)
    _parents: dict[int, int | None] = field(init=False)

    def __post_init__(self) -> None:
        self._parents = {item.pk: item.parent_id for item in self.divisions}

    def page_of(self, part: str) -> str:
        return f"{self.base}{part}/" if self.is_split and part else self.base

    def index(self) -> tuple[tuple[str, str, str], ...]:
        """(label, anchor, path) of every provision, for a statute that is split."""
        return tuple(
            (row.label, row.anchor, self.page_of(row.part)) for row in self.provisions
        )

    def contents(self) -> tuple[DivisionView, ...]:
        """All headings with the range of provisions below each, without text."""
        below = self._provisions_below()
        return tuple(
            self._view(division, provision_range=_range(below[division.pk]))
            for division in self.divisions
            if division.label or division.heading
        )

    def text(self, part: str = "") -> tuple[DivisionView, ...]:
        """The text of a part, or of everything; division by division."""
        own: dict[int | None, list[Provision]] = defaultdict(list)
        for provision in self.provisions:
            if not part or provision.part == part:
                own[provision.division_id].append(provision)
        shown = [item for item in self.divisions if not part or item.part == part]
        views = [
            self._view(division, tuple(map(self._provision, own[division.pk])))
            for division in shown
            if division.label or division.heading or division.text or own[division.pk]
        ]
        if own[None]:
            views.insert(_after_preamble(views, shown), self._loose(own[None]))
        return tuple(views)

    def parts(self) -> list[Division]:
        """The division that each part page begins with, in order."""
        found: dict[str, Division] = {}
        by_anchor = {division.anchor: division for division in self.divisions}
        for division in self.divisions:
            if division.part:
                found.setdefault(division.part, by_anchor[division.part])
        return list(found.values())

    def heading(self, division: Division) -> str:
        """第五编　婚姻家庭　第二章　结婚"""
        by_key = {item.pk: item for item in self.divisions}
        names: list[str] = []
        item: Division | None = division
        while item is not None:
            names.append(title_of(item))
            item = by_key.get(item.parent_id or 0)
        return "　".join(reversed(names))

    def _view(
        self,
        division: Division,
        provisions: tuple[ProvisionView, ...] = (),
        provision_range: str = "",
    ) -> DivisionView:
        has_text = bool(division.text) and not provision_range
        return DivisionView(
            level=self._depth(division),
            label=division.label,
            heading=division.heading,
            anchor=division.anchor,
            path=self.page_of(division.part),
            provisions=provisions,
            text=paragraph_lines(division.text) if has_text else (),
            provision_range=provision_range,
            paragraphs=paragraph_views(division.text) if has_text else (),
        )

    def _depth(self, division: Division) -> int:
        depth, key = 1, division.parent_id
        while key is not None:
            depth, key = depth + 1, self._parents.get(key)
        return depth

    def _loose(self, provisions: list[Provision]) -> DivisionView:
        return DivisionView(
            level=0,
            label="",
            heading="",
            anchor="",
            path=self.page_of(provisions[0].part),
            provisions=tuple(map(self._provision, provisions)),
        )

    def _provision(self, row: Provision) -> ProvisionView:
        return ProvisionView(
            label=row.label,
            anchor=row.anchor,
            paragraphs=paragraph_views(row.text),
            cited_by=tuple(self.cited_by.get((row.number, row.suffix), ())),
        )

    def _provisions_below(self) -> dict[int, list[Provision]]:
        below: dict[int, list[Provision]] = defaultdict(list)
        for provision in self.provisions:
            key = provision.division_id
            while key is not None:
                below[key].append(provision)
                key = self._parents.get(key)
        return below


def _after_preamble(views: list[DivisionView], shown: Sequence[Division]) -> int:
    """Provisions outside every division follow the preamble."""
    preambles = {item.anchor for item in shown if item.level == Division.Level.PREAMBLE}
    return sum(view.anchor in preambles for view in views)


def _range(provisions: list[Provision]) -> str:
    if not provisions:
        return ""
    first, last = provisions[0].label, provisions[-1].label
    return first if first == last else f"{first}—{last}"


def title_of(division: Division) -> str:
    """第二章 结婚; 附则; a preamble without heading is called 序言."""
    name = f"{division.label}　{division.heading}".strip("　")
    return name or str(division.get_level_display())


def version_links(
    slug: str, versions: Sequence[StatuteVersion], shown: StatuteVersion
) -> tuple[VersionLink, ...]:
    """Newest first; the current text has the statute's own address."""
    return tuple(
        VersionLink(
            label=version_label(version),
            path=version_path(slug, version),
            is_current=version.pk == shown.pk,
        )
        for version in sorted(versions, key=lambda row: row.in_force_from, reverse=True)
    )


def version_path(slug: str, version: StatuteVersion, part: str = "") -> str:
    on = None if version.is_current else version.in_force_from
    return statute_path(slug, on, part)


def version_label(version: StatuteVersion) -> str:
    day = format_day(version.in_force_from)
    if version.effective_on == version.in_force_from:
        return _("%(day)s起施行的文本") % {"day": day}
    return _("%(day)s修改后的文本") % {"day": day}
