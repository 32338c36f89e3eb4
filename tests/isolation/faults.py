"""Twenty and more ways to break the isolation, each taken back afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from wagtail import hooks
from wagtail.admin import filters
from wagtail.admin.models import popular_tags_for_model
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.images.views import chooser
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Page,
    PageViewRestriction,
    Site,
)

import home.admin_views
import home.directory.table_admin
import home.media_findings
import home.middleware
import home.own_panels
import home.record_admin
import home.redirect_admin
import home.wagtail_hooks
import media.views
import media.wagtail_hooks
import publishing.status.views
import search.editing.report
import search.editing.trying
from home.admin_views import OwnObjectsMixin
from home.forms import IdentityForm, PortalFormMixin
from home.middleware import PortalMiddleware
from home.models import Portal
from home.record_admin import OwnRecord, PortalRecordForm, RecordIndexView
from home.streams import media_problems
from statutes.library_admin import LibraryPermissionPolicy
from statutes.naming import Names
from tests.isolation.asking import forget_all
from tests.isolation.attack import Attack
from tests.isolation.places import World

Break = Callable[[pytest.MonkeyPatch, World], Any]


@dataclass(frozen=True, slots=True)
class Fault:
    name: str
    target: str  # part of the labels of the attacks that have to notice
    break_it: Break

    def concerns(self, attack: Attack) -> bool:
        return re.search(self.target, attack.label) is not None

    @contextmanager
    def seeded(self, world: World) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch, transaction.atomic():
            self.break_it(patch, world)
            forget_all()
            yield
            transaction.set_rollback(True)
        forget_all()


def _all_portals(_user: Any) -> Any:
    return Portal.objects.select_related("site").order_by("-region_code")


def _all_pages(_user: Any, pages: Any) -> Any:
    return pages


def _as_wagtail_does(owner: Any, name: str) -> Break:
    """The method as the class above has it."""

    def break_it(patch: pytest.MonkeyPatch, _world: World) -> None:
        patch.delattr(owner, name)

    return break_it


def _instead(owner: Any, name: str, value: Any) -> Break:
    return lambda patch, _world: patch.setattr(owner, name, value)


def _without_hook(name: str, function: Any) -> Break:
    def break_it(patch: pytest.MonkeyPatch, _world: World) -> None:
        left = [entry for entry in hooks._hooks[name] if entry[0] is not function]
        assert len(left) < len(hooks._hooks[name])
        patch.setitem(hooks._hooks, name, left)

    return break_it


def _any_page(_request: Any, *_numbers: str) -> None:
    return None


def _offer_all_sites(patch: pytest.MonkeyPatch, _world: World) -> None:
    patch.setattr(PageFilterSet.base_filters["site"], "queryset", Site.objects.all())
    patch.setitem(
        PageFilterSet.base_filters["site"].extra, "queryset", Site.objects.all()
    )


def _offer_all_people(patch: pytest.MonkeyPatch, world: World) -> None:
    people = type(world.superuser).objects.all()
    patch.setattr(PageFilterSet.base_filters["owner"], "queryset", people)
    patch.setitem(PageFilterSet.base_filters["owner"].extra, "queryset", people)


def _all_tags(patch: pytest.MonkeyPatch, _world: World) -> None:
    patch.setattr(filters, "popular_tags_for_model", popular_tags_for_model)
    patch.setattr(chooser, "popular_tags_for_model", popular_tags_for_model)


def _their_portal(patch: pytest.MonkeyPatch, world: World) -> None:
    """As Wagtail's default site would."""
    normal = PortalMiddleware.__call__

    def answer(self: Any, request: Any) -> Any:
        request.META["HTTP_HOST"] = world.hidden.portal.host
        return normal(self, request)

    patch.setattr(PortalMiddleware, "__call__", answer)


def _pages_of_all(_patch: pytest.MonkeyPatch, world: World) -> None:
    root = Page.objects.get(depth=1)
    group = world.asking.groups["admin"]
    GroupPagePermission.objects.filter(group=group).update(page=root)


def _files_of_all(_patch: pytest.MonkeyPatch, world: World) -> None:
    group = world.asking.groups["admin"]
    GroupCollectionPermission.objects.filter(group=group).update(
        collection=Collection.get_first_root_node()
    )


def _their_settings(_patch: pytest.MonkeyPatch, world: World) -> None:
    group = world.asking.groups["admin"]
    GroupSitePermission.objects.filter(group=group).update(site=world.hidden.site)


def _drafts_public(_patch: pytest.MonkeyPatch, world: World) -> None:
    """As if nobody asked whether they are live."""
    Page.objects.filter(path__startswith=world.hidden.home.path).update(live=True)


def _private_public(_patch: pytest.MonkeyPatch, world: World) -> None:
    PageViewRestriction.objects.filter(pk=world.hidden.restriction.pk).delete()


def _yes(*_args: Any, **_kwargs: Any) -> bool:
    return True


def _nothing(*_args: Any, **_kwargs: Any) -> list[Any]:
    return []


