from django.apps import AppConfig
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class StatutesConfig(AppConfig):
    name = "statutes"
    verbose_name = _("法律法规库")

    def ready(self) -> None:
        from home.portals.granting import Role, register_site_permission
        from home.worker import Job, register_job

        register_job(Job("statutes", 3600, enter_into_force))
        register_site_permission(Role.ADMIN, "statutes.change_librarychoice")


def enter_into_force() -> list[str]:
    """Texts that hold from today: a job of the worker."""
    from statutes.lifecycle import refresh_statuses  # models must be loaded first

    changed = refresh_statuses(timezone.localdate())
    return [f"{changed} 部法律法规的效力状态有变化"] if changed else []
