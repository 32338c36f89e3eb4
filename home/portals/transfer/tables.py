"""Which rows are a portal's: found from the relations of the models.

A new model that refers to a portal, a site, a page, a picture or a file is carried by
itself. What is not carried is named in ``LEFT_OUT``, with the reason; a test asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import ForeignKey, Model, Q, QuerySet
from wagtail.models import Collection, Locale, Page, Revision, Site

from home.models import Audience, Portal, Region, Topic
from media.models import PortalDocument, PortalImage

MODEL = type[Model]

# Made anew by ``home.portals.provisioning`` for whatever portal it makes.
MADE = "made anew with the portal"
LOG = "the record stays where it was written"
DERIVED = "made anew from what is carried"
PASSING = "of people who are logged in now"
OURS = "part of every installation"
REVIEWS = "reviews are finished where they were begun; its ways are made anew"
NAMED = "carried by name: ``named.py``"
UNUSED = "the project has a model of its own in its place"
LEFT_OUT: dict[str, str] = {
    "home.Portal": MADE,
    "home.PortalRole": MADE,
    "home.Change": LOG,
    "home.FormerHost": "an address of the place that is left",
    "home.OfflineNotice": "a portal begins in preparation wherever it comes",
    "home.PortalArchive": LOG,
    "home.MediaUse": DERIVED,
    "home.OutwardLink": DERIVED,
    "home.ChangeCounter": LOG,
    "home.Cursor": LOG,
    "home.HolidayNotice": "holds for the whole country",
    "home.OneTimePassword": "nobody's password is in the file",
    "gate.OutsideLink": "whether another site answers is asked anew",
    "search.AdminIndexState": DERIVED,
    "wagtailcore.Site": MADE,
    "wagtailcore.GroupSitePermission": MADE,
    "wagtailcore.GroupPagePermission": MADE,
    "wagtailcore.GroupCollectionPermission": MADE,
    "wagtailcore.WorkflowPage": MADE,
    "wagtailcore.Workflow": REVIEWS,
    "wagtailcore.WorkflowContentType": REVIEWS,
    "wagtailcore.WorkflowState": REVIEWS,
    "wagtailcore.WorkflowTask": REVIEWS,
    "wagtailcore.Task": REVIEWS,
    "wagtailcore.TaskState": REVIEWS,
    "wagtailcore.GroupApprovalTask": REVIEWS,
    "wagtailcore.GroupApprovalTask_groups": REVIEWS,
    "wagtailcore.PageLogEntry": LOG,
    "wagtailcore.ModelLogEntry": LOG,
    "wagtailcore.Locale": OURS,
    "wagtailcore.APIToken": PASSING,
    "wagtailcore.UploadedFile": PASSING,
    "wagtailcore.ReferenceIndex": DERIVED,
    "wagtailcore.Collection": "its pictures and files come into the portal's own",
    "wagtailcore.CollectionViewRestriction": "names groups of the old installation",
    "wagtailcore.PageViewRestriction": NAMED,
    "wagtailcore.PageViewRestriction_groups": "names groups of the old installation",
    "wagtailcore.CollectionViewRestriction_groups": "as above",
}
# Whole apps: what runs, what is counted for protection, what is written down.
LEFT_OUT_APPS = {
    "auth": "people are carried by name, without rights",
    "contenttypes": OURS,
    "audit": LOG,
    "review": REVIEWS,
    "accounts": PASSING,
    "otp_static": PASSING,
    "otp_totp": PASSING,
    "django_tasks_database": PASSING,
    "taggit": NAMED,
    "wagtaildocs": UNUSED,
    "wagtailimages": UNUSED,
    "wagtailembeds": DERIVED,
    "axes": PASSING,
    "sessions": PASSING,
    "wagtailadmin": PASSING,
    "wagtailsearch": DERIVED,
    "wagtailusers": PASSING,
}
# Shared on purpose: found again by what names them, never by number.
NATURAL: dict[MODEL, str] = {Topic: "slug", Audience: "slug", Region: "code"}


@dataclass(slots=True)
class Table:
    """The rows of one model, without those columns that a parent's table holds."""

    model: MODEL
    rows: Any  # a plain query set
    count: int = 0

    @property
    def label(self) -> str:
        return self.model._meta.label


