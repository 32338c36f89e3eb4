"""What anybody may ask: pages, search, feeds, the API, pictures and files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.isolation.attack import PREFECTURE, Attack, Proof, Request, show

VISITOR: dict[str, Any] = {"by": "visitor"}
API = "api_v2"


def _api() -> list[Attack]:
    attacks = []
    for name, queries in _LISTS.items():
        attacks += [
            show(
                f"{API}:{name}:listing",
                lambda own, hidden, query=query: ([], query(hidden)),
                label,
                **VISITOR,
            )
            for label, query in queries.items()
        ]
    for name, number in (
        ("pages", "article"),
        ("questions", "question"),
        ("images", "image"),
        ("documents", "document"),
    ):
        attacks.append(
            show(
                f"{API}:{name}:detail",
                lambda own, hidden, number=number: [getattr(hidden, number).pk],
                **VISITOR,
            )
        )
    for name, number in (("pages", "article"), ("questions", "question")):
        attacks.append(
            show(
                f"{API}:{name}:find",
                lambda own, hidden, number=number: (
                    [],
                    {"html_path": f"/{hidden.mark}-a/{hidden.mark}-{number}/"},
                ),
                proof=Proof.MOVES_ON,
                **VISITOR,
            )
        )
    # A prefecture names its counties there, as on its pages.
    attacks.append(
        show(f"{API}:root", lambda own, hidden: [], spared=PREFECTURE, **VISITOR)
    )
    return [*attacks, *_statutes(), *_refused()]


Query = Callable[[Any], dict[str, Any]]
_LISTS: dict[str, dict[str, Query]] = {
    "pages": {
        "": lambda hidden: {"limit": 100},
        "every field": lambda hidden: {"kind": "article", "fields": "*"},
        "of their column": lambda hidden: {"column": f"/{hidden.mark}-a/"},
        "of a topic": lambda hidden: {"topic": "qianxin"},
        "in English": lambda hidden: {"lang": "en"},
    },
    "questions": {
        "": lambda hidden: {"fields": "*"},
        "searched": lambda hidden: {"q": hidden.word},
        "of their column": lambda hidden: {"column": f"/{hidden.mark}-a/"},
    },
    "images": {"": lambda hidden: {"limit": 100}},
    "documents": {"": lambda hidden: {"limit": 100}},
    "statutes": {
        "": lambda hidden: {"limit": 100},
        "searched": lambda hidden: {"q": hidden.statute.title},
    },
    "search": {
        "": lambda hidden: {"q": hidden.word},
        "their own words": lambda hidden: {"q": hidden.mark},
        "their synonym": lambda hidden: {"q": f"{hidden.mark}土话"},
        "their best bet": lambda hidden: {"q": f"{hidden.mark}搜法"},
    },
    "suggest": {"": lambda hidden: {"q": hidden.word}},
}


def _statutes() -> list[Attack]:
    """A regulation of the county stands in its own library alone."""
    return [
        show(f"{API}:statutes:{view}", build, **VISITOR)
        for view, build in (
            ("detail", lambda own, hidden: [hidden.statute.slug]),
            ("provisions", lambda own, hidden: [hidden.statute.slug]),
            ("provision", lambda own, hidden: [hidden.statute.slug, "1"]),
        )
    ]


def _refused() -> list[Attack]:
    """Filters of Wagtail's own API, which this one does not have."""
    return [
        show(
            f"{API}:pages:listing",
            lambda own, hidden, query=query: ([], query(hidden)),
            label,
            proof=Proof.REFUSED,
            **VISITOR,
        )
        for label, query in (
            ("searched", lambda hidden: {"search": hidden.word}),
            ("below theirs", lambda hidden: {"child_of": hidden.column.pk}),
            ("above theirs", lambda hidden: {"ancestor_of": hidden.article.pk}),
            ("far below theirs", lambda hidden: {"descendant_of": hidden.home.pk}),
            ("of their site", lambda hidden: {"site": hidden.portal.host}),
            ("in a locale", lambda hidden: {"locale": "zh-hans"}),
            ("a translation", lambda hidden: {"translation_of": hidden.article.pk}),
        )
    ]


