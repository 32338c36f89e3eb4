"""A portal at one change number, from which readers of any language are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from home.links import AddressForm
from home.models import BasePage, Portal
from publishing.addresses import Address
from publishing.facts import Question
from publishing.identity import PortalWords, portal_words
from publishing.reader import Prepared, SnapshotReader
from publishing.shared_parts import SharedParts
from publishing.tree import Tree, tree_of


@dataclass(slots=True)
class Snapshot:
    """A portal at one change number: all that its pages are made from."""

    portal: Portal
    portals: Sequence[Portal]
    tree: Tree
    words: dict[str, PortalWords] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, portal: Portal, portals: Sequence[Portal] | None = None) -> Snapshot:
        found = portals if portals is not None else all_portals()
        return cls(portal, found, tree_of(portal, found))

    def reader(
        self,
        address: Address,
        form: AddressForm,
        prepared: Prepared | None = None,
        overlay: BasePage | None = None,
        answers: dict[Question, Any] | None = None,
        parts: SharedParts | None = None,
    ) -> SnapshotReader:
        return SnapshotReader(
            portal=self.portal,
            portals=self.portals,
            tree=self.tree,
            language=address.language,
            form=form,
            source=address.path,
            prepared=prepared,
            overlay=overlay,
            answers=answers,
            parts=parts,
            words=self._words_in(address.language),
        )

    def _words_in(self, language: str) -> PortalWords:
        found = self.words.get(language)
        if found is None:
            found = self.words[language] = portal_words(self.portal, language)
        return found


def all_portals() -> list[Portal]:
    return list(Portal.objects.with_identity())
