"""Users, groups, sites, portals, redirects: the administration of everything."""

from __future__ import annotations

from typing import Any

from tests.isolation.attack import PREFECTURE, Attack, Proof, change, show

TOP: dict[str, Any] = {"by": "superuser"}
PORTALS: dict[str, Any] = {"by": "above", "spared": PREFECTURE}


def _model_views(space: str, thing: Any, views: str, **options: Any) -> list[Attack]:
    return [
        show(f"{space}:{view}", lambda own, hidden: [thing(hidden).pk], **options)
        for view in views.split()
    ]


def _users() -> list[Attack]:
    space = "wagtailusers_users"

    def author(place: Any) -> Any:
        return place.users["author"]

    def form(hidden: Any, **values: Any) -> dict[str, Any]:
        return {
            "username": f"new-{author(hidden).pk}",
            "email": "new@example.org",
            "first_name": "外",
            "last_name": "来",
            "is_active": "on",
            "groups": hidden.groups["editor"].pk,
            **values,
        }

    secret = {"password1": "chang-mimA-8812", "password2": "chang-mimA-8812"}
    return [
        *(
            show(
                f"{space}:{view}",
                lambda own, hidden, q=q: ([], q(hidden)),
                label,
                **TOP,
            )
            for view in ("index", "index_results")
            for label, q in (
                ("", lambda hidden: {}),
                ("searched", lambda hidden: {"q": f"{hidden.mark}-author"}),
                (
                    "of their group",
                    lambda hidden: {"group": hidden.groups["author"].pk},
                ),
            )
        ),
        *_model_views(
            space, author, "edit delete history history_results usage copy", **TOP
        ),
        show(f"{space}:add", lambda own, hidden: [], "their groups offered", **TOP),
        change(
            f"{space}:add",
            lambda own, hidden: ([], form(hidden, **secret)),
            "into their group",
            **TOP,
        ),
        change(
            f"{space}:edit",
            lambda own, hidden: ([author(hidden).pk], form(hidden)),
            **TOP,
        ),
        change(f"{space}:delete", lambda own, hidden: [author(hidden).pk], **TOP),
    ]


def _groups() -> list[Attack]:
    space = "wagtailusers_groups"

    def group(place: Any) -> Any:
        return place.groups["author"]

    return [
        *(
            show(f"{space}:{view}", lambda own, hidden: [], **TOP)
            for view in ("index", "index_results", "add")
        ),
        show(
            f"{space}:index",
            lambda own, hidden: ([], {"q": hidden.mark}),
            "searched",
            **TOP,
        ),
        *_model_views(space, group, "edit delete history_results", **TOP),
        *_model_views(space, group, "history usage", **TOP),
        change(f"{space}:delete", lambda own, hidden: [group(hidden).pk], **TOP),
    ]


def _sites() -> list[Attack]:
    space = "wagtailsites"

    def site(place: Any) -> Any:
        return place.site

    return [
        *(
            show(f"{space}:{view}", lambda own, hidden: [], **TOP)
            for view in ("index", "index_results")
        ),
        show(f"{space}:add", lambda own, hidden: [], proof=Proof.OPENS, **TOP),
        *_model_views(
            space, site, "edit delete history history_results usage copy", **TOP
        ),
        change(
            f"{space}:edit",
            lambda own, hidden: (
                [hidden.site.pk],
                {
                    "hostname": "wailai.example",
                    "port": 80,
                    "site_name": "外来",
                    "root_page": hidden.home.pk,
                },
            ),
            **TOP,
        ),
        change(
            f"{space}:add",
            lambda own, hidden: (
                [],
                {
                    "hostname": "wailai.example",
                    "port": 80,
                    "site_name": "外来",
                    "root_page": hidden.home.pk,
                },
            ),
            "with their home page",
            **TOP,
        ),
        change(f"{space}:delete", lambda own, hidden: [hidden.spare_site.pk], **TOP),
    ]


def _portals() -> list[Attack]:
    space = "portals"

    def portal(place: Any) -> Any:
        return place.portal

    return [
        *(
            show(f"{space}:{view}", lambda own, hidden: [], **PORTALS)
            for view in ("index", "index_results")
        ),
        show(f"{space}:add", lambda own, hidden: [], proof=Proof.OPENS, **PORTALS),
        *_model_views(space, portal, "edit history history_results usage", **PORTALS),
        change(
            f"{space}:edit",
            lambda own, hidden: (
                [hidden.portal.pk],
                {
                    "name_zh_hans": "外来",
                    "region_name_zh_hans": "外来",
                    "host": "wailai.example",
                    "region_code": "000099",
                    "level": "county",
                    "parent": "",
                    "languages": ["zh-hans"],
                    "layout": "site",
                    "state": "draft",
                },
            ),
            **PORTALS,
        ),
    ]


def _redirects() -> list[Attack]:
    space = "wagtailredirects"

    def form(hidden: Any, **values: Any) -> dict[str, Any]:
        return {
            "old_path": "/wailai",
            "site": hidden.site.pk,
            "is_permanent": "on",
            "redirect_page": hidden.article.pk,
            **values,
        }

    return [
        *(
            show(f"{space}:{view}", lambda own, hidden, q=q: ([], q(hidden)), label)
            for view in ("index", "index_results")
            for label, q in (
                ("", lambda hidden: {}),
                ("searched", lambda hidden: {"q": f"{hidden.mark}-old"}),
                ("of their site", lambda hidden: {"site": hidden.site.pk}),
                ("as a table", lambda hidden: {"export": "csv"}),
            )
        ),
        show(f"{space}:edit", lambda own, hidden: [hidden.redirect.pk]),
        show(f"{space}:delete", lambda own, hidden: [hidden.redirect.pk]),
        show(f"{space}:add", lambda own, hidden: [], "their site offered"),
        show(f"{space}:start_import", lambda own, hidden: [], proof=Proof.OPENS, **TOP),
        change(f"{space}:add", lambda own, hidden: ([], form(hidden))),
        change(
            f"{space}:edit",
            lambda own, hidden: ([hidden.redirect.pk], form(hidden)),
        ),
        change(
            f"{space}:edit",
            lambda own, hidden: (
                [own.redirect.pk],
                form(hidden, site=own.site.pk),
            ),
            "own to their page",
        ),
        change(
            f"{space}:add",
            lambda own, hidden: (
                [],
                form(hidden, redirect_page="", redirect_link="https://a.example/"),
            ),
            "on their site",
        ),
        change(f"{space}:delete", lambda own, hidden: [hidden.redirect.pk]),
    ]


ATTACKS = [*_users(), *_groups(), *_sites(), *_portals(), *_redirects()]
