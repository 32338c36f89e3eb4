from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"

    def ready(self) -> None:
        from home.granting import Role, register_site_permission

        register_site_permission(Role.ADMIN, "articles.change_indexnumberpattern")
