"""The libraries of pictures and files, and their collections."""

from __future__ import annotations

from typing import Any

from tests.isolation.attack import Attack, Proof, change, show
from tests.isolation.attacks.files import pdf, photo

LIBRARIES = {"image": "wagtailimages", "document": "wagtaildocs"}
VALUES: dict[str, dict[str, Any]] = {
    "image": {"alt_text_zh_hans": "两户村民说话", "consent": "nobody"},
    "document": {},
}


def _form(kind: str, collection: Any, prefix: str = "", **values: Any) -> Any:
    fields = {
        "title": "外来的名字",
        "collection": collection.pk,
        **VALUES[kind],
        **values,
    }
    return {f"{prefix}{name}": value for name, value in fields.items()}


def _library(kind: str, space: str) -> list[Attack]:
    def thing(hidden: Any) -> Any:
        return getattr(hidden, kind)

    attacks = [
        show(
            f"{space}:{view}",
            lambda own, hidden, query=query: ([], query(hidden)),
            label,
        )
        for view in ("index", "index_results")
        for label, query in (
            ("", lambda hidden: {}),
            ("searched", lambda hidden: {"q": hidden.word}),
            (
                "of their collection",
                lambda hidden: {"collection_id": hidden.collection.pk},
            ),
            ("with their tag", lambda hidden: {"tag": f"{hidden.mark}-shown-tag"}),
            ("ordered", lambda hidden: {"ordering": "title"}),
        )
    ]
    usage = f"{space}:{kind}_usage"
    return [
        *attacks,
        show(f"{space}:edit", lambda own, hidden: [thing(hidden).pk]),
        show(f"{space}:delete", lambda own, hidden: [thing(hidden).pk], by="superuser"),
        show(usage, lambda own, hidden: [thing(hidden).pk]),
        show(f"{space}:add", lambda own, hidden: [], "their collection offered"),
        show(
            f"{space}:add_multiple",
            lambda own, hidden: ([], {"collection_id": hidden.collection.pk}),
        ),
        change(
            f"{space}:edit",
            lambda own, hidden: (
                [thing(hidden).pk],
                _form(kind, hidden.subcollection),
            ),
        ),
        change(
            f"{space}:edit",
            lambda own, hidden: (
                [thing(own).pk],
                _form(kind, hidden.subcollection),
            ),
            "own into their collection",
        ),
        change(
            f"{space}:delete",
            lambda own, hidden: [getattr(hidden, f"drafted_{kind}").pk],
            by="superuser",
        ),
        change(
            f"{space}:add",
            lambda own, hidden: (
                [],
                _form(
                    kind,
                    hidden.subcollection,
                    file=photo() if kind == "image" else pdf(),
                ),
            ),
            "into their collection",
        ),
        change(
            f"{space}:add_multiple",
            lambda own, hidden: (
                [],
                {
                    "title": "外来",
                    "collection": hidden.subcollection.pk,
                    "files[]": photo() if kind == "image" else pdf(),
                },
            ),
            "into their collection",
        ),
        *_uploads(kind, space, thing),
    ]


def _uploads(kind: str, space: str, thing: Any) -> list[Attack]:
    """What was sent many at a time and waits for its texts."""
    waiting = f"{kind}_upload"
    return [
        change(
            f"{space}:edit_multiple",
            lambda own, hidden: (
                [thing(hidden).pk],
                _form(
                    kind, hidden.subcollection, f"{_prefix(kind)}-{thing(hidden).pk}-"
                ),
            ),
        ),
        change(
            f"{space}:edit_multiple",
            lambda own, hidden: (
                [thing(own).pk],
                _form(kind, hidden.subcollection, f"{_prefix(kind)}-{thing(own).pk}-"),
            ),
            "own into their collection",
        ),
        change(
            f"{space}:delete_multiple",
            lambda own, hidden: [getattr(hidden, f"drafted_{kind}").pk],
            by="superuser",
        ),
        change(
            f"{space}:delete_upload_multiple",
            lambda own, hidden: [getattr(hidden, waiting).pk],
        ),
    ]


def _prefix(kind: str) -> str:
    return "image" if kind == "image" else "doc"


def _pictures() -> list[Attack]:
    return [
        show(
            "wagtailimages:preview",
            lambda own, hidden: [hidden.image.pk, "max-165x165"],
            proof=Proof.OPENS,
        ),
    ]


def _collections() -> list[Attack]:
    space = "wagtailadmin_collections"
    top = {"by": "superuser"}
    return [
        show(f"{space}:index", lambda own, hidden: [], **top),
        show(f"{space}:add", lambda own, hidden: [], **top),
        show(f"{space}:edit", lambda own, hidden: [hidden.collection.pk], **top),
        show(f"{space}:delete", lambda own, hidden: [hidden.subcollection.pk], **top),
        show(
            f"{space}:set_privacy",
            lambda own, hidden: [hidden.collection.pk],
            proof=Proof.OPENS,
            **top,
        ),
        change(
            f"{space}:add",
            lambda own, hidden: ([], {"name": "外来", "parent": hidden.collection.pk}),
            **top,
        ),
        change(
            f"{space}:edit",
            lambda own, hidden: (
                [hidden.subcollection.pk],
                {"name": "改名", "parent": hidden.collection.pk},
            ),
            **top,
        ),
        change(f"{space}:delete", lambda own, hidden: [hidden.subcollection.pk], **top),
        change(
            f"{space}:set_privacy",
            lambda own, hidden: (
                [hidden.collection.pk],
                {"restriction_type": "login"},
            ),
            **top,
        ),
    ]


ATTACKS = [
    *(attack for kind, space in LIBRARIES.items() for attack in _library(kind, space)),
    *_pictures(),
    *_collections(),
]
