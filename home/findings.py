"""What speaks against publishing a page, or wants a second look: one kind of answer.

A page type says what it misses itself (``BasePage.own_problems``, ``own_hints``). An app
to the right of ``home`` adds its checks for all types by :func:`register_gate`; ``home``
asks them on every way to the public, and never imports them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    BLOCKING = "blocking"  # the page does not become public
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Place:
    """Where on a page. ``field`` is the field of the form (``body_zh_hans``), ``path``
    what follows in a stream: ids of blocks, names of their parts, as Wagtail's comments
    name them."""

    field: str = ""
    path: tuple[str, ...] = ()
    language: str = ""
    label: str = ""  # in an editor's words

    @property
    def content_path(self) -> str:
        return ".".join((self.field, *self.path)) if self.field else ""


@dataclass(frozen=True, slots=True)
class Finding:
    """``sentence``: what is wrong and what to do, whole. ``words``: those that it is
    about; ``context``: the sentence in which they stand."""

    rule: str
    severity: Severity
    sentence: str
    place: Place = Place()
    words: str = ""
    context: str = ""
    source: str = ""  # the rule's: a law, a standard, with its date
    is_overridable: bool = False
    override: Any = None  # who lets it pass, and why

    @property
    def is_blocking(self) -> bool:
        return self.severity == Severity.BLOCKING and self.override is None

    def digest(self) -> str:
        """The same while the words and their sentence are the same."""
        said = "\0".join((self.rule, self.words, self.context or self.sentence))
        return hashlib.sha256(said.encode()).hexdigest()

    def hint(self) -> Finding:
        """The same as something to look at again."""
        return replace(self, severity=Severity.HINT)

    def overridden(self, override: Any) -> Finding:
        return replace(self, override=override)


# Of a page type: a sentence alone concerns the page as a whole.
Said = str | Finding
# (page, whether only what refuses is asked for)
Check = Callable[[Any, bool], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Gate:
    """``decide_url``: where an editor may let a finding pass, by the page's number."""

    check: Check
    decide_url: Callable[[int], str]


_gates: list[Gate] = []


def register_gate(gate: Gate) -> None:
    _gates[:] = [gate]


def decide_url(page_id: int) -> str:
    return _gates[0].decide_url(page_id) if _gates else ""


def missing(field: str, sentence: Any, rule: str = "page.required") -> Finding:
    """What a field lacks before its page may be public; nobody can let that pass."""
    return Finding(rule, Severity.BLOCKING, str(sentence), Place(field=field))


def findings_of(page: Any, only_blocking: bool = False) -> list[Finding]:
    """Everything that speaks against ``page`` as it stands, the worst first."""
    found = [_own(said, Severity.BLOCKING) for said in page.own_problems()]
    for gate in _gates:
        found += gate.check(page, only_blocking)
    if not only_blocking:
        found += [_own(said, Severity.HINT) for said in page.own_hints()]
    return sorted(dict.fromkeys(found), key=lambda one: not one.is_blocking)


def _own(said: Said, severity: Severity) -> Finding:
    return said if isinstance(said, Finding) else Finding("page", severity, str(said))


def sentences(findings: Iterable[Finding]) -> list[str]:
    """Each once, in their order."""
    return list(dict.fromkeys(finding.sentence for finding in findings))
