"""Actions on many objects, and the tools that this project adds to the admin."""

from __future__ import annotations

from typing import Any

from tests.isolation.attack import (
    PREFECTURE,
    Attack,
    Proof,
    change,
    show,
)
from tests.isolation.attacks.files import text

# (app, model, action): the object, who may, and what else the form needs.
BULK: dict[tuple[str, str, str], tuple[str, str]] = {
    ("wagtailcore", "page", "delete"): ("doomed", "admin"),
    ("wagtailcore", "page", "move"): ("doomed", "admin"),
    ("wagtailcore", "page", "publish"): ("draft", "editor"),
    ("wagtailcore", "page", "unpublish"): ("doomed", "editor"),
    ("media", "portalimage", "add_to_collection"): ("drafted_image", "admin"),
    ("media", "portalimage", "delete"): ("drafted_image", "superuser"),
    ("media", "portaldocument", "add_to_collection"): ("drafted_document", "admin"),
    ("media", "portaldocument", "delete"): ("drafted_document", "superuser"),
    ("auth", "user", "delete"): ("author", "superuser"),
    ("auth", "user", "assign_role"): ("author", "superuser"),
    ("auth", "user", "set_active_state"): ("author", "superuser"),
}
# Actions on what all portals share.
BULK_SHARED = {
    ("home", kind, "delete")
    for kind in ("topic", "audience", "region", "holidaynotice")
}


def _bulk_form(action: str, place: Any) -> dict[str, Any]:
    return {
        "move": {"chooser": place.column2.pk},
        "add_to_collection": {"collection": place.subcollection.pk},
        "assign_role": {"role": place.groups["editor"].pk},
        "set_active_state": {"mark_as_active": "False"},
    }.get(action, {})


def _bulk() -> list[Attack]:
    attacks = []
    for key, (name, by) in BULK.items():
        args, label = list(key), "/".join(key)
        common: dict[str, Any] = {"by": by}
        attacks += [
            show(
                "wagtail_bulk_action",
                lambda own, hidden, args=args, name=name: (
                    args,
                    {"id": getattr(hidden, name).pk},
                ),
                f"{label} theirs",
                **common,
            ),
            show(
                "wagtail_bulk_action",
                lambda own, hidden, args=args, name=name: (
                    args,
                    {"id": [getattr(own, name).pk, getattr(hidden, name).pk]},
                ),
                f"{label} theirs among own",
                **common,
            ),
            change(
                "wagtail_bulk_action",
                lambda own, hidden, args=args, name=name: (
                    args,
                    _bulk_form(args[2], own),
                    {"id": [getattr(own, name).pk, getattr(hidden, name).pk]},
                ),
                f"{label} theirs among own",
                **common,
            ),
            change(
                "wagtail_bulk_action",
                lambda own, hidden, args=args, name=name: (
                    args,
                    _bulk_form(args[2], hidden),
                    {"id": getattr(hidden, name).pk},
                ),
                f"{label} theirs",
                **common,
            ),
        ]
    for model, query in (
        (["wagtailcore", "page"], lambda hidden: {"childOf": hidden.column.pk}),
        (
            ["media", "portalimage"],
            lambda hidden: {"collection_id": hidden.collection.pk},
        ),
        (
            ["media", "portaldocument"],
            lambda hidden: {"collection_id": hidden.collection.pk},
        ),
    ):
        attacks.append(
            change(
                "wagtail_bulk_action",
                lambda own, hidden, model=model, query=query: (
                    [*model, "delete"],
                    {},
                    {"id": "all", **query(hidden)},
                ),
                f"{model[1]}/delete all of theirs",
                by="admin" if model[1] == "page" else "superuser",
            )
        )
    attacks += [
        change(
            "wagtail_bulk_action",
            lambda own, hidden: (
                ["wagtailcore", "page", "move"],
                {"chooser": hidden.column2.pk},
                {"id": own.doomed.pk},
            ),
            "own pages into their column",
        ),
        *(
            change(
                "wagtail_bulk_action",
                lambda own, hidden, kind=kind: (
                    ["media", f"portal{kind}", "add_to_collection"],
                    {"collection": hidden.subcollection.pk},
                    {"id": getattr(own, kind).pk},
                ),
                f"own {kind} into their collection",
            )
            for kind in ("image", "document")
        ),
    ]
    return attacks


