"""What pages of a server have in common, kept while its portal stays as it is.

Header, menu, footer and what they are made of: the parts of ``publishing.shared_parts``,
for each form of links (a host may be asked at several ports), and the fact ``site``; the
pictures, files and provisions that pages showed. Whole pages are not kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils import timezone, translation

from home.links import AddressForm
from home.models import Portal
from publishing.addresses import Address
from publishing.facts import Question
from publishing.identity import PortalWords
from publishing.reader import Prepared, SnapshotReader
from publishing.shared_parts import SharedParts
from publishing.snapshot import Snapshot
from publishing.tree import Tree

# Whoever asks by ever new ports fills nobody's memory.
MOST_FORMS = 8
# So many pictures, files or provisions of a language are kept.
MOST_SHOWN = 2000


@dataclass(slots=True)
class Common:
    """For one form of links."""

    parts: SharedParts = field(default_factory=dict)
    answers: dict[Question, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Kept:
    """Holds as long as the tree and all portals are those that it was made from, on the
    day on which it was made."""

    tree: Tree
    portals: Sequence[Portal]
    day: date
    by_form: dict[AddressForm, Common] = field(default_factory=dict)
    # By language.
    shown: dict[str, Prepared] = field(default_factory=dict)
    words: dict[str, PortalWords] = field(default_factory=dict)

    def prepared(self, language: str) -> Prepared:
        """With what earlier pages showed; what is read for this one joins it."""
        shown = self.shown.get(language)
        if shown is None or shown.weight > MOST_SHOWN:
            shown = self.shown[language] = Prepared()
        return replace(shown, citing={})

    def common(self, form: AddressForm) -> Common:
        if form not in self.by_form:
            if len(self.by_form) >= MOST_FORMS:
                self.by_form.clear()
            self.by_form[form] = Common()
        return self.by_form[form]


_kept: dict[int, Kept] = {}


def served_reader(
    snapshot: Snapshot, address: Address, form: AddressForm
) -> SnapshotReader:
    kept, language = _kept_of(snapshot), address.language
    snapshot.words = kept.words
    common, prepared = kept.common(form), kept.prepared(language)
    question: Question = ("site", language, ())
    if question not in common.answers:
        first = snapshot.reader(address, form)
        with translation.override(language):
            common.answers[question] = first.site()
    answers = {question: common.answers[question]}
    return snapshot.reader(address, form, prepared, answers=answers, parts=common.parts)


def _kept_of(snapshot: Snapshot) -> Kept:
    kept, today = _kept.get(snapshot.portal.pk), timezone.localdate()
    if (
        kept is None
        or kept.tree is not snapshot.tree
        or kept.portals is not snapshot.portals
        or kept.day != today
    ):
        kept = Kept(snapshot.tree, snapshot.portals, today)
        _kept[snapshot.portal.pk] = kept
    return kept
