from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "home.audit"
    label = "audit"
    verbose_name = _("操作日志")

    def ready(self) -> None:
        from home.audit import sources  # models must be loaded first

        sources.connect()