FAULTS = [
    Fault(
        "pages of others exist in the admin",
        "confirm_workflow_cancellation|move_confirm|choose_page_child",
        _instead(home.middleware, "pages_of", _all_pages),
    ),
    Fault(
        "the page chooser offers all pages",
        "wagtailadmin_choose_page",
        _without_hook(
            "construct_page_chooser_queryset", home.wagtail_hooks.choose_own_pages
        ),
    ),
    Fault(
        "chosen pages are told by number",
        "chosen_multiple",
        _instead(home.admin_views, "pages_of", _all_pages),
    ),
    Fault(
        "the admin's API lists all pictures",
        "wagtailadmin_api:images",
        _as_wagtail_does(media.wagtail_hooks.PermittedImagesAPIViewSet, "get_queryset"),
    ),
    Fault(
        "the admin's API lists all files",
        "wagtailadmin_api:documents",
        _as_wagtail_does(
            media.wagtail_hooks.PermittedDocumentsAPIViewSet, "get_queryset"
        ),
    ),
    Fault(
        "everybody reads the reports",
        "wagtailadmin_reports",
        _instead(home.admin_views, "is_prefecture_staff", _yes),
    ),
    Fault("filters offer all sites", "wagtailadmin_explore", _offer_all_sites),
    Fault("filters offer all people", "wagtailadmin_explore", _offer_all_people),
    Fault(
        "bulk actions name what they refuse",
        "GET wagtail_bulk_action",
        _instead(OwnObjectsMixin, "_own", lambda _self, refused: refused),
    ),
    Fault(
        "a page may be copied anywhere",
        "wagtailadmin_pages:copy",
        _without_hook("before_copy_page", home.wagtail_hooks.copy_to_own_pages),
    ),
    Fault(
        "pages are moved anywhere at once",
        "own pages into their column",
        _instead(home.admin_views, "refuse_foreign_pages", _any_page),
    ),
    Fault(
        "lists of records hold everybody's",
        "GET offices:index",
        _as_wagtail_does(RecordIndexView, "get_base_queryset"),
    ),
    Fault(
        "records are found by number",
        "offices:(edit|history|usage)",
        _as_wagtail_does(OwnRecord, "get_object"),
    ),
    Fault(
        "records belong to everybody",
        "legal-workers",
        _instead(home.record_admin, "record_portals", _all_portals),
    ),
    Fault(
        "a best bet may name any page",
        "best-bets.* naming",
        _instead(PortalRecordForm, "_limit_pages", lambda _self: None),
    ),
    Fault(
        "pages may use the pictures of others",
        "naming their picture|naming their file",
        _instead(PortalFormMixin, "foreign_choices", _nothing),
    ),
    Fault(
        "a refused form shows what was typed",
        "wagtailadmin_pages:edit naming",
        _instead(PortalFormMixin, "conceal_foreign", lambda _self: None),
    ),
    Fault(
        "an identity may use the pictures of others",
        "wagtailsettings:edit naming",
        _instead(IdentityForm, "foreign_choices", _nothing),
    ),
    Fault(
        "old addresses of all are listed",
        "GET wagtailredirects:index",
        _as_wagtail_does(home.redirect_admin.IndexView, "get_base_queryset"),
    ),
    Fault(
        "old addresses are found by number",
        "wagtailredirects:(edit|delete)",
        _as_wagtail_does(home.redirect_admin.OwnRedirect, "get_object"),
    ),
    Fault("tags of all are offered", "wagtailimages:index", _all_tags),
    Fault(
        "everybody watches all portals",
        "publication_status",
        _instead(publishing.status.views, "watched_portals", _all_portals),
    ),
    Fault(
        "everybody governs all portals",
        "publication_act",
        _instead(publishing.status.views, "governed_portals", _all_portals),
    ),
    Fault(
        "tables of people are everybody's",
        "directory_tables_import people",
        _instead(home.directory.table_admin, "record_portals", _all_portals),
    ),
    Fault(
        "everybody reads what readers asked",
        "search-queries",
        _instead(search.editing.report, "record_portals", _all_portals),
    ),
    Fault(
        "everybody tries all synonyms",
        "search_try their synonym",
        _instead(search.editing.trying, "record_portals", _all_portals),
    ),
    Fault(
        "the law library is open to all",
        "statutes:",
        _instead(LibraryPermissionPolicy, "user_has_permission", _yes),
    ),
    Fault(
        "everybody may preview files",
        "GET file drafted original",
        _instead(media.views, "may_preview", _yes),
    ),
    Fault(
        "files are public before their page is",
        "GET file drafted rendition",
        _instead(media.views, "is_public", _yes),
    ),
    Fault(
        "names of statutes are everybody's",
        "citing their law",
        _instead(Names, "of", lambda self, _who: self._build({None, *self.owners})),
    ),
    Fault(
        "people see what they edited elsewhere",
        "GET wagtailadmin_home",
        _without_hook("construct_homepage_panels", home.own_panels.show_own),
    ),
    Fault(
        "it is said what the pictures of others lack",
        "lacks a description",
        _instead(
            home.media_findings.streams,
            "media_problems",
            lambda used, _path: media_problems(used, ""),
        ),
    ),
    Fault("drafts are public", "closed", _drafts_public),
    Fault("private pages are public", "closed .* private", _private_public),
    Fault("an unknown host shows some portal", "wagtail_serve|api_v2", _their_portal),
    Fault("an administrator may edit all pages", "wagtailadmin_pages", _pages_of_all),
    Fault("an administrator has all pictures", "wagtailimages:", _files_of_all),
    Fault(
        "an administrator has their settings", "wagtailsettings:edit", _their_settings
    ),
]
