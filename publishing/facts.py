"""Facts: what a page was rendered from.

A fact is a question to a portal's snapshot in one language: the name of a method of the
reader and its arguments. Whatever a page shows comes out of such a question, so the
facts that were asked while a page was rendered are exactly what it depends on. The
record of a published site keeps a fingerprint of each answer; after a change, the pages
whose facts are answered differently are rendered again (``publishing.building``).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import lru_cache, wraps
from hashlib import blake2b
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from home.presentation import Card
from publishing.sites.outputs import Fact

P = ParamSpec("P")
Answer = TypeVar("Answer")
# (name, language, arguments)
Question = tuple[str, str, tuple[Any, ...]]


class Asking(Protocol):
    """What a class needs whose methods are facts."""

    language: str
    asked: set[Question]
    answers: dict[Question, Any]
    is_asking: bool


Asker = TypeVar("Asker", bound=Asking)
# Methods by the name of the fact, and how an answer becomes what is compared.
_facts: dict[str, Callable[..., Any]] = {}
_stable: dict[str, Callable[[Any], Any]] = {}
# Facts whose answers are not compared: they are new when a change says so.
EVENT = "event"
# The fingerprint of no answer; the manifest does not name such a fact.
NOTHING = ""
EVENTS = frozenset({"stored", "picture", "attachment", "provision", "statute"})


def fact(
    stable: Callable[[Any], Any] | None = None,
) -> Callable[
    [Callable[Concatenate[Asker, P], Answer]], Callable[Concatenate[Asker, P], Answer]
]:
    """Make a method a fact: noted when it is asked, answered once per reader's memory.

    Arguments must be positional and plain (numbers, strings, None, tuples of these).
    What a fact asks in turn belongs to its answer and is not noted. ``stable`` takes the
    answer and gives what its fingerprint is made of.
    """

    def decorate(
        method: Callable[Concatenate[Asker, P], Answer],
    ) -> Callable[Concatenate[Asker, P], Answer]:
        name = method.__name__
        _facts[name] = method
        if stable is not None:
            _stable[name] = stable

        @wraps(method)
        def ask(self: Asker, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
            if kwargs:
                raise TypeError(f"{name}: arguments of a fact are positional")
            question = (name, self.language, args)
            if not self.is_asking:
                self.asked.add(question)
            answers = self.answers
            if question in answers:
                return cast("Answer", answers[question])
            outer, self.is_asking = self.is_asking, True
            try:
                answer = answers[question] = cast("Any", method)(self, *args)
            finally:
                self.is_asking = outer
            return cast("Answer", answer)

        return ask

    return decorate


def by_event(_answer: Any) -> Any:
    """``stable`` of facts which are new when an event says so, whatever they answer."""
    return None


def is_event(name: str) -> bool:
    return name in EVENTS or _stable.get(name) is by_event


def note_event(reader: Asking, name: str, *args: Any) -> None:
    """Note a fact whose answer was read beforehand, for a batch of pages."""
    if not reader.is_asking:
        reader.asked.add((name, reader.language, args))


# Of cards that are alive: each is in the answers of a dozen questions.
_card_digests: dict[int, tuple[Card, str]] = {}
MOST_CARDS = 50_000


def fingerprint(question: Question, answer: Any) -> str:
    """What is kept of an answer."""
    if is_event(question[0]):
        return EVENT
    if answer is None:
        return NOTHING
    stable = _stable.get(question[0])
    return _digest(_text(stable(answer) if stable is not None else answer))


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


def _text(value: Any) -> str:
    """``repr``, in which a card is its digest."""
    kind = type(value)
    if kind is Card:
        found = _card_digests.get(id(value))
        if found is None:
            if len(_card_digests) >= MOST_CARDS:
                _card_digests.clear()
            found = _card_digests[id(value)] = value, _digest(repr(value))
        return found[1]
    if kind is list or kind is tuple:
        return f"[{','.join(map(_text, value))}]"
    if is_dataclass(value):
        parts = [_text(getattr(value, each.name)) for each in fields(value)]
        return f"{kind.__name__}({','.join(parts)})"
    return repr(value)


def ask(reader: Any, question: Question) -> Any:
    """Answer a question that was noted once. ``LookupError``: no such fact any more."""
    name, language, args = question
    if name not in _facts:
        raise LookupError(name)
    if language != reader.language:
        raise ValueError(f"a fact in {language} asked of a reader in {reader.language}")
    return getattr(reader, name)(*args)


def fact_names() -> frozenset[str]:
    return frozenset(_facts)


# --- as text -------------------------------------------------------------------------------


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@lru_cache(maxsize=100_000)
def as_text(question: Question) -> Fact:
    """As the record keeps it: ("card", "zh-hans", "[12]")."""
    name, language, args = question
    return (name, language, _encode(args))


def from_text(stored: Fact) -> Question:
    name, language, args = stored
    return (name, language, cast("tuple[Any, ...]", _tuples(json.loads(args))))


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
