"""Portals that are there keep their custom: one stage, and editors publish directly.

What is under review goes on in the workflow in which it began.
"""

from typing import Any

from django.db import migrations

ONE = 1
LEVELS = {1: "科室初审", 2: "办公室复审", 3: "分管领导终审"}


def give_ways(apps: Any, _editor: Any) -> None:
    model = apps.get_model
    ways = model("review", "ReviewWay")
    types = model("contenttypes", "ContentType").objects
    for portal in model("home", "Portal").objects.select_related("site"):
        page_id = portal.site.root_page_id
        _give_reviewers(model, portal)
        model("review", "ReviewPolicy").objects.create(
            portal=portal, least_stages=ONE, may_publish_directly=True
        )
        place = portal.region_name_zh_hans
        workflow = model("wagtailcore", "Workflow").objects.create(
            name=f"{place} 一级审核"
        )
        way = ways.objects.create(
            portal=portal,
            page_id=page_id,
            workflow=workflow,
            stages=ONE,
            is_direct=True,
        )
        task_type, _made = types.get_or_create(app_label="review", model="reviewstage")
        for level, label in LEVELS.items():
            task = model("review", "ReviewStage").objects.create(
                way=way,
                level=level,
                name=f"{place} {label}",
                content_type=task_type,
            )
        model("wagtailcore", "WorkflowTask").objects.create(
            workflow=workflow, task_id=task.pk, sort_order=len(LEVELS)
        )
        pages = model("wagtailcore", "WorkflowPage").objects
        for old in pages.filter(page_id=page_id):
            model("wagtailcore", "Workflow").objects.filter(pk=old.workflow_id).update(
                active=False
            )
        pages.update_or_create(page_id=page_id, defaults={"workflow": workflow})


def _give_reviewers(model: Any, portal: Any) -> None:
    roles = model("home", "PortalRole").objects
    if roles.filter(portal=portal, role="reviewer").exists():
        return
    group = model("auth", "Group").objects.create(
        name=f"{portal.region_name_zh_hans} 审稿人"
    )
    access = model("auth", "Permission").objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    group.permissions.add(*access)
    roles.create(portal=portal, group=group, role="reviewer")


def take_reviewers(apps: Any, _editor: Any) -> None:
    roles = apps.get_model("home", "PortalRole").objects.filter(role="reviewer")
    groups = [role.group_id for role in roles]
    roles.delete()
    apps.get_model("auth", "Group").objects.filter(pk__in=groups).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0001_initial"),
        ("home", "0005_add_reviewer_role"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(give_ways, take_reviewers)]
