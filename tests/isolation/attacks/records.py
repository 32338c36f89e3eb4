"""Rows of a portal that are no pages, and where shared terms show who uses them."""

from __future__ import annotations

from typing import Any

from tests.isolation.attack import PREFECTURE, Attack, Proof, change, show

# By the name of the view set: the row of a place, and a form that is accepted.
RECORDS: dict[str, tuple[str, dict[str, Any]]] = {
    "offices": ("office", {"name_zh_hans": "外来股", "order": 1}),
    "legal-workers": (
        "worker",
        {
            "name_zh_hans": "外来人",
            "kind": "mediator",
            "consent_on": "2026-01-01",
            "consent_until": "2026-12-31",
        },
    ),
    "search-synonyms": (
        "synonym",
        {"lay": "土话", "legal": "法言", "strength": "normal", "reason": "理由"},
    ),
    "search-best-bets": ("bet", {"queries": "搜法", "citation": "", "reason": ""}),
}
SETTINGS = (
    ("home", "hostingidentity"),
    ("home", "publisheridentity"),
    ("home", "directorywords"),
    ("statutes", "librarychoice"),
    ("articles", "indexnumberpattern"),
)


def _views(space: str, name: str, form: dict[str, Any]) -> list[Attack]:
    def row(place: Any) -> Any:
        return getattr(place, name)

    def values(place: Any) -> dict[str, Any]:
        sent = {**form, "portal": place.portal.pk}
        return {**sent, "page": place.article.pk} if name == "bet" else sent

    by_number = [
        show(
            f"{space}:{view}",
            lambda own, hidden: [row(hidden).pk],
            by="editor",
        )
        for view in ("edit", "delete", "history", "history_results", "usage")
    ]
    lists = [
        show(f"{space}:{view}", lambda own, hidden, query=query: ([], query), label)
        for view in ("index", "index_results")
        for label, query in (("", {}), ("ordered", {"ordering": "-pk"}))
    ]
    return [
        *by_number,
        *lists,
        show(
            f"{space}:add",
            lambda own, hidden: [],
            "their portal offered",
            by="superuser",
            # Of a prefecture are the townships of all its counties.
            spared=PREFECTURE if space == "legal-workers" else frozenset(),
        ),
        change(
            f"{space}:edit",
            lambda own, hidden: ([row(hidden).pk], values(hidden)),
            by="editor",
        ),
        change(
            f"{space}:add",
            lambda own, hidden: ([], values(hidden)),
            "for their portal",
            by="editor",
        ),
        change(f"{space}:delete", lambda own, hidden: [row(hidden).pk], by="editor"),
    ]


def _naming() -> list[Attack]:
    return [
        change(
            "search-best-bets:edit",
            lambda own, hidden: (
                [own.bet.pk],
                {"queries": "搜法", "page": hidden.article.pk},
            ),
            "naming their page",
        ),
        change(
            "wagtailsettings:edit",
            lambda own, hidden: (
                ["home", "publisheridentity", own.site.pk],
                {
                    "name_zh_hans": "本局",
                    "logo": hidden.drafted_image.pk,
                    "primary_color": "#1c5a8a",
                    "accent_color": "#b3261e",
                },
            ),
            "naming their picture",
        ),
        change(
            "search_try",
            lambda own, hidden: (
                ["bestbet", 0],
                {
                    "queries": "搜法",
                    "page": hidden.article.pk,
                    "try_query": hidden.word,
                },
            ),
            "with their page",
            proof=Proof.SHOWS,
        ),
        change(
            "search_try",
            lambda own, hidden: (
                ["portalsynonym", hidden.synonym.pk],
                {**RECORDS["search-synonyms"][1], "try_query": "土话"},
            ),
            "their synonym",
            proof=Proof.OPENS,
        ),
    ]


def _settings() -> list[Attack]:
    attacks = []
    for app, model in SETTINGS:
        attacks.append(
            show(
                "wagtailsettings:edit",
                lambda own, hidden, app=app, model=model: [app, model, hidden.site.pk],
                f"{model} of their site",
                proof=Proof.OPENS,
            )
        )
    attacks += [
        show(
            "wagtailsettings:edit",
            lambda own, hidden: ["home", "hostingidentity"],
            "without a number",
            proof=Proof.POINTS,
            by="superuser",
        ),
        change(
            "wagtailsettings:edit",
            lambda own, hidden: (
                ["home", "hostingidentity", hidden.site.pk],
                {
                    "site_name_zh_hans": "外来",
                    "site_domain": "",
                    "organizer_zh_hans": "",
                },
            ),
            "hostingidentity of their site",
        ),
    ]
    return attacks


def _shared_terms() -> list[Attack]:
    """Who looks after shared terms is told how often pages use them, and no title."""
    prefecture: dict[str, Any] = {"by": "above", "spared": PREFECTURE}
    terms = [
        show(
            f"wagtailsnippets_home_{kind}:usage",
            lambda own, hidden, kind=kind: [getattr(hidden, kind).pk],
            proof=Proof.OPENS,
            **prefecture,
        )
        for kind in ("topic", "audience", "region", "holidaynotice")
    ]
    library = [
        show(f"{space}:{view}", lambda own, hidden: [], **prefecture)
        for space in LIBRARY
        for view in ("index", "index_results")
    ]
    library += [
        show(
            "statute-names:add",
            lambda own, hidden: [],
            "their law offered",
            **prefecture,
        ),
        show(
            "statute-names:delete",
            lambda own, hidden: [hidden.statute_name.pk],
            **prefecture,
        ),
        change(
            "statute-names:delete",
            lambda own, hidden: [hidden.statute_name.pk],
            **prefecture,
        ),
        change(
            "statutes:edit",
            lambda own, hidden: (
                [hidden.statute.pk],
                {"short_name": "外来", "category": "local", "branch": "", "issuer": ""},
            ),
            **prefecture,
        ),
    ]
    for space, name in LIBRARY.items():
        library += [
            show(
                f"{space}:{view}",
                lambda own, hidden, name=name: [getattr(hidden, name).pk],
                **prefecture,
            )
            for view in ("edit", "history", "usage")
        ]
        library.append(
            show(
                f"{space}:history_results",
                lambda own, hidden, name=name: [getattr(hidden, name).pk],
                proof=Proof.OPENS,
                **prefecture,
            )
        )
    return [*terms, *library]


# By the name of the view set: the row of a place.
LIBRARY = {
    "statutes": "statute",
    "statute-versions": "version",
    "statute-names": "statute_name",
}

ATTACKS = [
    *(
        attack
        for space, (name, form) in RECORDS.items()
        for attack in _views(space, name, form)
    ),
    *_naming(),
    *_settings(),
    *_shared_terms(),
]
