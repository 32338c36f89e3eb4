"""What a county has not published, asked for at its own host; its drafts are not there,
in whatever way the public side is asked. Proved once all of it is public."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.isolation.attack import Attack, Proof, Request

API = "api_v2"
# The page that stands at each address; the addresses of its kind.
ARTICLES = ("draft", "withdrawn", "scheduled", "submitted", "private")
KINDS = (
    "closed_column",
    "closed_question",
    "closed_campaign",
    "closed_event",
    "closed_policy",
    "closed_directory",
    "closed_point",
    "strict_draft",
    "below",
)
Path = Callable[[Any], str]
Query = Callable[[Any], dict[str, Any]]


def _ask(
    label: str, path: Path, query: Query = lambda hidden: {}, proof: Proof = Proof.SHOWS
) -> Attack:
    def request(_own: Any, hidden: Any) -> Request:
        return Request(path(hidden), query=query(hidden), at=hidden.portal)

    return Attack(f"GET closed {label}", request, proof, by="visitor", is_closed=True)


def _address(name: str, end: str = "") -> Path:
    """Below the home page, as the county's people know it."""

    def path(hidden: Any) -> str:
        below = str(getattr(hidden, name).url_path).split("/")[2:]
        return f"/{'/'.join(below)}{end}"

    return path


def _pages() -> list[Attack]:
    opens = Proof.OPENS
    attacks = []
    for name in (*ARTICLES, *KINDS):
        attacks += [
            _ask(f"page {name}", _address(name), proof=opens),
            _ask(
                f"page {name} without a slash",
                lambda hidden, name=name: _address(name)(hidden).rstrip("/") or "/",
                proof=Proof.MOVES_ON,
            ),
        ]
    for label, name, end in (
        ("feed", "closed_column", "feed.xml"),
        ("calendar", "closed_campaign", "calendar.ics"),
        ("calendar of an event", "closed_event", "calendar.ics"),
        ("list by topic", "closed_column", "topic/qianxin/"),
        ("list by year", "closed_column", "year/2026/"),
    ):
        attacks.append(_ask(label, _address(name, end=end), proof=opens))
    return attacks


def _lists() -> list[Attack]:
    """Public pages that would name them."""
    paths: dict[str, Path] = {
        "home": lambda hidden: "/",
        "site map": lambda hidden: "/sitemap/",
        "feed": lambda hidden: "/feed.xml",
        "topic": lambda hidden: "/topics/qianxin/",
        "their column": lambda hidden: f"/{hidden.mark}-a/",
        "their article": lambda hidden: f"/{hidden.mark}-a/{hidden.mark}-article/",
        "feed of their column": lambda hidden: f"/{hidden.mark}-a/feed.xml",
        "their campaign": _address("campaign"),
        "calendar of their campaign": _address("campaign", end="calendar.ics"),
        "their directory": _address("directory"),
        "pages citing their law": lambda hidden: f"/laws/{hidden.statute.slug}/",
        "a part of the sitemap": (
            lambda hidden: f"/sitemap/{hidden.draft.pk // 500 + 1}.xml"
        ),
    }
    return [_ask(label, path) for label, path in paths.items()]


def _search() -> list[Attack]:
    words: dict[str, Query] = {
        "": lambda hidden: {"q": hidden.word},
        "for their title": lambda hidden: {"q": f"{hidden.mark}{hidden.secret}draft"},
        "by kind": lambda hidden: {"q": hidden.word, "kind": "question"},
        "second page": lambda hidden: {"q": hidden.word, "page": "2"},
    }
    attacks = [
        _ask(f"search {label}", lambda hidden: "/search/", query)
        for label, query in words.items()
    ]
    for name, queries in {
        "search": {
            "": lambda hidden: {"q": hidden.word, "limit": 50},
            "by kind": lambda hidden: {"q": hidden.word, "kind": "question"},
        },
        "questions": {"searched": lambda hidden: {"q": hidden.word, "fields": "*"}},
        "suggest": {"": lambda hidden: {"q": hidden.mark}},
    }.items():
        attacks += [
            _ask(f"{name} {label}", _endpoint(f"{name}:listing"), query)
            for label, query in queries.items()
        ]
    return attacks


def _endpoint(name: str, *numbers: str) -> Path:
    def path(hidden: Any) -> str:
        args = [getattr(hidden, number).pk for number in numbers]
        return reverse(f"{API}:{name}", args=args)

    return path


def _api() -> list[Attack]:
    attacks = [
        _ask(f"api {name}", _endpoint("pages:detail", name), lambda _: {"fields": "*"})
        for name in (*ARTICLES, *KINDS)
    ]
    attacks += [
        _ask("api question", _endpoint("questions:detail", "closed_question")),
        *(
            _ask(
                f"api found {name}",
                _endpoint("pages:find"),
                lambda hidden, name=name: {"html_path": _address(name)(hidden)},
                proof=Proof.MOVES_ON,
            )
            for name in (*ARTICLES, *KINDS)
        ),
        _ask("api statute", lambda hidden: f"/api/v2/statutes/{hidden.statute.slug}/"),
    ]
    for order in ("-first_published_at", "-last_published_at", "-id", "tree"):
        attacks.append(
            _ask(
                f"api ordered {order}",
                _endpoint("pages:listing"),
                lambda hidden, order=order: {"limit": 100, "order": order},
            )
        )
    for kind in (
        "article",
        "question",
        "campaign",
        "event",
        "document",
        "directory",
        "point",
        "column",
    ):
        attacks.append(
            _ask(
                f"api every {kind}",
                _endpoint("pages:listing"),
                lambda hidden, kind=kind: {"kind": kind, "fields": "*", "limit": 100},
            )
        )
    for column in ("column", "closed_column", "campaign", "directory"):
        attacks.append(
            _ask(
                f"api below {column}",
                _endpoint("pages:listing"),
                lambda hidden, column=column: {
                    "column": _address(column)(hidden),
                    "limit": 100,
                },
            )
        )
    for name, kinds in (("images", "image"), ("documents", "document")):
        attacks.append(
            _ask(
                f"api {name}",
                _endpoint(f"{name}:listing"),
                lambda hidden: {"limit": 100},
            )
        )
        attacks += [
            _ask(
                f"api {state}_{kinds}", _endpoint(f"{name}:detail", f"{state}_{kinds}")
            )
            for state in ("drafted", "taken_down")
        ]
    return attacks


ATTACKS = [*_pages(), *_lists(), *_search(), *_api()]
