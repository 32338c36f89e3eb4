"""What a reader's words ask for: concepts, and the tokens that stand for them.

The query is cut into plain words while the index also holds the words inside longer
words: 承包 is found in 土地承包经营权, and 土地承包经营权 ranks first what has it whole.
Measured on 772 lay questions this is better than either way on both sides
(docs/search.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from search.analysis import character_pairs, runs, segmenter, wording_key
from search.folding import fold
from search.lexicon import Thesaurus, common_thesaurus, stop_words
from search.numerals import quantities

# Longer input is cut off: nobody asks that much, and each token costs time.
LONGEST_QUERY = 200
MOST_CONCEPTS = 40
MOST_KEYWORDS = 3


@dataclass(frozen=True, slots=True)
class Term:
    """A word to look for; a text that holds it holds all its ``pairs``.

    A single Chinese character has no pair: it is looked up among the singles.
    """

    text: str
    words: tuple[str, ...]
    pairs: tuple[str, ...]

    @property
    def is_single(self) -> bool:
        return not self.pairs


@dataclass(frozen=True, slots=True)
class Alternative:
    """A word of the law for what was typed; ``weight`` beside the typed word's 1."""

    term: Term
    weight: float


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that is asked for, in the reader's word and in those of the law."""

    term: Term
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class AnalyzedQuery:
    folded: str
    wording: str  # to compare with whole wordings of questions
    concepts: tuple[Concept, ...]
    words: tuple[str, ...]  # what is scored, each once
    pairs: tuple[str, ...]
    is_sentence: bool = False  # tells a story, as opposed to key words

    @property
    def is_empty(self) -> bool:
        return not self.concepts


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    start: int
    end: int
    words: tuple[str, ...]
    pairs: tuple[str, ...]


def analyze_query(text: str, thesaurus: Thesaurus | None = None) -> AnalyzedQuery:
    """Understand a query; one without any word gives an empty one.

    ``thesaurus``: with a portal's own words (``search.portal_words``).
    """
    known = thesaurus or common_thesaurus()
    folded = fold(text[:LONGEST_QUERY]).strip()
    all_pieces = list(_pieces(folded))
    pieces = _without_stop_words(all_pieces)
    concepts = tuple(_concepts(folded, pieces, known))[:MOST_CONCEPTS]
    return AnalyzedQuery(
        folded=folded,
        wording=wording_key(folded),
        concepts=concepts,
        words=_unique(word for piece in pieces for word in piece.words),
        pairs=_unique(_scored_pairs(folded, pieces)),
        is_sentence=len(pieces) < len(all_pieces) or _tells_a_story(folded, concepts),
    )


def one_term(text: str) -> AnalyzedQuery:
    """A query for a folded phrase as one piece, whatever words it is cut into."""
    term = make_term(text)
    return AnalyzedQuery(text, text, (Concept(term),), term.words, term.pairs)


@cache
def make_term(text: str) -> Term:
    """The term of a folded phrase; parts with a space between may stand apart."""
    words: list[str] = []
    pairs: list[str] = []
    for run in runs(text):
        words += segmenter().cut(run.text) if run.is_han else [run.text]
        pairs += character_pairs(run.text) if run.is_han else [run.text]
    return Term(text, _unique(words), _unique(pairs))


def _pieces(folded: str) -> Iterator[_Piece]:
    """Numbers with their measure first, then words, in order of place."""
    found = [
        _Piece(
            folded[quantity.start : quantity.end],
            quantity.start,
            quantity.end,
            quantity.words[:1],
            quantity.words[:1],
        )
        for quantity in quantities(folded)
    ]
    end = 0
    for piece in [*found, _Piece("", len(folded), len(folded), (), ())]:
        yield from _words(folded[end : piece.start], end)
        if piece.text:
            yield piece
        end = piece.end


def _words(folded: str, offset: int) -> Iterator[_Piece]:
    cut = segmenter().cut
    for run in runs(folded):
        place = offset + run.start
        for word in cut(run.text) if run.is_han else [run.text]:
            pairs = character_pairs(word) if run.is_han else [word]
            yield _Piece(word, place, place + len(word), (word,), tuple(pairs))
            place += len(word)


