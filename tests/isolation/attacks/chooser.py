"""Windows that offer something: pages, pictures, files; and the admin's own API."""

from __future__ import annotations

from tests.isolation.attack import Attack, Proof, change, show
from tests.isolation.attacks.files import pdf, photo

MANY = {"image": "wagtailimages_chooser", "document": "wagtaildocs_chooser"}


def _pages() -> list[Attack]:
    chooser = "wagtailadmin_choose_page"
    return [
        show(chooser, lambda own, hidden: []),
        show(
            chooser,
            lambda own, hidden: ([], {"page_type": "home.columnpage"}),
            "of one type",
        ),
        show(f"{chooser}_child", lambda own, hidden: [1], "at the root"),
        show(f"{chooser}_child", lambda own, hidden: [hidden.column.pk]),
        show(f"{chooser}_search", lambda own, hidden: ([], {"q": hidden.word})),
        show(
            f"{chooser}_search",
            lambda own, hidden: (
                [],
                {"q": hidden.word, "page_type": "articles.articlepage"},
            ),
            "of one type",
        ),
        show(
            f"{chooser}_chosen_multiple",
            lambda own, hidden: ([], {"id": [hidden.article.pk, hidden.draft.pk]}),
        ),
    ]


def _files() -> list[Attack]:
    attacks = []
    for kind, space in MANY.items():
        for view in ("choose", "choose_results"):
            attacks += [
                show(f"{space}:{view}", lambda own, hidden: []),
                show(
                    f"{space}:{view}",
                    lambda own, hidden: ([], {"q": hidden.word}),
                    "searched",
                ),
                show(
                    f"{space}:{view}",
                    lambda own, hidden: ([], {"collection_id": hidden.collection.pk}),
                    "of their collection",
                ),
            ]
            if kind == "image":
                attacks.append(
                    show(
                        f"{space}:{view}",
                        lambda own, hidden: ([], {"tag": f"{hidden.mark}-shown-tag"}),
                        "with their tag",
                    )
                )
        attacks += [
            show(
                f"{space}:chosen",
                lambda own, hidden, kind=kind: [getattr(hidden, kind).pk],
            ),
            show(
                f"{space}:chosen_multiple",
                lambda own, hidden, kind=kind: (
                    [],
                    {"id": [getattr(hidden, kind).pk]},
                ),
            ),
            change(
                f"{space}:create",
                lambda own, hidden, kind=kind: (
                    [],
                    {
                        f"{kind}-chooser-upload-title": "外来",
                        f"{kind}-chooser-upload-file": photo()
                        if kind == "image"
                        else pdf(),
                        f"{kind}-chooser-upload-collection": hidden.subcollection.pk,
                        f"{kind}-chooser-upload-alt_text_zh_hans": "两户村民说话",
                        f"{kind}-chooser-upload-consent": "nobody",
                    },
                ),
                "into their collection",
            ),
        ]
    attacks.append(
        show(
            "wagtailimages_chooser:select_format",
            lambda own, hidden: [hidden.image.pk],
        )
    )
    return attacks


def _api() -> list[Attack]:
    """What the explorer's menu and the choosers ask with JavaScript."""
    api = "wagtailadmin_api"
    attacks = [
        show(
            f"{api}:pages:listing",
            lambda own, hidden, query=query: ([], query(hidden)),
            label,
        )
        for label, query in (
            ("", lambda hidden: {}),
            ("searched", lambda hidden: {"search": hidden.word}),
            ("below theirs", lambda hidden: {"child_of": hidden.column.pk}),
            ("far below theirs", lambda hidden: {"descendant_of": hidden.home.pk}),
            ("above theirs", lambda hidden: {"ancestor_of": hidden.article.pk}),
            ("of their site", lambda hidden: {"site": hidden.portal.host}),
            ("for the explorer", lambda hidden: {"for_explorer": 1, "child_of": 1}),
            ("every field", lambda hidden: {"fields": "*"}),
            ("in a language", lambda hidden: {"locale": "zh-hans"}),
            ("by address", lambda hidden: {"slug": f"{hidden.mark}-article"}),
        )
    ]
    attacks += [
        show(f"{api}:pages:detail", lambda own, hidden: [hidden.article.pk]),
        show(
            f"{api}:pages:detail",
            lambda own, hidden: ([hidden.draft.pk], {"fields": "*"}),
            "a draft, every field",
        ),
        show(
            f"{api}:pages:find",
            lambda own, hidden: ([], {"id": hidden.article.pk}),
            proof=Proof.MOVES_ON,
        ),
    ]
    for action in ("delete", "unpublish", "publish", "convert_alias", "copy"):
        page = "alias" if action == "convert_alias" else "neighbour"
        attacks.append(
            change(
                f"{api}:pages:action",
                lambda own, hidden, page=page, action=action: (
                    [getattr(hidden, page).pk, action],
                    {"slug": "chaolai", "destination_page_id": own.column2.pk},
                ),
                action,
            )
        )
    attacks += [
        change(
            f"{api}:pages:action",
            lambda own, hidden, name=name: (
                [own.article.pk, name],
                {
                    "destination_page_id": hidden.column2.pk,
                    "slug": "chaolai",
                    "position": "last-child",
                },
            ),
            f"{name} own into theirs",
        )
        for name in ("copy", "move")
    ]
    for kind, space in (("image", "images"), ("document", "documents")):
        attacks += [
            show(f"{api}:{space}:listing", lambda own, hidden: []),
            show(
                f"{api}:{space}:listing",
                lambda own, hidden: ([], {"search": hidden.word}),
                "searched",
            ),
            show(
                f"{api}:{space}:detail",
                lambda own, hidden, kind=kind: [getattr(hidden, kind).pk],
            ),
            show(
                f"{api}:{space}:find",
                lambda own, hidden, kind=kind: (
                    [],
                    {"id": getattr(hidden, kind).pk},
                ),
                proof=Proof.MOVES_ON,
            ),
        ]
    return attacks


ATTACKS = [*_pages(), *_files(), *_api()]
