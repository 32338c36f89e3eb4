"""Everything that a new portal needs, made in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Collection, Page, Site, Task, Workflow, WorkflowPage

from home.models import (
    ColumnPage,
    DirectoryPage,
    HomePage,
    HostingIdentity,
    Portal,
    PortalRole,
    PublisherIdentity,
    localized,
)
from home.portals.granting import create_role

# Not of Site.port: the port of an address is the one of the request.
HTTP_PORT = 80
Values = Mapping[str, Any]
Step = Callable[[Portal], object]

_steps: dict[str, Step] = {}


def register_provision(name: str, step: Step) -> None:
    """Let an app to the right give every new portal what it needs.

    ``step`` runs inside the transaction that makes the portal, after its columns and
    groups; what it raises leaves no portal behind. A step of the same name is replaced.
    """
    _steps[name] = step


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """``values`` are fields of ``ColumnPage`` (or ``DirectoryPage``) by name, translated
    ones by column name (``heading_zh_hans``)."""

    slug: str
    values: Values
    columns: Sequence[ColumnSpec] = ()
    is_directory: bool = False


@dataclass(frozen=True, slots=True)
class PortalSpec:
    """What is known of a portal before it exists. The mappings hold fields of the
    model of that name; a translated field goes by the name of its column."""

    host: str
    slug: str
    portal: Values  # of Portal: name_zh_hans, region_name_zh_hans, region_code, level …
    home: Values = field(default_factory=dict)  # of HomePage
    hosting: Values = field(default_factory=dict)
    publisher: Values = field(default_factory=dict)
    columns: Sequence[ColumnSpec] = ()


def create_portal(
    spec: PortalSpec, make_home: Callable[[PortalSpec], HomePage] | None = None
) -> Portal:
    """Make a portal with its site, home page, columns, collection, identities and
    groups: all of it or nothing. Raises ``ValidationError`` where the spec is wrong.

    ``make_home``: for who brings a whole tree along."""
    with transaction.atomic():
        remove_wagtail_defaults()
        home = (make_home or _create_home)(spec)
        site = Site(
            hostname=spec.host,
            port=HTTP_PORT,
            site_name=spec.portal[localized("name", settings.LANGUAGE_CODE)],
            root_page=home,
            # A default site would answer for hosts that nobody knows.
            is_default_site=False,
        )
        site.full_clean()
        site.save()
        portal = Portal(site=site, collection=_create_collection(spec), **spec.portal)
        portal.full_clean()
        portal.save()
        for model, values in (
            (HostingIdentity, spec.hosting),
            (PublisherIdentity, spec.publisher),
        ):
            identity = model(site=site, **values)
            identity.full_clean()
            identity.save()
        for role in PortalRole.Role:
            create_role(portal, role)
        create_columns(home, spec.columns)
        for step in _steps.values():
            step(portal)
    return portal


def _create_home(spec: PortalSpec) -> HomePage:
    root = Page.objects.get(depth=1)
    heading = localized("heading", settings.LANGUAGE_CODE)
    name = spec.portal[localized("name", settings.LANGUAGE_CODE)]
    home = HomePage(slug=spec.slug, **{heading: name, **spec.home})
    root.add_child(instance=home)
    home.save_revision().publish()
    return home


def _create_collection(spec: PortalSpec) -> Collection:
    name = spec.portal[localized("region_name", settings.LANGUAGE_CODE)]
    return Collection.get_first_root_node().add_child(name=name)


def create_columns(parent: Page, columns: Sequence[ColumnSpec]) -> None:
    for spec in columns:
        model = DirectoryPage if spec.is_directory else ColumnPage
        column = model(slug=spec.slug, **spec.values)
        parent.add_child(instance=column)
        column.save_revision().publish()
        create_columns(column, spec.columns)


def remove_wagtail_defaults() -> None:
    """Take away what Wagtail's first migration leaves and our portals must not have.

    Its default site shows a welcome page under every unknown host; its two groups may
    edit all pages and files of all counties; its workflow asks one of these groups. What
    has to stay is named in Chinese.
    """
    Page.objects.filter(depth=1, title="Root").update(
        title="全部门户", draft_title="全部门户"
    )
    Collection.objects.filter(depth=1, name="Root").update(name="全部图片和文件")
    welcome = Page.objects.filter(
        depth=2, content_type__app_label="wagtailcore", numchild=0
    )
    Site.objects.filter(root_page__in=welcome).delete()
    for page in welcome:
        page.title = page.draft_title = "自带的欢迎页"  # in the log of what was deleted
        page.delete()
    Group.objects.filter(name__in=["Moderators", "Editors"], user=None).delete()
    for assignment in WorkflowPage.objects.filter(page__depth=1):
        assignment.workflow.deactivate()
        assignment.delete()
    for model in (Workflow, Task):
        model.objects.filter(name="Moderators approval").update(name="停用的审核")
