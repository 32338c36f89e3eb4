from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GateConfig(AppConfig):
    name = "articles.gate"
    label = "gate"
    verbose_name = _("发布前的检查")

    def ready(self) -> None:
        from django.urls import reverse

        from articles.gate import log_actions as log_actions  # registers itself
        from articles.gate.carrying import forget_strangers
        from articles.gate.checking import check_page  # models must be loaded first
        from articles.gate.records import recheck
        from home.findings import Gate, register_gate
        from home.portals.transfer.reading import register_after_import
        from home.worker import Job, register_job

        register_gate(
            Gate(check_page, lambda page_id: reverse("gate_findings", args=[page_id]))
        )
        register_job(Job("findings", 600, recheck))
        register_after_import(forget_strangers)
