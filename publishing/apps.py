from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("发布")

    def ready(self) -> None:
        from home.panels import register_public_state
        from home.rendering import register_block_renderer, register_preview_renderer
        from media.access import register_use_check
        from publishing.block_rendering import render_block
        from publishing.media_use import is_used
        from publishing.phrases import public_phrases
        from publishing.preview import render_preview  # models must be loaded first
        from publishing.status.panel import public_state
        from search.phrases import register_phrases

        register_preview_renderer(render_preview)
        register_block_renderer(render_block)
        register_use_check(is_used)
        register_phrases(public_phrases)
        register_public_state(public_state)