def _pages() -> list[Attack]:
    paths: dict[str, Callable[[Any], str]] = {
        "home": lambda hidden: "",
        "site map": lambda hidden: "sitemap/",
        "sitemap": lambda hidden: "sitemap.xml",
        "feed": lambda hidden: "feed.xml",
        "topics": lambda hidden: "topics/",
        "topic": lambda hidden: "topics/qianxin/",
        "laws": lambda hidden: "laws/",
        "their law": lambda hidden: f"laws/{hidden.statute.slug}/",
        "their column": lambda hidden: f"{hidden.mark}-a/",
        "feed of their column": lambda hidden: f"{hidden.mark}-a/feed.xml",
        "their article": lambda hidden: f"{hidden.mark}-a/{hidden.mark}-article/",
        "their campaign": lambda hidden: f"{hidden.mark}-a/{hidden.mark}-campaign/",
        "their calendar": (
            lambda hidden: f"{hidden.mark}-a/{hidden.mark}-campaign/calendar.ics"
        ),
        "their directory": lambda hidden: f"{hidden.mark}-directory/",
    }
    attacks = [
        show(
            "wagtail_serve",
            lambda own, hidden, path=path: [path(hidden)],
            label,
            **VISITOR,
        )
        for label, path in paths.items()
    ]
    for label, path, proof in (
        ("their provision", "laws/{}-tiaoli/1/", Proof.MOVES_ON),
        ("an old address", "{}-old", Proof.POINTS),
    ):
        attacks.append(
            show(
                "wagtail_serve",
                lambda own, hidden, path=path: [path.format(hidden.mark)],
                label,
                proof=proof,
                **VISITOR,
            )
        )
    for label, query in (
        ("search", lambda hidden: {"q": hidden.word}),
        ("search everywhere", lambda hidden: {"q": hidden.word, "scope": "all"}),
        ("search their words", lambda hidden: {"q": f"{hidden.mark}article"}),
    ):
        attacks.append(
            show(
                "wagtail_serve",
                lambda own, hidden, query=query: (["search/"], query(hidden)),
                label,
                **VISITOR,
            )
        )
    return [*attacks, *_citing()]


def _citing() -> list[Attack]:
    """A page of one's own that names their regulation by a name which does not say
    whose it is: no title, no text and no link."""
    return [
        show(
            "wagtail_serve",
            lambda own, hidden: [f"{own.mark}-a/{own.mark}-citing/"],
            "citing their law",
            **VISITOR,
        ),
        show(
            f"{API}:pages:detail",
            lambda own, hidden: ([own.citing.pk], {"fields": "*"}),
            "citing their law",
            **VISITOR,
        ),
        show(
            f"{API}:statutes:listing",
            lambda own, hidden: ([], {"cited": "true"}),
            "cited",
            **VISITOR,
        ),
        show(
            "wagtail_serve",
            lambda own, hidden: (["search/"], {"q": f"{hidden.nickname}第一条"}),
            "search for their law by another name",
            proof=Proof.MOVES_ON,
            **VISITOR,
        ),
    ]


# Requests that a browser or a download manager sends for a file.
WAYS: dict[str, dict[str, str]] = {
    "": {},
    "a part": {"range": "bytes=0-9"},
    "if it changed": {"if-none-match": "*"},
    "if it is new": {"if-modified-since": "Mon, 01 Jan 2024 00:00:00 GMT"},
}


def _files() -> list[Attack]:
    """Guessed addresses of files: at one's own host, and at their county's."""
    attacks = []
    for state in ("shown", "drafted", "taken_down"):
        for label, path in _ADDRESSES.items():
            for way, headers in WAYS.items():
                attacks.append(
                    _file(
                        f"{state} {label} {way}".strip(),
                        lambda place, state=state, path=path: path(place, state),
                        headers,
                        at_theirs=False,
                    )
                )
                # What is public there may be had there; an original never is.
                if state != "shown" or label == "original":
                    attacks.append(
                        _file(
                            f"{state} {label} {way} at their host",
                            lambda place, state=state, path=path: path(place, state),
                            headers,
                            at_theirs=True,
                        )
                    )
    return attacks


def _file(
    label: str,
    path: Callable[[Any], str],
    headers: dict[str, str],
    *,
    at_theirs: bool,
) -> Attack:
    def request(_own: Any, hidden: Any) -> Request:
        at = hidden.portal if at_theirs else None
        return Request(path(hidden), headers=headers, at=at)

    return Attack(f"GET file {label}", request, Proof.SENDS, by="editor")


def _original(place: Any, state: str) -> str:
    name = str(getattr(place, f"{state}_image").file).split("/")[-1]
    return reverse("media_original", args=[name])


def _rendition(place: Any, state: str) -> str:
    name = str(getattr(place, f"{state}_rendition").file).split("/")[-1]
    return reverse("media_rendition", args=[name])


def _document(place: Any, state: str) -> str:
    document = getattr(place, f"{state}_document")
    return reverse("media_document", args=[document.pk, document.filename])


_ADDRESSES: dict[str, Callable[[Any, str], str]] = {
    "original": _original,
    "rendition": _rendition,
    "document": _document,
}

ATTACKS = [*_api(), *_pages(), *_files()]
