"""Reviews, reports, comments and people at work on the same page."""

from __future__ import annotations

from tests.isolation.attack import PREFECTURE, Attack, Proof, change, show

FLOWS = "wagtailadmin_workflows"
PAGES = "wagtailadmin_pages"
REPORTS = "wagtailadmin_reports"


def _steps() -> list[Attack]:
    """Of a page that waits for a decision."""
    decided = [
        change(
            f"{PAGES}:workflow_action",
            lambda own, hidden, action=action: (
                [hidden.submitted.pk, action, hidden.task_state.pk],
                {"comment": "外来的话"},
            ),
            action,
            by="editor",
        )
        for action in ("approve", "reject")
    ]
    return [
        *decided,
        show(
            f"{PAGES}:workflow_action",
            lambda own, hidden: [
                hidden.submitted.pk,
                "reject",
                hidden.task_state.pk,
            ],
            by="editor",
            proof=Proof.OPENS,
        ),
        show(
            f"{PAGES}:collect_workflow_action_data",
            lambda own, hidden: [hidden.submitted.pk, "reject", hidden.task_state.pk],
            by="editor",
            proof=Proof.OPENS,
        ),
        change(
            f"{PAGES}:collect_workflow_action_data",
            lambda own, hidden: (
                [hidden.submitted.pk, "reject", hidden.task_state.pk],
                {"comment": "外来的话"},
            ),
            by="editor",
            proof=Proof.OPENS,
        ),
        show(
            f"{PAGES}:confirm_workflow_cancellation",
            lambda own, hidden: [hidden.submitted.pk],
            by="author",
            proof=Proof.OPENS,
        ),
        show(
            f"{PAGES}:workflow_preview",
            lambda own, hidden: [hidden.submitted.pk, hidden.task.pk],
            by="editor",
        ),
        show(
            f"{PAGES}:workflow_history_detail",
            lambda own, hidden: [hidden.submitted.pk, hidden.workflow_state.pk],
            by="editor",
        ),
        show(
            f"{PAGES}:workflow_history_detail",
            lambda own, hidden: [own.submitted.pk, hidden.workflow_state.pk],
            "by their number under an own page",
            by="editor",
        ),
        change(
            "wagtailadmin_editing_sessions:ping",
            lambda own, hidden: (
                ["articles", "articlepage", hidden.article.pk, hidden.session.pk],
                {"revision_id": hidden.old_revision.pk},
            ),
        ),
        change(
            "wagtailadmin_editing_sessions:release",
            lambda own, hidden: [hidden.session.pk],
            by="editor",
        ),
    ]


def _reports() -> list[Attack]:
    closed = "locked_pages workflow workflow_tasks site_history page_types_usage"
    attacks = []
    for name in closed.split():
        for view in (name, f"{name}_results"):
            for label, query in (("", {}), ("as a table", {"export": "csv"})):
                if name == "page_types_usage" and label:
                    continue
                attacks.append(
                    show(
                        f"{REPORTS}:{view}",
                        lambda own, hidden, query=query, name=name: (
                            [],
                            # Its list is long; what is asked for is on top.
                            {**query, "label": hidden.mark}
                            if name == "site_history"
                            else query,
                        ),
                        label,
                        by="superuser",
                        spared=PREFECTURE,
                        proof=(
                            Proof.OPENS if name == "page_types_usage" else Proof.SHOWS
                        ),
                    )
                )
    for view in ("aging_pages", "aging_pages_results"):
        attacks += [
            show(f"{REPORTS}:{view}", lambda own, hidden: []),
            show(
                f"{REPORTS}:{view}",
                lambda own, hidden: ([], {"export": "csv"}),
                "as a table",
            ),
            show(
                f"{REPORTS}:{view}",
                lambda own, hidden: (
                    [],
                    {"last_published_by": hidden.admin.pk},
                ),
                "filtered by who published",
            ),
        ]
    return attacks


def _set_up() -> list[Attack]:
    """Wagtail's administration of reviews: it knows no portals."""
    top = {"by": "superuser"}
    looked_at = [
        show(f"{FLOWS}:{name}", build, **top)
        for name, build in (
            ("index", lambda own, hidden: []),
            ("index_results", lambda own, hidden: []),
            ("edit", lambda own, hidden: [hidden.workflow.pk]),
            ("disable", lambda own, hidden: [hidden.workflow.pk]),
            ("usage", lambda own, hidden: [hidden.workflow.pk]),
            ("usage_results", lambda own, hidden: [hidden.workflow.pk]),
            ("task_index", lambda own, hidden: []),
            ("task_index_results", lambda own, hidden: []),
            ("edit_task", lambda own, hidden: [hidden.task.pk]),
            ("disable_task", lambda own, hidden: [hidden.task.pk]),
            (
                "add_task",
                lambda own, hidden: ["wagtailcore", "groupapprovaltask"],
            ),
        )
    ]
    choosing = [
        show(f"{FLOWS}:{name}", build, by="superuser", spared=PREFECTURE)
        for name, build in (
            ("task_chooser", lambda own, hidden: ([], {"q": hidden.mark})),
            ("task_chooser_results", lambda own, hidden: ([], {"q": hidden.mark})),
            ("task_chosen", lambda own, hidden: [hidden.task.pk]),
        )
    ]
    changed = [
        change(f"{FLOWS}:{name}", build, **top)
        for name, build in (
            ("disable", lambda own, hidden: [hidden.workflow.pk]),
            ("disable_task", lambda own, hidden: [hidden.task.pk]),
            ("enable", lambda own, hidden: [hidden.disabled_workflow.pk]),
            ("enable_task", lambda own, hidden: [hidden.disabled_task.pk]),
            ("remove", lambda own, hidden: [hidden.home.pk]),
            ("remove", lambda own, hidden: [hidden.home.pk, hidden.workflow.pk]),
            (
                "task_chooser_create",
                lambda own, hidden: (
                    [],
                    {
                        "create-task-name": "外来",
                        "create-task-groups": hidden.groups["editor"].pk,
                    },
                    {"create_model": "wagtailcore.GroupApprovalTask"},
                ),
            ),
            (
                "add",
                lambda own, hidden: (
                    [],
                    {
                        "name": "外来",
                        "active": "on",
                        "workflow_tasks-TOTAL_FORMS": "1",
                        "workflow_tasks-INITIAL_FORMS": "0",
                        "workflow_tasks-MIN_NUM_FORMS": "1",
                        "workflow_tasks-MAX_NUM_FORMS": "1000",
                        "workflow_tasks-0-task": hidden.task.pk,
                        "workflow_tasks-0-ORDER": "1",
                        "pages-TOTAL_FORMS": "0",
                        "pages-INITIAL_FORMS": "0",
                        "pages-MIN_NUM_FORMS": "0",
                        "pages-MAX_NUM_FORMS": "1000",
                    },
                ),
            ),
        )
    ]
    return [*looked_at, *choosing, *changed]


ATTACKS = [*_steps(), *_reports(), *_set_up()]
