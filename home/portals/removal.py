"""A portal is deleted: only once it is closed and archived, and then all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from taggit.models import Tag
from wagtail.log_actions import log
from wagtail.models import Collection, Page, Task, Workflow

from home.models import Portal, PortalArchive
from home.portals.archiving import is_intact
from home.portals.people import people_of
from media.models import PortalDocument, PortalImage

# Hosts of the portal, the present one first -> what an app to the right removes.
Removal = Callable[[Sequence[str]], object]
_removals: list[Removal] = []


def register_removal(step: Removal) -> None:
    """Let an app to the right remove what it keeps outside the database, after the
    commit. A step must bear to be done for a host that it has nothing of."""
    _removals.append(step)


def why_not(portal: Portal) -> list[str]:
    """What stands against deleting a portal, in sentences."""
    problems = []
    if portal.state != Portal.State.CLOSED:
        problems.append(_("先改成“永久下线”，才能删除。"))
    if portal.children.exists():
        problems.append(_("下面还有门户，先给它们换上级。"))
    archive = portal.archives.first()
    if archive is None:
        problems.append(_("还没有归档。"))
    elif not is_intact(archive):
        problems.append(_("最近的归档文件不见了或者损坏了，请重新归档。"))
    elif _changed_since(portal, archive):
        problems.append(_("归档以后内容又改过，请重新归档。"))
    return problems


def _changed_since(portal: Portal, archive: PortalArchive) -> bool:
    tree = portal.site.root_page.get_descendants(inclusive=True)
    last = tree.aggregate(
        drafted=Max("latest_revision_created_at"), public=Max("last_published_at")
    )
    moments = [moment for moment in last.values() if moment is not None]
    return any(moment > archive.made_at for moment in moments)


def check_deletion(portal: Portal, typed_name: str) -> None:
    """Raises ``ValidationError`` where something stands against it."""
    if typed_name != portal.name:
        raise ValidationError(
            {"typed_name": _("请打“%(name)s”，一个字也不差。") % {"name": portal}}
        )
    if problems := why_not(portal):
        raise ValidationError(problems)


def delete_portal(portal: Portal, typed_name: str, actor: Any = None) -> None:
    """Raises ``ValidationError`` where something stands against it. The archive and
    the log stay."""
    with transaction.atomic():
        archive = portal.archives.first()
        portal = Portal.objects.select_for_update(of=("self",)).get(pk=portal.pk)
        check_deletion(portal, typed_name)
        hosts = [portal.host, *portal.former_hosts.values_list("host", flat=True)]
        log(
            instance=portal,
            action="home.portal.delete",
            user=actor,
            data={
                "host": portal.host,
                "region_code": portal.region_code,
                "archive": archive.file if archive else "",
            },
        )
        _delete_rows(portal)
        for step in _removals:
            transaction.on_commit(partial(step, hosts))


def _delete_rows(portal: Portal) -> None:
    """In an order in which nothing is asked of what is gone already."""
    root, site, collection = portal.site.root_page, portal.site, portal.collection
    people = _own_people(portal)
    tags = _tags(portal)
    groups = Group.objects.filter(portal_role__portal=portal)
    group_ids = list(groups.values_list("pk", flat=True))
    portal.review_ways.all().delete()
    _delete_workflows(root)
    collections = Collection.objects.filter(path__startswith=collection.path)
    for model in (PortalImage, PortalDocument):
        # One by one: the files go with the rows, by the signals of Wagtail.
        for item in model.objects.filter(collection__in=collections):
            item.delete()
    for child in root.get_children():
        # While the portal stands: those who search hear of each page that goes.
        child.specific.delete()
    portal.delete()
    site.delete()
    Page.objects.get(pk=root.pk).specific.delete()
    Collection.objects.get(pk=collection.pk).delete()
    people.delete()
    Tag.objects.filter(pk__in=tags, taggit_taggeditem_items=None).delete()
    Group.objects.filter(pk__in=group_ids).delete()


def _own_people(portal: Portal) -> Any:
    """Accounts that were this portal's and nobody else's."""
    others = Group.objects.exclude(portal_role__portal=portal)
    own = people_of(portal).filter(is_superuser=False).exclude(groups__in=others)
    numbers = list(own.values_list("pk", flat=True))
    return get_user_model()._default_manager.filter(pk__in=numbers)


def _tags(portal: Portal) -> list[int]:
    """Words on its pictures and files: one list for all, so only what nobody else uses
    goes."""
    found: set[int] = set()
    for model in (PortalImage, PortalDocument):
        own = model.objects.filter(collection__path__startswith=portal.collection.path)
        found |= set(own.exclude(tags=None).values_list("tags", flat=True))
    return list(found)


def _delete_workflows(root: Page) -> None:
    tree = Page.objects.filter(path__startswith=root.path).values("pk")
    mine = Workflow.objects.filter(workflow_pages__page__in=tree)
    elsewhere = Workflow.objects.filter(workflow_pages__isnull=False).exclude(
        workflow_pages__page__in=tree
    )
    numbers = set(mine.values_list("pk", flat=True))
    numbers -= set(elsewhere.values_list("pk", flat=True))
    tasks = set(
        Task.objects.filter(workflow_tasks__workflow__in=numbers).values_list(
            "pk", flat=True
        )
    )
    Workflow.objects.filter(pk__in=numbers).delete()
    # Not one that another portal's workflow uses as well.
    for task in Task.objects.filter(pk__in=tasks, workflow_tasks=None).specific():
        task.delete()