def required_tokens(text: str) -> Iterator[tuple[str, ...]]:
    """For each word in its order, what a text that has the word holds.

    For a search that asks for every word as it was typed, as the admin's does.
    """
    for piece in _pieces(fold(text[:LONGEST_QUERY])):
        yield piece.pairs or (piece.text,)


def _without_stop_words(pieces: list[_Piece]) -> list[_Piece]:
    """Without words that carry no subject, unless the query has no others.

    A stop word inside a phrase of the synonyms stays: 不给 is two of them.
    """
    kept = [piece for piece in pieces if piece.text not in stop_words()]
    return kept or pieces


def _tells_a_story(folded: str, concepts: tuple[Concept, ...]) -> bool:
    """Words of villagers, or more words in a row than one types as key words."""
    if any(concept.alternatives for concept in concepts):
        return True
    return len(concepts) > MOST_KEYWORDS and len(folded.split()) == 1


def _concepts(folded: str, pieces: list[_Piece], known: Thesaurus) -> Iterator[Concept]:
    """Lay phrases, longest first, take the place of the pieces that they cover."""
    phrases = list(_lay_phrases(folded, pieces, known))
    seen: set[str] = set()
    items = sorted(
        [(start, phrase, None) for start, phrase in phrases]
        + [(piece.start, piece.text, piece) for piece in pieces],
        key=lambda item: item[0],
    )
    for _start, text, piece in items:
        if text in seen or (piece is not None and _is_covered(piece, phrases)):
            continue
        seen.add(text)
        if piece is None:
            yield Concept(make_term(text), _alternatives(text, known))
        else:
            yield Concept(Term(text, piece.words, piece.pairs))


def _is_covered(piece: _Piece, phrases: list[tuple[int, str]]) -> bool:
    return any(
        start <= piece.start and piece.end <= start + len(phrase)
        for start, phrase in phrases
    )


def _lay_phrases(
    folded: str, pieces: list[_Piece], known: Thesaurus
) -> Iterator[tuple[int, str]]:
    """Phrases of the synonyms in the query, longest first where they overlap."""
    starts = {piece.start for piece in pieces}
    place = 0
    while place < len(folded):
        for length in known.lengths:
            phrase = folded[place : place + length]
            is_known = len(phrase) == length and phrase in known.entries
            if is_known and (length > 1 or _is_piece(phrase, place, pieces, starts)):
                yield place, phrase
                place += length
                break
        else:
            place += 1


def _is_piece(phrase: str, place: int, pieces: list[_Piece], starts: set[int]) -> bool:
    return place in starts and any(
        piece.start == place and piece.text == phrase for piece in pieces
    )


def _alternatives(phrase: str, known: Thesaurus) -> tuple[Alternative, ...]:
    """The law's words for a phrase and for phrases inside it (工钱 in 不给工钱)."""
    weights: dict[str, float] = {}
    for inner in _phrases_inside(phrase, known):
        for entry in known.entries[inner]:
            for other, weight in entry.others(inner):
                weights[other] = max(weight, weights.get(other, 0.0))
    return tuple(
        Alternative(make_term(other), weight) for other, weight in weights.items()
    )


def _phrases_inside(phrase: str, known: Thesaurus) -> Iterator[str]:
    yield phrase
    for length in known.lengths:
        for place in range(len(phrase) - length + 1):
            inner = phrase[place : place + length]
            if 1 < length < len(phrase) and inner in known.entries:
                yield inner


def _scored_pairs(folded: str, pieces: list[_Piece]) -> Iterator[str]:
    """The pairs of the pieces, and those across two pieces that touch."""
    for piece in pieces:
        yield from piece.pairs
    for first, second in zip(pieces, pieces[1:], strict=False):
        if first.end == second.start:
            yield from (
                pair
                for pair in character_pairs(folded[first.end - 1 : second.start + 1])
                if all(run.is_han and len(run.text) == 2 for run in runs(pair))
            )


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
