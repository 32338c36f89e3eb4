from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"

    def ready(self) -> None:
        from articles import front_views as front_views  # registers itself
        from articles.policy.search import record_lapses  # models must be loaded first
        from home.portals.granting import Role, register_site_permission
        from home.worker import Job, register_job

        register_job(Job("documents", 3600, record_lapses))
        register_site_permission(Role.ADMIN, "articles.change_indexnumberpattern")
