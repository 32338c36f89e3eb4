from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("门户")

    def ready(self) -> None:
        from home import log_actions as log_actions  # registers itself
        from home import signals, wagtail_patches  # models must be loaded first

        signals.connect()
        wagtail_patches.patch_fields()