@dataclass(slots=True)
class Belongings:
    portal: Portal
    tables: dict[MODEL, Table] = field(default_factory=dict)

    def ids(self, model: MODEL) -> Any:
        return self.tables[model].rows.values("pk")


def plain(model: MODEL) -> QuerySet[Any]:
    """Rows as they are stored: a model's own manager may hide or translate some."""
    return QuerySet(model)


def columns(model: MODEL) -> list[Any]:
    return list(model._meta.local_concrete_fields)


def is_left_out(model: MODEL) -> bool:
    meta = model._meta
    return (
        meta.label in LEFT_OUT
        or meta.app_label in LEFT_OUT_APPS
        or not meta.managed
        or meta.proxy
    )


@cache
def carried_models() -> frozenset[MODEL]:
    """What a file may bring along: nobody's rights, for one."""
    found: set[MODEL] = {Page, PortalImage, PortalDocument, Revision}
    anchors = {Portal, Site}
    before = 0
    while len(found) > before:
        before = len(found)
        for model in apps.get_models(include_auto_created=True):
            if is_left_out(model) or model in NATURAL:
                continue
            if any(target in found | anchors for _column, target in owners(model)):
                found.add(model)
    return frozenset(found)


def belongings(portal: Portal) -> Belongings:
    """Everything of a portal, table by table; parents before what refers to them."""
    # As they stand now: a new neighbour moves the places of collections (their tree is
    # kept in the order of names), and an old place is another county's.
    portal = Portal.objects.get(pk=portal.pk)
    found = Belongings(portal)
    home = portal.site.root_page
    pages = plain(Page).filter(path__startswith=home.path)
    found.tables[Page] = Table(Page, pages)
    collections = Collection.objects.filter(path__startswith=portal.collection.path)
    for model in (PortalImage, PortalDocument):
        rows = plain(model).filter(collection__in=collections)
        found.tables[model] = Table(model, rows)
    found.tables[Revision] = Table(Revision, _revisions(pages))
    while _grow(found):
        pass
    for table in found.tables.values():
        table.rows = table.rows.order_by("pk")
        table.count = table.rows.count()
    return found


def _revisions(pages: Any) -> Any:
    """Of each page what is public and what is drafted; not what once was."""
    named = Q(pk__in=pages.values("latest_revision")) | Q(
        pk__in=pages.values("live_revision")
    )
    return plain(Revision).filter(named)


def _grow(found: Belongings) -> bool:
    """Add the models that refer to what is there; whether there were any."""
    before = len(found.tables)
    for model in apps.get_models(include_auto_created=True):
        if model in found.tables or model not in carried_models():
            continue
        condition = _belongs(model, found)
        if condition is not None:
            found.tables[model] = Table(model, plain(model).filter(condition))
    return len(found.tables) > before


def owners(model: MODEL) -> Iterator[tuple[ForeignKey[Any, Any], MODEL]]:
    """The relations whose end takes the row along."""
    for column in columns(model):
        if isinstance(column, ForeignKey):
            related: Any = column.related_model
            target: MODEL = related._meta.concrete_model
            is_owner = column.remote_field.on_delete is models.CASCADE
            if is_owner and target not in (get_user_model(), ContentType, Locale):
                yield column, target


def _belongs(model: MODEL, found: Belongings) -> Q | None:
    site, portal = found.portal.site_id, found.portal.pk
    links = list(owners(model))
    parent = model._meta.pk
    for column, target in links:
        if column is parent and target in found.tables:
            return Q(pk__in=found.ids(target))
    for column, target in links:
        if target is Portal:
            return Q(**{column.attname: portal})
        if target is Site:
            return Q(**{column.attname: site})
    condition: Q | None = None
    for column, target in links:
        if target in found.tables:
            here = Q(**{f"{column.attname}__in": found.ids(target)})
            condition = here if condition is None else condition | here
    return condition
