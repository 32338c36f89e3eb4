"""The page tree: looking, writing, copying, moving."""

from __future__ import annotations

from typing import Any

from articles.models import ArticlePage
from tests.home.pages import body_data, form_data
from tests.isolation.attack import Attack, Proof, change, show

PAGES = "wagtailadmin_pages"


def article_form(body: Any = (), **values: Any) -> dict[str, str]:
    blocks = body or (("text", "<p>正文</p>"),)
    return form_data(
        ArticlePage,
        body_zh_hans=body_data(*blocks),
        summary_zh_hans="摘要",
        **values,
    )


def _looking() -> list[Attack]:
    by_page = (
        "edit view_draft delete unpublish copy usage history history_results "
        "workflow_history revisions_index"
    )
    attacks = [
        show("wagtailadmin_home", lambda own, hidden: []),
        show("wagtailadmin_explore_root", lambda own, hidden: [], proof=Proof.POINTS),
        show(f"{PAGES}:search", lambda own, hidden: ([], {"q": hidden.word})),
        show(f"{PAGES}:search_results", lambda own, hidden: ([], {"q": hidden.word})),
        show(
            f"{PAGES}:search",
            lambda own, hidden: (
                [],
                {"q": hidden.word, "content_type": "articles.articlepage"},
            ),
            "of one type",
        ),
    ]
    for view in ("wagtailadmin_explore", "wagtailadmin_explore_results"):
        attacks += [
            show(view, lambda own, hidden: [hidden.home.pk]),
            show(view, lambda own, hidden: [hidden.column.pk], "a column"),
            show(
                view,
                lambda own, hidden: ([hidden.home.pk], {"q": hidden.word}),
                "searched below theirs",
            ),
            show(
                view,
                lambda own, hidden: ([own.home.pk], {"owner": hidden.author.pk}),
                "filtered by their owner",
            ),
            show(
                view,
                lambda own, hidden: ([own.home.pk], {"site": hidden.site.pk}),
                "filtered by their site",
            ),
            show(
                view,
                lambda own, hidden: ([1], {"ordering": "-latest_revision_created_at"}),
                "ordered, at the root",
                by="superuser",
            ),
        ]
    for view in by_page.split():
        if view == "revisions_index":  # a redirect to the history
            continue
        for page in ("article", "draft", "withdrawn", "scheduled"):
            if (view, page) in {
                ("unpublish", "draft"),
                ("unpublish", "withdrawn"),
                ("unpublish", "scheduled"),
            }:
                continue
            attacks.append(
                show(
                    f"{PAGES}:{view}",
                    lambda own, hidden, page=page: [getattr(hidden, page).pk],
                    page,
                )
            )
    attacks += [
        show(f"{PAGES}:move", lambda own, hidden: [hidden.article.pk]),
        show(f"{PAGES}:add_subpage", lambda own, hidden: [hidden.column.pk]),
        show(f"{PAGES}:set_privacy", lambda own, hidden: [hidden.private.pk]),
        show(
            f"{PAGES}:convert_alias",
            lambda own, hidden: [hidden.alias.pk],
        ),
        show(
            f"{PAGES}:move_confirm",
            lambda own, hidden: [own.article.pk, hidden.column2.pk],
            "own into theirs",
        ),
        show(
            f"{PAGES}:move_confirm",
            lambda own, hidden: [hidden.article.pk, own.column2.pk],
            "theirs into own",
        ),
        show(
            f"{PAGES}:revisions_view",
            lambda own, hidden: [hidden.article.pk, hidden.revision.pk],
        ),
        show(
            f"{PAGES}:revisions_revert",
            lambda own, hidden: [hidden.article.pk, hidden.old_revision.pk],
        ),
        show(
            f"{PAGES}:revisions_unschedule",
            lambda own, hidden: [hidden.scheduled.pk, hidden.scheduled_revision.pk],
        ),
        show(
            f"{PAGES}:revisions_compare",
            lambda own, hidden: [hidden.article.pk, "live", "latest"],
        ),
        show(
            f"{PAGES}:revisions_compare",
            lambda own, hidden: [
                hidden.article.pk,
                hidden.old_revision.pk,
                hidden.revision.pk,
            ],
            "by number",
        ),
        show(
            f"{PAGES}:type_use",
            lambda own, hidden: ["articles", "articlepage"],
        ),
        show(
            f"{PAGES}:type_use",
            lambda own, hidden: (["articles", "articlepage"], {"q": hidden.word}),
            "searched",
        ),
        show(
            f"{PAGES}:type_use_results",
            lambda own, hidden: ["articles", "articlepage"],
        ),
        show(f"{PAGES}:choose_parent", lambda own, hidden: ["articles", "articlepage"]),
        show(
            f"{PAGES}:add",
            lambda own, hidden: ["articles", "articlepage", hidden.column.pk],
            by="editor",
        ),
        show(
            f"{PAGES}:preview_on_edit",
            lambda own, hidden: [hidden.article.pk],
            by="editor",
            proof=Proof.OPENS,
        ),
        show(
            f"{PAGES}:preview_on_add",
            lambda own, hidden: ["articles", "articlepage", hidden.column.pk],
            proof=Proof.OPENS,
        ),
    ]
    return attacks


