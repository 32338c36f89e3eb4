"""What is shown of a hit: title, path, summary, day, and the wordings of a question."""

from __future__ import annotations

from home.indexing import IndexEntry

SUMMARY_LENGTH = 120
MOST_WORDINGS = 6

# Title, logical path, summary, day, other wordings; without what is empty at the end.
Card = tuple[object, ...]


def card_of(entry: IndexEntry) -> Card:
    wordings = entry.alternatives[:MOST_WORDINGS] if entry.kind == "question" else ()
    day = entry.published_on.isoformat() if entry.published_on else ""
    parts: list[object] = [
        entry.title,
        entry.path,
        _summary(entry),
        day,
        list(wordings),
    ]
    while not parts[-1]:
        parts.pop()
    return tuple(parts)


def _summary(entry: IndexEntry) -> str:
    text = " ".join((entry.summary or entry.body).split())
    if len(text) <= SUMMARY_LENGTH:
        return text
    return text[: SUMMARY_LENGTH - 1].rstrip() + "…"
