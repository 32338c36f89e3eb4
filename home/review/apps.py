from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "home.review"
    label = "review"
    verbose_name = _("审稿")

    def ready(self) -> None:
        from wagtail.models import WorkflowState
        from wagtail.signals import (
            task_submitted,
            workflow_approved,
            workflow_rejected,
            workflow_submitted,
        )

        from home import worker
        from home.portals.provisioning import register_provision
        from home.publication import register_guard
        from home.review import log_actions as log_actions  # registers itself
        from home.review import notices, recording, reminders
        from home.review.guard import Guard
        from home.review.models import ReviewState
        from home.review.setting_up import set_up

        register_provision("review", set_up)
        register_guard(Guard())
        recording.connect()
        worker.register_job(worker.Job("review", 600, reminders.remind))
        task_submitted.connect(
            notices.ask, ReviewState, dispatch_uid="review_task_submitted"
        )
        # Ours say more, and are sent by the worker.
        for signal, name in (
            (workflow_submitted, "submitted"),
            (workflow_rejected, "rejected"),
            (workflow_approved, "approved"),
        ):
            uid = f"workflow_state_{name}_email_notification"
            if not signal.disconnect(sender=WorkflowState, dispatch_uid=uid):
                raise RuntimeError(f"Wagtail has no {uid} any more")
