from __future__ import annotations

from collections.abc import Sequence

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from home.outbox import ChangeRecord, register_receiver


def deliver_changes(changes: Sequence[ChangeRecord]) -> None:
    """Imported when the first change comes: it takes the search's dictionary along."""
    from publishing.building.receiving import deliver

    deliver(changes)


def keep_sites() -> list[str]:
    from publishing.building.receiving import keep_all

    return keep_all()


def cut_releases() -> list[str]:
    from publishing.building.receiving import cut_releases as cut

    return cut()


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("发布")

    def ready(self) -> None:
        # The worker has models of django-tasks, which have to be there first.
        from home.panels import register_public_state
        from home.portals.removal import register_removal
        from home.portals.states import register_readiness
        from home.rendering import register_block_renderer, register_preview_renderer
        from home.worker import Job, register_job
        from media.access import register_use_check
        from publishing.block_rendering import render_block
        from publishing.head_check import missing_identity
        from publishing.media_use import is_used
        from publishing.offline import remove_sites
        from publishing.phrases import public_phrases
        from publishing.preview import render_preview  # models must be loaded first
        from publishing.status.panel import public_state
        from search.phrases import register_phrases

        register_receiver("publishing", deliver_changes)
        register_job(Job("sites", 60, keep_sites))
        register_job(Job("releases", 1800, cut_releases))
        register_preview_renderer(render_preview)
        register_block_renderer(render_block)
        register_use_check(is_used)
        register_phrases(public_phrases)
        register_public_state(public_state)
        register_readiness(missing_identity)
        register_removal(remove_sites)