def _publication() -> list[Attack]:
    above = {"spared": PREFECTURE}
    return [
        show("publication_status", lambda own, hidden: [], **above),
        show(
            "publication_status",
            lambda own, hidden: ([], {"portal": hidden.portal.pk}),
            "of their portal",
            **above,
        ),
        show(
            "publication_state",
            lambda own, hidden: [hidden.portal.pk],
            proof=Proof.OPENS,
            **above,
        ),
        show(
            "publication_page",
            lambda own, hidden: [hidden.article.pk],
            by="editor",
            proof=Proof.OPENS,
        ),
        show(
            "publication_act",
            lambda own, hidden: [hidden.portal.pk, "resume"],
            **above,
        ),
        change(
            "publication_act",
            lambda own, hidden: [hidden.portal.pk, "resume"],
            **above,
        ),
    ]


def _search() -> list[Attack]:
    return [
        show("search-queries:index", lambda own, hidden: ([], {"show": "all"})),
        show(
            "search-queries:index",
            lambda own, hidden: ([], {"portal": hidden.portal.pk, "show": "all"}),
            "of their portal",
        ),
        *(
            change(
                "search-queries:index",
                lambda own, hidden, act=act, name=name: (
                    [],
                    {
                        "portal": hidden.portal.pk,
                        "text": getattr(hidden, name),
                        "act": act,
                    },
                ),
                act,
            )
            for act, name in (("ignore", "query"), ("reopen", "handled_text"))
        ),
        show(
            "search_question",
            lambda own, hidden: [hidden.column.pk],
            by="editor",
        ),
    ]


def _originals() -> list[Attack]:
    return [
        show("import_document", lambda own, hidden: [], "their columns offered"),
        change(
            "import_document",
            lambda own, hidden: ([], {"file": text(), "column": hidden.column.pk}),
            "into their column",
        ),
        show("original_file", lambda own, hidden: [hidden.original.pk]),
        show("original_findings", lambda own, hidden: [hidden.original.pk]),
        change(
            "original_findings",
            lambda own, hidden: ([hidden.original.pk], {"done": "0"}),
        ),
    ]


def _directories() -> list[Attack]:
    table = "name\r\n外来"
    return [
        show("directory_tables", lambda own, hidden: []),
        *(
            show(
                "directory_tables_download",
                lambda own, hidden, kind=kind, pk=pk: [kind, pk(hidden), "data"],
                kind,
                proof=Proof.OPENS,
            )
            for kind, pk in _TABLES
        ),
        *(
            show(
                "directory_tables_import",
                lambda own, hidden, kind=kind, pk=pk: [kind, pk(hidden)],
                kind,
            )
            for kind, pk in _TABLES
        ),
        change(
            "directory_tables_import",
            lambda own, hidden: (
                ["people", hidden.portal.pk],
                {"table": text(table), "dry_run": ""},
            ),
            proof=Proof.SHOWS,
        ),
    ]


_TABLES: tuple[tuple[str, Any], ...] = (
    ("points", lambda place: place.directory.pk),
    ("people", lambda place: place.portal.pk),
)


def _campaigns() -> list[Attack]:
    return [
        show("next_campaign", lambda own, hidden: [hidden.campaign.pk]),
        change(
            "next_campaign",
            lambda own, hidden: (
                [hidden.campaign.pk],
                {"year": 2027, "starts_on": "2027-05-01", "with_events": "on"},
            ),
        ),
    ]


ATTACKS = [
    *_bulk(),
    *_publication(),
    *_search(),
    *_originals(),
    *_directories(),
    *_campaigns(),
]
