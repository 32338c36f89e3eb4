from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "home.accounts"
    label = "accounts"
    verbose_name = _("账号安全")

    def ready(self) -> None:
        from home.accounts import events, middleware, sessions  # after the models
        from home.portals import first_password

        first_password.OPEN_VIEWS |= middleware.OPEN_VIEWS
        events.register()
        sessions.connect()