def _writing() -> list[Attack]:
    buttons = {"action-publish": "1"}
    return [
        *(
            change(
                f"{PAGES}:add",
                lambda own, hidden, sent=sent: (
                    ["articles", "articlepage", hidden.column.pk],
                    article_form(heading_zh_hans="外来", **sent),
                ),
                label,
                by="editor",
            )
            for label, sent in (("draft", {}), ("public", buttons))
        ),
        *(
            change(
                f"{PAGES}:edit",
                lambda own, hidden, sent=sent: (
                    [hidden.neighbour.pk],
                    article_form(heading_zh_hans="来过", **sent),
                ),
                label,
                by="editor",
            )
            for label, sent in (
                ("draft", {}),
                ("public", buttons),
                ("submitted", {"action-submit": "1"}),
            )
        ),
        change(
            f"{PAGES}:preview_on_edit",
            lambda own, hidden: ([hidden.neighbour.pk], article_form()),
        ),
        change(
            f"{PAGES}:preview_on_add",
            lambda own, hidden: (
                ["articles", "articlepage", hidden.column.pk],
                article_form(),
            ),
        ),
        change(f"{PAGES}:delete", lambda own, hidden: [hidden.doomed.pk]),
        change(f"{PAGES}:unpublish", lambda own, hidden: [hidden.doomed.pk]),
        change(f"{PAGES}:convert_alias", lambda own, hidden: [hidden.alias.pk]),
        change(f"{PAGES}:lock", lambda own, hidden: [hidden.doomed.pk]),
        change(f"{PAGES}:unlock", lambda own, hidden: [hidden.locked.pk]),
        change(
            f"{PAGES}:set_privacy",
            lambda own, hidden: ([hidden.private.pk], {"restriction_type": "none"}),
        ),
        change(
            f"{PAGES}:set_page_position",
            lambda own, hidden: ([hidden.doomed.pk], {}, {"position": "0"}),
        ),
        change(
            f"{PAGES}:revisions_unschedule",
            lambda own, hidden: [hidden.scheduled.pk, hidden.scheduled_revision.pk],
        ),
        change(
            f"{PAGES}:edit",
            lambda own, hidden: (
                [hidden.article.pk],
                article_form(heading_zh_hans="回来", revision=hidden.old_revision.pk),
            ),
            "back to a revision",
            by="editor",
        ),
        change(
            f"{PAGES}:edit",
            lambda own, hidden: (
                [own.article.pk],
                comment_form(id=hidden.comment.pk, text="外来", DELETE="on"),
            ),
            "with their comment",
            by="editor",
        ),
        *_moving(),
        *_naming(),
    ]


def comment_form(**comment: Any) -> dict[str, str]:
    """With one comment; one that has a number was there before."""
    least = {"MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""}
    replies = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, **least}
    return article_form(
        comments={
            "TOTAL_FORMS": 1,
            "INITIAL_FORMS": int("id" in comment),
            **least,
            "0": {"position": "", "replies": replies, **comment},
        }
    )


def _copy_form(parent: Any, **values: Any) -> dict[str, Any]:
    return {
        "new_title": "抄来的",
        "new_slug": "chaolai",
        "new_parent_page": parent.pk,
        **values,
    }


def _moving() -> list[Attack]:
    return [
        change(
            f"{PAGES}:copy",
            lambda own, hidden: ([hidden.article.pk], _copy_form(own.column2)),
            "theirs to own",
        ),
        change(
            f"{PAGES}:copy",
            lambda own, hidden: ([own.article.pk], _copy_form(hidden.column2)),
            "own to theirs",
        ),
        change(
            f"{PAGES}:copy",
            lambda own, hidden: (
                [own.article.pk],
                _copy_form(hidden.column2, alias="on"),
            ),
            "own to theirs as alias",
        ),
        change(
            f"{PAGES}:move_confirm",
            lambda own, hidden: [hidden.article.pk, own.column2.pk],
            "theirs to own",
        ),
        change(
            f"{PAGES}:move_confirm",
            lambda own, hidden: [own.article.pk, hidden.column2.pk],
            "own to theirs",
        ),
    ]


def _naming() -> list[Attack]:
    """An own page whose form names something of theirs, typed into a hidden input."""
    return [
        change(
            f"{PAGES}:edit",
            lambda own, hidden, body=body: (
                [own.neighbour.pk],
                article_form(body=body(hidden)),
            ),
            label,
            by="editor",
        )
        for label, body in (
            (
                "naming their picture",
                lambda hidden: [
                    ("picture", {"image": hidden.image.pk, "caption": "", "credit": ""})
                ],
            ),
            (
                "naming their picture that lacks a description",
                lambda hidden: [
                    ("picture", {"image": hidden.bare.pk, "caption": "", "credit": ""})
                ],
            ),
            (
                "naming their file",
                lambda hidden: [
                    ("attachment", {"document": hidden.document.pk, "title": ""})
                ],
            ),
            (
                "linking to their page",
                lambda hidden: [
                    (
                        "text",
                        f'<p><a linktype="page" id="{hidden.article.pk}">那一篇</a></p>',
                    )
                ],
            ),
            (
                "linking to their file",
                lambda hidden: [
                    (
                        "text",
                        f'<p><a linktype="document" id="{hidden.document.pk}">文件</a></p>',
                    )
                ],
            ),
        )
    ]


def _citing() -> list[Attack]:
    """What is said of a provision that their regulation does not have."""
    return [
        change(
            f"{PAGES}:edit",
            lambda own, hidden, block=block, text=text: (
                [own.neighbour.pk],
                article_form(
                    body=[(block, text.format(f"《{hidden.nickname}》第九十九条"))],
                    **{"action-publish": "1"},
                ),
            ),
            f"citing their law by another name in a {block}",
            by="editor",
            proof=Proof.SHOWS,
        )
        for block, text in (("citation", "{}"), ("text", "<p>见{}。</p>"))
    ]


ATTACKS = [*_looking(), *_writing(), *_citing()]
